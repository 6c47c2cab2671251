import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from '../disk/package-root.ts';
import { Failure } from '../finding/failure.ts';

/** The files that mark the root of a project, the stronger first. */
export const ROOT_FILES = ['tkrc.yaml', 'jsonnetfile.json'];

/**
 * The root of the Tanka project that `start` is in, by tk's rule: the nearest directory upwards with tkrc.yaml;
 * only when there is none anywhere, the nearest with jsonnetfile.json.
 *
 * @param start a file or directory; need not exist.
 * @throws Failure `usage` when there is neither.
 */
export function findProjectRoot(start: string): string {
  const directories = ancestors(path.resolve(start));
  for (const file of ROOT_FILES) {
    const root = directories.find((directory) => existsSync(path.join(directory, file)));
    if (root !== undefined) return root;
  }
  throw new Failure('usage', `no Tanka project at or above ${path.resolve(start)}`, {
    hint: 'A project has a jsonnetfile.json (or tkrc.yaml) in its root: make one with `jb init` or `tk init`.',
  });
}

/** A directory and all above it, the nearest first. */
export function ancestors(start: string): string[] {
  const parent = path.dirname(start);
  return parent === start ? [start] : [start, ...ancestors(parent)];
}

/**
 * The directories whose Jsonnet is a library's and not the user's: vendor, node_modules, `.tankard/libs` and the
 * tankard library wherever it is linked from.
 *
 * @param root project root.
 * @param base directory of the environment, which may have a vendor directory of its own.
 * @returns real paths (links resolved) of those that exist.
 */
export function libraryDirectories(root: string, base?: string): string[] {
  const candidates = [
    path.join(root, 'vendor'),
    ...(base === undefined ? [] : [path.join(base, 'vendor')]),
    path.join(root, 'node_modules'),
    path.join(root, '.tankard', 'libs'),
    path.join(root, 'vendor', 'tankard'),
    path.join(packageRoot(), 'jsonnet', 'tankard'),
  ];
  return [...new Set(candidates.flatMap(realPath))];
}

function realPath(file: string): string[] {
  try {
    return [realpathSync(file)];
  } catch {
    // What does not exist holds no library.
    return [];
  }
}

/**
 * Whether a file belongs to a library.
 *
 * @param file absolute path; links in it are resolved.
 * @param directories what `libraryDirectories` gave.
 */
export function isLibraryFile(file: string, directories: readonly string[]): boolean {
  const real = realPath(file)[0] ?? file;
  return directories.some((directory) => real.startsWith(directory + path.sep));
}
