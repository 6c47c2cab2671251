import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '../finding/failure.ts';
import { temporaryBeside } from './temporary-beside.ts';

/**
 * Writes a file whole or not at all: into a new file beside it, then renamed over it.
 * Missing folders are made.
 *
 * @param file absolute path.
 * @param options.mode permissions of the file; default 0o666 less the umask.
 * @throws Failure `usage` when it cannot be written; what stood there before is then untouched.
 */
export async function writeWhole(
  file: string,
  content: string | Uint8Array,
  options: { mode?: number } = {},
): Promise<void> {
  const temporary = temporaryBeside(file);
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(temporary, content, options);
    await rename(temporary, file);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw new Failure('usage', `cannot write ${file}: ${(cause as Error).message}`, {
      hint: 'Check that the folder exists, is writable and has room.',
      cause,
    });
  }
}
