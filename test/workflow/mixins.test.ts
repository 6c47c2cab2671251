import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { docs } from '../../lib/workflow/docs.ts';
import { explain } from '../../lib/workflow/explain.ts';
import { importLibraries } from '../../lib/workflow/import.ts';
import { show } from '../../lib/workflow/show.ts';
import { ROOT } from '../cli/tankard.ts';
import { makeProject, SPEC } from '../tanka/project.ts';
import { snapshot } from './import-project.ts';

const MAIN = `local tankard = import 'tankard/main.libsonnet';
{ account: tankard.irsa.serviceAccount.new('a', 'default', 'arn:aws:iam::123456789012:role/a') }
`;

async function withMixins(): Promise<string> {
  const cwd = await makeProject({
    'environments/x/main.jsonnet': MAIN,
    'environments/x/spec.json': SPEC,
  });
  const { libraries } = await importLibraries({ cwd, sources: [{ source: 'mixins' }] });
  expect(libraries).toMatchObject([{ name: 'tankard', source: 'mixins', change: 'added' }]);
  return cwd;
}

/** As a Tankard pins them whose check.libsonnet was another. */
async function pinOthers(root: string): Promise<void> {
  const file = path.join(root, 'tankard.lock');
  const text = await readFile(file, 'utf8');
  const other = text.replace(/("check.libsonnet", "sha256": ")\w{4}/, '$10000');
  await writeFile(file, other.replace(/("sha256": ")\w{4}(\w{60}"\n)/, '$10000$2'));
}

describe('import mixins', () => {
  it("gives a project Tankard's own library, the same files, wherever Tankard is installed", async () => {
    const root = await withMixins();
    const { '.tankard-library': _, ...files } = await snapshot(
      path.join(root, '.tankard/libs/tankard'),
    );
    expect(files).toEqual(await snapshot(path.join(ROOT, 'jsonnet/tankard')));
    const [rendered] = await show({ cwd: root, environments: ['environments/x'] });
    expect(rendered?.yaml.toString()).toContain('eks.amazonaws.com/role-arn');
    expect((await importLibraries({ cwd: root, check: true })).stale).toEqual([]);
  });

  it('restores it in a fresh clone', async () => {
    const root = await withMixins();
    await rm(path.join(root, '.tankard'), { recursive: true });
    await rm(path.join(root, 'vendor'), { recursive: true });
    await show({ cwd: root, environments: ['environments/x'] });
    expect(existsSync(path.join(root, '.tankard/libs/tankard/main.libsonnet'))).toBe(true);
  });

  it('is stale under another version of Tankard, until tankard import pins that one', async () => {
    const root = await withMixins();
    await pinOthers(root);
    await expect(show({ cwd: root, environments: ['environments/x'] })).rejects.toMatchObject({
      kind: 'stale',
      message: expect.stringContaining('the library tankard was made by another version') as string,
    });
    expect((await importLibraries({ cwd: root, check: true })).stale).toEqual([
      'tankard was made by another version of tankard',
    ]);
    await importLibraries({ cwd: root });
    await show({ cwd: root, environments: ['environments/x'] });
  });

  it('has nothing to explain or to document: its reference is in docs', async () => {
    const cwd = await withMixins();
    await expect(explain('deployment', { cwd })).rejects.toMatchObject({ kind: 'usage' });
    await expect(docs({ cwd })).rejects.toMatchObject({ message: 'nothing is imported' });
  });
});
