import { createHash } from 'node:crypto';

/** The SHA-256 of a file's bytes, 64 hexadecimal digits. */
export function fileChecksum(bytes: Buffer | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}
