import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { stageDocs } from '../../lib/output/docs-folder.ts';
import { stageLibrary } from '../../lib/output/library-folder.ts';
import { temporaryDirectory } from '../tools/fake-program.ts';
import { snapshot } from '../workflow/import-project.ts';

const IGNORE = { '.tankard/.gitignore': '*\n' };

describe.each([
  ['../evil.html'],
  ['page/../../evil.html'],
  ['..'],
  ['.'],
  [path.resolve('/evil.html')],
])('a file named %s', (name) => {
  const files = [
    { path: 'main.libsonnet', text: '' },
    { path: name, text: 'evil' },
  ];

  it('is not written by a library, nor is anything else', async () => {
    const root = await temporaryDirectory();
    await expect(stageLibrary(root, 'lib', files, 'key')).rejects.toThrow(
      `a generated file would lie outside its folder: ${name}`,
    );
    expect(await snapshot(root)).toEqual(IGNORE);
  });

  it('is not written by a reference, nor is anything else', async () => {
    const root = await temporaryDirectory();
    await expect(stageDocs(path.join(root, 'docs'), files)).rejects.toThrow(
      `a generated file would lie outside its folder: ${name}`,
    );
    expect(await snapshot(root)).toEqual({});
  });
});
