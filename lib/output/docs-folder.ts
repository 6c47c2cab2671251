import { readFileSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { OutputFile } from '../emit/file.ts';
import { Failure } from '../finding/failure.ts';
import { checkForeign } from './check-foreign.ts';
import { stageFolder } from './stage-folder.ts';

/** In the folder of a reference: the files that it was written with, one a line. Only they may be replaced. */
const STAMP = '.tankard-docs';

/**
 * Checks that a folder may be replaced as a whole: that it is not there, empty, or holds a reference and nothing else.
 *
 * @param directory absolute.
 * @throws Failure `usage` when it holds other files, is a file or cannot be read.
 */
export async function checkDocsFolder(directory: string): Promise<void> {
  const stats = statSync(directory, { throwIfNoEntry: false });
  if (stats === undefined) return;
  if (!stats.isDirectory()) throw new Failure('usage', `${directory} is a file, not a folder`);
  const written = readStamp(directory);
  const foreign = (await listFiles(directory)).filter((file) => !written.has(file));
  checkForeign({
    folder: directory,
    foreign,
    command: 'tankard docs',
    hint: 'Name another folder with --output: this one would be replaced as a whole.',
  });
}

/**
 * Writes a reference into a folder beside its place.
 *
 * @param directory where it is to be; absolute.
 * @returns absolute path of that folder, for `replaceAll`.
 * @throws as `stageFolder`.
 */
export async function stageDocs(directory: string, files: readonly OutputFile[]): Promise<string> {
  const names = files.map((file) => `${file.path}\n`);
  return stageFolder(directory, [...files, { path: STAMP, text: names.sort().join('') }]);
}

function readStamp(directory: string): Set<string> {
  try {
    return new Set([STAMP, ...readFileSync(path.join(directory, STAMP), 'utf8').split('\n')]);
  } catch {
    // Without a stamp nothing in it was written by us.
    return new Set();
  }
}

async function listFiles(directory: string): Promise<string[]> {
  try {
    const entries = await readdir(directory, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => !entry.isDirectory())
      .map((entry) => path.relative(directory, path.join(entry.parentPath, entry.name)))
      .map((name) => name.split(path.sep).join('/'))
      .sort();
  } catch (cause) {
    throw new Failure('usage', `cannot read ${directory}: ${(cause as Error).message}`, { cause });
  }
}
