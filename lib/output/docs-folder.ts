import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { temporaryBeside } from '../disk/replace-all.ts';
import type { OutputFile } from '../emit/file.ts';
import { Failure } from '../finding/failure.ts';

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
  const [first, ...more] = foreign;
  if (first === undefined) return;
  const others = more.length === 0 ? '' : ` and ${more.length} more`;
  throw new Failure(
    'usage',
    `${directory} holds files that tankard docs did not write: ${first}${others}`,
    { hint: 'Name another folder with --output: this one would be replaced as a whole.' },
  );
}

/**
 * Writes a reference into a folder beside its place.
 *
 * @param directory where it is to be; absolute.
 * @returns absolute path of that folder, for `replaceAll`.
 * @throws Failure `usage` when it cannot be written; nothing of it is left then.
 */
export async function stageDocs(directory: string, files: readonly OutputFile[]): Promise<string> {
  const staged = temporaryBeside(directory);
  try {
    for (const folder of new Set(files.map((file) => path.dirname(file.path))))
      await mkdir(path.join(staged, folder), { recursive: true });
    // One after the other: a thousand small files through the thread pool cost ten times the CPU.
    for (const file of files) writeFileSync(path.join(staged, file.path), file.text);
    const names = files.map((file) => `${file.path}\n`);
    writeFileSync(path.join(staged, STAMP), names.sort().join(''));
  } catch (cause) {
    await rm(staged, { recursive: true, force: true }).catch(() => undefined);
    throw new Failure('usage', `cannot write ${directory}: ${(cause as Error).message}`, {
      hint: 'Check that the folder is writable and has room.',
      cause,
    });
  }
  return staged;
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
