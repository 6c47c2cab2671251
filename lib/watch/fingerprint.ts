import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';

/** Of a path where nothing is. */
export const MISSING = 'missing';
/** Of an empty file. */
export const EMPTY = 'empty';

/**
 * Tells two states of a path apart: the hash of a file's content, or in a word what is there instead.
 *
 * @param file absolute path; links are followed. It need not exist.
 */
export async function fingerprintOf(file: string): Promise<string> {
  try {
    const stats = await stat(file);
    // Reading a pipe would wait for its writer.
    if (!stats.isFile()) return stats.isDirectory() ? 'folder' : 'special';
    const content = await readFile(file);
    return content.length === 0 ? EMPTY : createHash('sha256').update(content).digest('base64');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP') return MISSING;
    return code ?? 'unreadable';
  }
}
