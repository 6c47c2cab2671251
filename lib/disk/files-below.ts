import { readdirSync } from 'node:fs';
import path from 'node:path';

/** How many files are open at the same time when many are read: systems allow a process as few as 256. */
export const OPEN_FILES = 16;

/**
 * The files below a folder whose names match.
 *
 * @param folder absolute path.
 * @param options.named what the name of a file has to match.
 * @param options.without names of folders that are passed over, at any depth.
 * @returns absolute paths, those of a folder before those below it; links are not followed.
 * @throws the error of the file system for a folder that cannot be read.
 */
export async function filesBelow(
  folder: string,
  options: { readonly named: RegExp; readonly without: ReadonlySet<string> },
): Promise<string[]> {
  // Not asynchronous: for a thousand small folders that costs several times the CPU.
  const entries = readdirSync(folder, { withFileTypes: true });
  const found = entries
    .filter((entry) => !entry.isDirectory() && options.named.test(entry.name))
    .map(({ name }) => path.join(folder, name));
  for (const entry of entries)
    if (entry.isDirectory() && !options.without.has(entry.name))
      found.push(...(await filesBelow(path.join(folder, entry.name), options)));
  return found;
}
