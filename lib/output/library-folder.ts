import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readFileSync, readSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { writeWhole } from '../disk/write-whole.ts';
import type { OutputFile } from '../emit/file.ts';
import { Failure } from '../finding/failure.ts';
import { checkForeign } from './check-foreign.ts';
import { stageFolder } from './stage-folder.ts';

/** Folder of the imported libraries, relative to the project root; jsonnetfile.json writes it so. */
export const LIBRARIES_FOLDER = '.tankard/libs';

/**
 * In each library: a line with the key of its entry in tankard.lock, then one for each file, as `sha256sum` writes
 * them. Only what is listed here was written by an import.
 */
const STAMP = '.tankard-library';
/** Of a key, as `libraryKey` makes it. */
const KEY_LENGTH = 64;

/** A library as it lies on disk. */
export interface LibraryOnDisk {
  /** The key it was written under; undefined without a stamp. */
  readonly key: string | undefined;
  /** Over the files that are there, as `libraryHash`. */
  readonly sha256: string;
  /** Files that no import wrote, relative to the library, sorted. */
  readonly foreign: readonly string[];
  /** Files that are not what the import wrote, or are gone; relative to the library, sorted. */
  readonly changed: readonly string[];
}

/** Absolute path of a library. */
export function libraryDirectory(root: string, name: string): string {
  return path.join(root, LIBRARIES_FOLDER, name);
}

/**
 * The key that a library was written under; next to nothing to read.
 *
 * @returns undefined when the library is not there.
 */
export function readLibraryKey(root: string, name: string): string | undefined {
  const key = Buffer.alloc(KEY_LENGTH);
  let stamp: number | undefined;
  try {
    stamp = openSync(path.join(libraryDirectory(root, name), STAMP), 'r');
    return readSync(stamp, key) === KEY_LENGTH ? key.toString() : undefined;
  } catch {
    return undefined;
  } finally {
    if (stamp !== undefined) closeSync(stamp);
  }
}

/**
 * SHA-256 over the files of a library, in hex: names and texts, in any order.
 *
 * @param files paths relative to the library.
 */
export function libraryHash(files: readonly OutputFile[]): string {
  return sha256(printList(new Map(files.map((file) => [file.path, sha256(file.text)]))));
}

/**
 * Reads a whole library and compares it with what the last import wrote.
 *
 * @returns undefined when there is no folder, or an empty one.
 * @throws Failure `usage` when it cannot be read.
 */
export async function inspectLibrary(
  root: string,
  name: string,
): Promise<LibraryOnDisk | undefined> {
  const directory = libraryDirectory(root, name);
  if (!existsSync(directory)) return undefined;
  const stamp = readStamp(root, name);
  const found = await hashFiles(directory);
  if (stamp === undefined && found.size === 0) return undefined;
  const written = stamp?.files ?? new Map<string, string>();
  return {
    key: stamp?.key,
    sha256: sha256(printList(found)),
    foreign: [...found.keys()].filter((file) => !written.has(file)).sort(),
    changed: [...written.keys()].filter((file) => found.get(file) !== written.get(file)).sort(),
  };
}

/**
 * @throws Failure `usage` when a folder holds files of the user's, which replacing it would delete.
 */
export function checkReplaceable(name: string, library: LibraryOnDisk | undefined): void {
  checkForeign({
    folder: `${LIBRARIES_FOLDER}/${name}`,
    foreign: library?.foreign ?? [],
    command: 'tankard import',
    hint: 'Move them away: the folder is made from tankard.lock, and replaced as a whole.',
  });
}

/**
 * Writes a library into a folder beside its place.
 *
 * @param key of the entry in tankard.lock.
 * @returns absolute path of that folder, for `replaceAll`.
 * @throws as `stageFolder`; Failure `usage` when .tankard/.gitignore cannot be written.
 */
export async function stageLibrary(
  root: string,
  name: string,
  files: readonly OutputFile[],
  key: string,
): Promise<string> {
  await ignoreFolder(root);
  const list = new Map(files.map((file) => [file.path, sha256(file.text)]));
  const stamp = { path: STAMP, text: `${key}\n${printList(list)}` };
  return stageFolder(libraryDirectory(root, name), [...files, stamp]);
}

/**
 * Sees to it that git ignores `.tankard/` of a project, whatever the repository's own .gitignore says: nothing in it is
 * ever committed.
 *
 * @throws Failure `usage` when it cannot be written.
 */
export async function ignoreFolder(root: string): Promise<void> {
  const file = path.join(root, '.tankard', '.gitignore');
  if (!existsSync(file)) await writeWhole(file, '*\n');
}

function readStamp(
  root: string,
  name: string,
): { key: string; files: Map<string, string> } | undefined {
  let text: string;
  try {
    text = readFileSync(path.join(libraryDirectory(root, name), STAMP), 'utf8');
  } catch {
    // Without a stamp, or with one that cannot be read, it is nothing that an import vouches for.
    return undefined;
  }
  const [key = '', ...lines] = text.split('\n');
  const files = lines.map((line): [string, string] => [line.slice(66), line.slice(0, 64)]);
  return { key, files: new Map(files.filter(([file]) => file !== '')) };
}

async function hashFiles(directory: string): Promise<Map<string, string>> {
  try {
    const entries = await readdir(directory, { recursive: true, withFileTypes: true });
    const names = entries
      .filter((entry) => !entry.isDirectory())
      .map((entry) => path.relative(directory, path.join(entry.parentPath, entry.name)))
      .map((name) => name.split(path.sep).join('/'))
      .filter((name) => name !== STAMP);
    const hashed = names.map(async (name): Promise<[string, string]> => [
      name,
      sha256(await readFile(path.join(directory, name))),
    ]);
    return new Map(await Promise.all(hashed));
  } catch (cause) {
    throw new Failure('usage', `cannot read ${directory}: ${(cause as Error).message}`, { cause });
  }
}

function printList(files: ReadonlyMap<string, string>): string {
  const lines = [...files].map(([file, hash]) => `${hash}  ${file}\n`);
  // By path, so that a change of one file moves no line.
  return lines.sort((a, b) => (a.slice(66) < b.slice(66) ? -1 : 1)).join('');
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
