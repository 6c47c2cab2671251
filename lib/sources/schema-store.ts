import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ReducedSchema, Reduction } from './reduction.ts';

/** Where a stored schema is. */
export interface StoredFile {
  /** Its name in the folder. */
  readonly file: string;
  /** SHA-256 of its bytes, 64 hexadecimal digits. */
  readonly sha256: string;
}

/** A kind with the place of its schema. */
export interface StoredKind extends StoredFile {
  readonly apiVersion: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
}

/** What a folder of stored schemas has; small, since every command reads it. */
export interface StoreIndex {
  readonly kinds: readonly StoredKind[];
  readonly objectMeta?: StoredFile;
}

const INDEX_FILE = 'index.json';

/**
 * Writes the schemas of a module into a folder, one file a kind, and an index.
 *
 * @param directory made when absent. Not a folder that others already read from: files are not written whole.
 */
export async function writeStore(directory: string, reduction: Reduction): Promise<void> {
  await mkdir(directory, { recursive: true });
  const write = async (file: string, content: ReducedSchema): Promise<StoredFile> => {
    const text = JSON.stringify(content);
    await writeFile(path.join(directory, file), text);
    return { file, sha256: sha256(text) };
  };
  const kinds: StoredKind[] = [];
  for (const { apiVersion, kind, plural, namespaced, schema } of reduction.kinds) {
    // With the names, so that kinds with the same schema, such as two versions of one, differ in their checksum:
    // what is compiled from a schema also checks the names.
    const content = { apiVersion, kind, ...schema };
    const stored = await write(`${apiVersion.replace('/', '.')}.${kind}.json`, content);
    kinds.push({ apiVersion, kind, plural, namespaced, ...stored });
  }
  const { objectMeta } = reduction;
  const meta = objectMeta && { objectMeta: await write('object-meta.json', objectMeta) };
  const index = JSON.stringify({ kinds, ...meta } satisfies StoreIndex);
  // The checksum comes first, on a line of its own, so that reading needs no second file.
  await writeFile(path.join(directory, INDEX_FILE), `${sha256(index)}\n${index}`);
}

/**
 * Reads the index of a folder of schemas.
 *
 * @returns `missing` when there is no such folder, `damaged` when its index is not what was written.
 */
export function readStore(directory: string): StoreIndex | 'missing' | 'damaged' {
  let text: string;
  try {
    text = readFileSync(path.join(directory, INDEX_FILE), 'utf8');
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'missing' : 'damaged';
  }
  const end = text.indexOf('\n');
  const index = text.slice(end + 1);
  return text.slice(0, end) === sha256(index) ? (JSON.parse(index) as StoreIndex) : 'damaged';
}

/**
 * Reads one stored schema.
 *
 * @returns undefined when the file is not what was written.
 */
export async function readStoredSchema(
  directory: string,
  stored: StoredFile,
): Promise<ReducedSchema | undefined> {
  const text = await readFile(path.join(directory, stored.file), 'utf8').catch(() => undefined);
  if (text === undefined || sha256(text) !== stored.sha256) return undefined;
  return JSON.parse(text) as ReducedSchema;
}

/** Whether a folder of schemas is there and every file of it is what was written. */
export async function isWholeStore(directory: string): Promise<boolean> {
  const index = readStore(directory);
  if (typeof index === 'string') return false;
  const files = index.objectMeta === undefined ? index.kinds : [...index.kinds, index.objectMeta];
  for (const file of files)
    if ((await readStoredSchema(directory, file)) === undefined) return false;
  return true;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
