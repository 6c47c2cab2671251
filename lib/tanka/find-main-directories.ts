import { readdirSync, type Dirent } from 'node:fs';
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
export function findMainDirectories(root: string, under: string): string[] {
  const found = walk(path.resolve(root, under));
  return found
    .map((directory) => path.relative(root, directory).split(path.sep).join('/') || '.')
    .sort();
}

/** Not asynchronous: for a thousand small folders that costs four times the CPU. */
function walk(directory: string): string[] {
  const entries = entriesOf(directory);
  const below = entries
    .filter(
      (entry) => entry.isDirectory() && !entry.name.startsWith('.') && !SKIPPED.has(entry.name),
    )
    .flatMap((entry) => walk(path.join(directory, entry.name)));
  const own = entries.some((entry) => entry.isFile() && entry.name === MAIN_FILE)
    ? [directory]
    : [];
  return [...own, ...below];
}

function entriesOf(directory: string): Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    throw error;
  }
}
