import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ReducedSchema, Reduction } from './reduction.ts';
import type { Dialect } from './upstream-schema.ts';

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
  readonly statusSubresource?: boolean;
  readonly deprecation?: string;
  /** Where it is another than that of the {@link StoreIndex}: a cluster has kinds of both. */
  readonly dialect?: Dialect;
  /** The name of its schema in `definitions` of the {@link StoreIndex}. */
  readonly definition?: string;
}

/** What a folder of stored schemas has; small, since every command reads it. */
export interface StoreIndex {
  readonly dialect: Dialect;
  readonly kinds: readonly StoredKind[];
  readonly objectMeta?: StoredFile;
  /** The schemas of everything by name, for typed libraries; checking manifests needs none of it. */
  readonly definitions?: StoredFile;
}

const INDEX_FILE = 'index.json';

/**
 * Writes the schemas of a module into a folder, one file a kind, and an index.
 *
 * @param directory made when absent. Not a folder that others already read from: files are not written whole.
 */
export async function writeStore(directory: string, reduction: Reduction): Promise<void> {
  await mkdir(directory, { recursive: true });
  const write = async (file: string, content: object): Promise<StoredFile> => {
    const text = JSON.stringify(content);
    await writeFile(path.join(directory, file), text);
    return { file, sha256: sha256(text) };
  };
  const kinds: StoredKind[] = [];
  for (const { schema, ...identity } of reduction.kinds) {
    const { apiVersion, kind } = identity;
    // With the names, so that kinds with the same schema, such as two versions of one, differ in their checksum:
    // what is compiled from a schema also checks the names.
    const content = { apiVersion, kind, ...schema };
    const stored = await write(fileName(apiVersion, kind), content);
    kinds.push({ ...identity, ...stored });
  }
  const { dialect, objectMeta, definitions } = reduction;
  const meta = objectMeta && { objectMeta: await write('object-meta.json', objectMeta) };
  const all = definitions && { definitions: await write('definitions.json', definitions) };
  const index = JSON.stringify({ dialect, kinds, ...meta, ...all } satisfies StoreIndex);
  // The checksum comes first, on a line of its own, so that reading needs no second file.
  await writeFile(path.join(directory, INDEX_FILE), `${sha256(index)}\n${index}`);
}

/** A dot in front or a slash would lead elsewhere, and the names come from files that anyone may have written. */
function fileName(apiVersion: string, kind: string): string {
  return `${apiVersion.replace('/', '.')}.${kind}.json`.replaceAll(/[^\w.-]|^\./g, '_');
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
  return (await readStoredFile(directory, stored)) as ReducedSchema | undefined;
}

/**
 * Reads all definitions of a store that has them.
 *
 * @returns undefined when the file is not what was written.
 */
export async function readStoredDefinitions(
  directory: string,
  stored: StoredFile,
): Promise<Reduction['definitions'] | undefined> {
  return (await readStoredFile(directory, stored)) as Reduction['definitions'] | undefined;
}

async function readStoredFile(directory: string, stored: StoredFile): Promise<unknown> {
  const bytes = await readFile(path.join(directory, stored.file)).catch(() => undefined);
  if (bytes === undefined || sha256(bytes) !== stored.sha256) return undefined;
  return JSON.parse(bytes.toString('utf8')) as unknown;
}

/** Whether a folder of schemas is there and every file of it is what was written. */
export async function isWholeStore(directory: string): Promise<boolean> {
  const index = readStore(directory);
  if (typeof index === 'string') return false;
  const { kinds, objectMeta, definitions } = index;
  for (const file of [...kinds, objectMeta, definitions])
    if (file !== undefined && (await readStoredFile(directory, file)) === undefined) return false;
  return true;
}

function sha256(text: string | Buffer): string {
  return createHash('sha256').update(text).digest('hex');
}
