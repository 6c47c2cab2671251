import { readFileSync } from 'node:fs';
import path from 'node:path';
import { CONFIG_FILE } from '../config/load-config.ts';
import { Failure } from '../finding/failure.ts';
import { PROJECT_LOCK } from '../sources/pinned-stores.ts';
import { JSONNETFILE } from '../tanka/jsonnetfile.ts';
import { ALIAS_FILE } from './kubernetes-alias.ts';

/** The files in git that an import reads, and later writes whole; relative to the project root. */
const FILES = [CONFIG_FILE, PROJECT_LOCK, JSONNETFILE, ALIAS_FILE];

/** What those files held: by path relative to the root, undefined where there was none. */
export type ImportFiles = ReadonlyMap<string, Buffer | undefined>;

/**
 * Reads the files in git that an import writes. One that cannot be read counts as absent: whoever needs what it
 * holds says so.
 *
 * @param root project root, absolute.
 */
export function readImportFiles(root: string): ImportFiles {
  return new Map(FILES.map((file) => [file, bytesOf(path.join(root, file))]));
}

/**
 * Makes sure that nobody, such as another import, wrote them since: their work would be lost.
 *
 * @param root project root, absolute.
 * @param before what the import was made from.
 * @throws Failure `usage` naming the first one that changed.
 */
export function checkUnchanged(root: string, before: ImportFiles): void {
  const now = readImportFiles(root);
  const changed = FILES.find((file) => !isSame(before.get(file), now.get(file)));
  if (changed === undefined) return;
  throw new Failure('usage', `${changed} changed while the import ran`, {
    hint: 'Nothing was written. Run it again; one import at a time.',
  });
}

function isSame(before: Buffer | undefined, now: Buffer | undefined): boolean {
  return before === undefined || now === undefined ? before === now : before.equals(now);
}

function bytesOf(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}
