import { readdir } from 'node:fs/promises';
import path from 'node:path';

/** The file that makes a directory an environment. */
export const MAIN_FILE = 'main.jsonnet';

/** Directories of other people's code, in which tk itself would look too. */
const SKIPPED = new Set(['vendor', 'node_modules']);

/**
 * The directories with a main.jsonnet, however deep. Links are not followed, as tk does not; hidden directories
 * and those of libraries are left out.
 *
 * @param root project root.
 * @param under where to look, relative to `root` or absolute; nothing is found when it does not exist.
 * @returns paths relative to `root`, with `/`, sorted; `.` for the root itself.
 */
export async function findMainDirectories(root: string, under: string): Promise<string[]> {
  const found = await walk(path.resolve(root, under));
  return found
    .map((directory) => path.relative(root, directory).split(path.sep).join('/') || '.')
    .sort();
}

async function walk(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return [];
      throw error;
    },
  );
  const below = entries
    .filter(
      (entry) => entry.isDirectory() && !entry.name.startsWith('.') && !SKIPPED.has(entry.name),
    )
    .map((entry) => walk(path.join(directory, entry.name)));
  const own = entries.some((entry) => entry.isFile() && entry.name === MAIN_FILE)
    ? [directory]
    : [];
  return [...own, ...(await Promise.all(below)).flat()];
}
