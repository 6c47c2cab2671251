import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { packageRoot } from '../disk/package-root.ts';
import { replaceAll } from '../disk/replace-all.ts';
import { emitSite } from '../emit/site/emit-site.ts';
import type { SiteLibrary } from '../emit/site/site-library.ts';
import { Failure } from '../finding/failure.ts';
import { checkDocsFolder, stageDocs } from '../output/docs-folder.ts';
import { ignoreFolder } from '../output/library-folder.ts';
import { readImportLock } from '../sources/import-lock.ts';
import { MIXINS } from '../sources/mixins.ts';
import { findProjectRoot } from '../tanka/project.ts';
import { readAliased } from './kubernetes-alias.ts';
import { libraryUse } from './library-use.ts';
import { openLibrary } from './open-library.ts';
import { running, type ProjectOptions } from './project.ts';

/** Where the reference is written, relative to the project root, unless the user says otherwise. */
const DEFAULT_OUTPUT = '.tankard/docs';

/** Where to write. */
export interface DocsOptions extends ProjectOptions {
  /** Folder, relative to `cwd`. @default `.tankard/docs` in the project */
  readonly output?: string;
}

/** What was written. */
export interface DocsResult {
  /** The page to open, absolute. */
  readonly index: string;
  readonly libraries: readonly string[];
  /** How many files were written. */
  readonly files: number;
}

/**
 * Writes a searchable reference of the imported libraries: static pages, the whole folder or nothing.
 *
 * @throws Failure `usage` outside a project, without imports, when the folder holds files that are not of a reference or
 *   it cannot be written; as `openImport`.
 */
export async function docs(options: DocsOptions = {}): Promise<DocsResult> {
  const cwd = path.resolve(options.cwd ?? process.cwd());
  const root = findProjectRoot(cwd);
  const { output } = options;
  const directory =
    output === undefined ? path.join(root, DEFAULT_OUTPUT) : path.resolve(cwd, output);
  await checkDocsFolder(directory);
  const libraries = await openLibraries(root, options);
  const files = emitSite(libraries, await readAssets());
  options.signal?.throwIfAborted();
  if (output === undefined) await ignoreFolder(root);
  await replaceAll([{ path: directory, staged: await stageDocs(directory, files) }]);
  return {
    index: path.join(directory, 'index.html'),
    libraries: libraries.map(({ library }) => library.name),
    files: files.length,
  };
}

async function openLibraries(root: string, options: DocsOptions): Promise<SiteLibrary[]> {
  const aliased = await readAliased(root);
  // The mixins have a reference of their own, docs/reference.
  const lock = [...readImportLock(root)].filter(([, { source }]) => source !== MIXINS);
  if (lock.length === 0)
    throw new Failure('usage', 'nothing is imported', {
      hint: 'Import a library first, such as `tankard import k8s@1.34`.',
    });
  const libraries: SiteLibrary[] = [];
  for (const [name, locked] of lock) {
    const opened = await openLibrary(name, locked, {
      root,
      kubernetes: locked.kubernetes,
      ...running(options),
    });
    const use = libraryUse(name, locked.source, aliased);
    const { library, handWritten } = opened;
    const { source } = locked;
    libraries.push({ library, handWritten, source, variable: use.variable, importPath: use.path });
  }
  return libraries;
}

async function readAssets(): Promise<Map<string, string>> {
  const directory = path.join(packageRoot(), 'site');
  const names = (await readdir(directory)).sort();
  const texts = names.map(async (name): Promise<[string, string]> => [
    name,
    await readFile(path.join(directory, name), 'utf8'),
  ]);
  return new Map(await Promise.all(texts));
}
