import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { writeWhole } from '../disk/write-whole.ts';
import { fileChecksum } from './checksum.ts';

/**
 * Keeps a text that cannot be had again for certain, such as what a URL or a cluster answered, under its checksum.
 *
 * @param parent the folder that holds the stores of schemas.
 * @throws Failure `usage` when the cache cannot be written.
 */
export async function keepText(parent: string, bytes: Buffer): Promise<void> {
  await mkdir(path.join(parent, 'texts'), { recursive: true, mode: 0o700 });
  await writeWhole(textFile(parent, fileChecksum(bytes)), bytes, { mode: 0o600 });
}

/**
 * Reads a text that {@link keepText} kept.
 *
 * @returns undefined when there is none, or it is damaged.
 */
export async function readText(parent: string, sha256: string): Promise<Buffer | undefined> {
  const bytes = await readFile(textFile(parent, sha256)).catch(() => undefined);
  return bytes !== undefined && fileChecksum(bytes) === sha256 ? bytes : undefined;
}

function textFile(parent: string, sha256: string): string {
  return path.join(parent, 'texts', sha256);
}
