import os from 'node:os';
import { afterAll, describe, expect, it } from 'vitest';
import { parseImportSource, PRESET_NAMES } from '../../lib/sources/import-source.ts';
import { resolveImport } from '../../lib/sources/resolve-import.ts';
import { makeLibrary } from '../../lib/workflow/make-library.ts';
import { forcing, valueOf, writeLibrary } from './hostile/emitted-library.ts';

const removals: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const remove of removals) await remove();
});

async function libraryOnDisk(source: string) {
  const options = { root: os.tmpdir() };
  const locked = await resolveImport(parseImportSource(source), options);
  const { files } = await makeLibrary('library', locked, options);
  const disk = await writeLibrary(files);
  removals.push(disk.remove);
  return { files, disk };
}

describe.each([...PRESET_NAMES, 'k8s@1.30', 'k8s@1.37'])('the library of %s', async (source) => {
  const { files, disk } = await libraryOnDisk(source);

  it('evaluates whole', async () => {
    const found = valueOf(await disk.tanka(forcing(files))) as Record<string, number>;
    expect(found['functions']).toBeGreaterThan(20);
    expect(found['documented']).toBe(found['functions']);
  }, 120_000);

  it('is written as tk fmt writes it', async () => {
    expect(await disk.formatTest()).toBe('');
  }, 120_000);
});

it('a library of CRDs is clean to tk lint', async () => {
  const { files, disk } = await libraryOnDisk('sealed-secrets');
  expect(await disk.lint(files.map(({ path }) => path))).toBe('');
}, 120_000);
