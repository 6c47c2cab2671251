import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { importLibraries } from '../../lib/workflow/import.ts';

const JSONNETFILE = '{ "version": 1, "dependencies": [], "legacyImports": true }\n';

/** A project that imports libraries. */
export interface ImportedProject {
  /** Absolute; known once the tests run. */
  readonly root: string;
}

/**
 * Makes a project before the tests of a file, with these sources imported.
 *
 * @param files more files by path, such as CRDs.
 */
export function useImportedProject(
  sources: readonly string[],
  files: Readonly<Record<string, string>> = {},
): ImportedProject {
  const project = { root: '' };
  beforeAll(async () => {
    project.root = await realpath(await mkdtemp(path.join(os.tmpdir(), 'tankard-imported-')));
    for (const [name, text] of Object.entries({ 'jsonnetfile.json': JSONNETFILE, ...files })) {
      await mkdir(path.dirname(path.join(project.root, name)), { recursive: true });
      await writeFile(path.join(project.root, name), text);
    }
    const requested = sources.map((source) => ({ source }));
    await importLibraries({ cwd: project.root, sources: requested });
  });
  afterAll(() => rm(project.root, { recursive: true, force: true }));
  return project;
}
