import { existsSync } from 'node:fs';
import path from 'node:path';
import { filesBelow } from '../../disk/files-below.ts';
import { isLibraryFile, libraryDirectories } from '../../tanka/project.ts';
import { openRepository, runGit } from '../preview/git.ts';

/** Folders of other people's code. */
const FOREIGN: ReadonlySet<string> = new Set(['vendor', 'node_modules']);
const JSONNET_FILE = /\.(?:jsonnet|libsonnet)$/;

/**
 * The Jsonnet that the project's people write: in a git repository what git tracks or would add, elsewhere all. Not in it are
 * vendor/, node_modules/, folders whose names begin with a dot, and what Tankard generated.
 *
 * @param root project root, absolute.
 * @returns absolute paths, sorted.
 */
export async function jsonnetFiles(root: string, signal?: AbortSignal): Promise<string[]> {
  const listed = (await listByGit(root, signal)) ?? (await listOnDisk(root));
  const libraries = libraryDirectories(root);
  return listed
    .filter((file) => !path.relative(root, file).split(path.sep).some(isForeign))
    .filter((file) => existsSync(file) && !isLibraryFile(file, libraries))
    .sort();
}

function isForeign(part: string): boolean {
  return part.startsWith('.') || FOREIGN.has(part);
}

/** @returns undefined without git or a repository. */
async function listByGit(root: string, signal?: AbortSignal): Promise<string[] | undefined> {
  const repository = await openRepository(root, signal).catch(() => undefined);
  if (repository === undefined) return undefined;
  const { stdout, problem } = await runGit({
    git: repository.git,
    args: ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate'],
    cwd: root,
    ...(signal === undefined ? {} : { signal }),
  });
  if (problem !== undefined) return undefined;
  const names = stdout.split('\0').filter((name) => JSONNET_FILE.test(name));
  return names.map((name) => path.join(root, name));
}

async function listOnDisk(root: string): Promise<string[]> {
  return filesBelow(root, {
    named: JSONNET_FILE,
    without: new Set([...FOREIGN, '.git', '.tankard']),
  });
}
