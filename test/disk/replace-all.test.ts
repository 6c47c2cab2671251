import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { replaceAll, type Replacement } from '../../lib/disk/replace-all.ts';
import { temporaryDirectory } from '../tools/fake-program.ts';
import { snapshot } from '../workflow/import-project.ts';

/** A folder with a file, a folder that is to be replaced, one that is to go, and one to put in place. */
async function setup(): Promise<{ root: string; changes: Replacement[] }> {
  const root = await temporaryDirectory();
  for (const folder of ['old', 'gone', 'staged']) {
    await mkdir(path.join(root, folder));
    await writeFile(path.join(root, folder, 'name'), folder);
  }
  await writeFile(path.join(root, 'file'), 'before');
  const at = (name: string) => path.join(root, name);
  return {
    root,
    changes: [
      { path: at('old'), staged: at('staged') },
      { path: at('gone'), removed: true },
      { path: at('never'), removed: true },
      { path: at('file'), text: 'after' },
      { path: at('new/file'), text: 'new' },
    ],
  };
}

it('makes every change and leaves nothing behind', async () => {
  const { root, changes } = await setup();
  await replaceAll(changes, async () => {
    expect(await readFile(path.join(root, 'old/name'), 'utf8')).toBe('staged');
  });
  expect(await snapshot(root)).toEqual({ file: 'after', 'new/file': 'new', 'old/name': 'staged' });
});

it.each([
  [
    'a change that is impossible',
    (root: string) => ({ path: path.join(root, 'file/x'), text: '' }),
  ],
  [
    'a folder that is not there',
    (root: string) => ({ path: path.join(root, 'x'), staged: path.join(root, 'none') }),
  ],
])('%s undoes all that went before', async (_, last) => {
  const { root, changes } = await setup();
  const { 'staged/name': staged, ...before } = await snapshot(root);
  expect(staged).toBe('staged');
  await expect(replaceAll([...changes, last(root)])).rejects.toMatchObject({ kind: 'usage' });
  expect(await snapshot(root)).toEqual(before);
});

it('so does what does not confirm', async () => {
  const { root, changes } = await setup();
  const { 'staged/name': _, ...before } = await snapshot(root);
  const confirm = async () => Promise.reject(new Error('no'));
  await expect(replaceAll(changes, confirm)).rejects.toThrow('no');
  expect(await snapshot(root)).toEqual(before);
});

it('leaves no folder that was to be put in place, though its turn never came', async () => {
  const { root, changes } = await setup();
  const { 'staged/name': _, ...before } = await snapshot(root);
  const impossible = { path: path.join(root, 'file/x'), text: '' };
  await expect(replaceAll([impossible, ...changes])).rejects.toMatchObject({ kind: 'usage' });
  expect(await snapshot(root)).toEqual(before);
});
