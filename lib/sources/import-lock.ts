import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '../finding/failure.ts';
import { lockedImportFault, type LockedImport } from './locked-import.ts';
import { PROJECT_LOCK } from './pinned-stores.ts';

/** An imported library as tankard.lock pins it: where its schemas come from, and what was made of them. */
export interface LockedLibrary extends LockedImport {
  /** Minor version of Kubernetes whose metadata its kinds have; absent where the source has its own. */
  readonly kubernetes?: string;
  /** Version of the generator that made the files. */
  readonly generator: string;
  /** SHA-256 over the files, 64 hexadecimal digits. */
  readonly sha256: string;
}

/** What tankard.lock holds: the libraries by name. */
export type ImportLock = ReadonlyMap<string, LockedLibrary>;

/**
 * What a name may be: it is a folder, and the first part of import paths.
 *
 * @param name of a library.
 */
export function isLibraryName(name: string): boolean {
  return /^[A-Za-z0-9][\w.-]*$/.test(name);
}

/**
 * Reads tankard.lock. Every command that renders does, so it is checked by hand, without a validator.
 *
 * @param root project root, absolute.
 * @returns empty when there is no such file.
 * @throws Failure `usage` when it cannot be read or is no lock.
 */
export function readImportLock(root: string): ImportLock {
  const file = path.join(root, PROJECT_LOCK);
  const text = readIfThere(file);
  if (text === undefined) return new Map();
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (cause) {
    throw damaged(file, `it is not JSON: ${(cause as Error).message}`, cause);
  }
  const fault = faultOf(content);
  if (fault !== undefined) throw damaged(file, fault);
  return new Map(
    Object.entries((content as { libraries: Record<string, LockedLibrary> }).libraries),
  );
}

/**
 * The text of tankard.lock: sorted by name, a file or a setting a line.
 *
 * @param lock in any order.
 */
export function printImportLock(lock: ImportLock): string {
  const names = [...lock.keys()].sort();
  const libraries = Object.fromEntries(names.map((name) => [name, lock.get(name)]));
  return `${print({ version: 1, libraries }, '')}\n`;
}

/**
 * Identifies what the lock says of a library: another source, another generator or other files have another key.
 *
 * @returns 64 hexadecimal digits.
 */
export function libraryKey(library: LockedLibrary): string {
  return createHash('sha256').update(print(library, '')).digest('hex');
}

/** JSON with a line for each object that holds scalars only, so that a changed file is a changed line. */
function print(value: unknown, indent: string): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const deeper = `${indent}  `;
  const isList = Array.isArray(value);
  const [open, close] = isList ? '[]' : '{}';
  const parts = isList
    ? value.map((one: unknown) => (isFlat(one) ? printFlat(one) : print(one, deeper)))
    : Object.entries(value)
        .filter(([, one]) => one !== undefined)
        .map(([key, one]) => `${JSON.stringify(key)}: ${print(one, deeper)}`);
  if (parts.length === 0) return `${open}${close}`;
  return `${open}\n${deeper}${parts.join(`,\n${deeper}`)}\n${indent}${close}`;
}

function isFlat(value: unknown): value is object {
  return isRecord(value) && Object.values(value).every((one) => typeof one !== 'object');
}

function printFlat(value: object): string {
  const pairs = Object.entries(value).filter(([, one]) => one !== undefined);
  return `{ ${pairs.map(([key, one]) => `${JSON.stringify(key)}: ${JSON.stringify(one)}`).join(', ')} }`;
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Failure('usage', `cannot read ${file}: ${(cause as Error).message}`, { cause });
  }
}

function damaged(file: string, reason: string, cause?: unknown): Failure {
  return new Failure('usage', `cannot read ${file}: ${reason}`, {
    hint: 'Restore it from version control; or remove it and run `tankard import`, which pins every import anew.',
    cause,
  });
}

function faultOf(content: unknown): string | undefined {
  if (!isRecord(content)) return 'it is not an object';
  const { version, libraries } = content;
  if (version !== 1) return `"version" is ${JSON.stringify(version)}, and this tankard knows 1`;
  if (!isRecord(libraries)) return '"libraries" is not an object';
  for (const [name, library] of Object.entries(libraries)) {
    if (!isLibraryName(name)) return `${JSON.stringify(name)} is not the name of a library`;
    const fault = libraryFault(library);
    if (fault !== undefined) return `the library ${name} ${fault}`;
  }
  return undefined;
}

function libraryFault(library: unknown): string | undefined {
  const fault = lockedImportFault(library);
  if (fault !== undefined) return fault;
  const { kubernetes, generator, sha256 } = library as Record<string, unknown>;
  if (kubernetes !== undefined && typeof kubernetes !== 'string')
    return 'has a "kubernetes" that is no string';
  if (typeof generator !== 'string') return 'has no "generator"';
  if (typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/.test(sha256)) return 'has no "sha256"';
  return undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
