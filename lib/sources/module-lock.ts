import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from '../disk/package-root.ts';
import { Failure } from '../finding/failure.ts';

/** A file of a module that schemas are read from. */
export interface LockedFile {
  /** Path inside the module, with `/`. */
  readonly file: string;
  /** SHA-256 of its bytes, 64 hexadecimal digits. */
  readonly sha256: string;
}

/** A Go module, pinned by its checksums. */
export interface LockedModule {
  readonly module: string;
  readonly version: string;
  /** The `h1:` checksum of the module, as in a go.sum. */
  readonly sum: string;
  readonly files: readonly LockedFile[];
}

/** `schemas/upstream.lock.json`: which upstream schemas are used, to the byte. */
export interface ModuleLock {
  readonly version: 1;
  readonly modules: readonly LockedModule[];
}

/** Where the lock is: in Tankard's own package. */
export function moduleLockPath(): string {
  return path.join(packageRoot(), 'schemas', 'upstream.lock.json');
}

/**
 * Reads and checks the lock of the upstream schemas.
 *
 * @throws Failure `usage` when it is missing or not a lock.
 */
export function readModuleLock(file: string = moduleLockPath()): ModuleLock {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw damaged(file, (cause as Error).message, cause);
  }
  const fault = faultOf(content);
  if (fault !== undefined) throw damaged(file, fault);
  return content as ModuleLock;
}

/**
 * Identifies a locked module: another version, checksum or list of files has another key.
 *
 * @returns 12 hexadecimal digits.
 */
export function moduleKey(module: LockedModule): string {
  return createHash('sha256').update(JSON.stringify(module)).digest('hex').slice(0, 12);
}

function damaged(file: string, reason: string, cause?: unknown): Failure {
  return new Failure('usage', `cannot read the lock of the upstream schemas, ${file}: ${reason}`, {
    hint: 'Install Tankard again; in a checkout, restore the file from version control.',
    cause,
  });
}

// By hand and not by a schema, because every command reads the lock and a schema compiler takes longer to
// load than all the rest of the start.
function faultOf(lock: unknown): string | undefined {
  if (!isRecord(lock)) return 'it is not an object';
  if (lock['version'] !== 1) return `"version" is ${JSON.stringify(lock['version'])}, not 1`;
  if (!Array.isArray(lock['modules'])) return '"modules" is not a list';
  const index = lock['modules'].findIndex((module) => !isLockedModule(module));
  if (index >= 0)
    return `"modules[${index}]" is not {module, version, sum: "h1:...", files: [{file, sha256}]}`;
  return undefined;
}

/** Whether parsed JSON is a {@link LockedModule}. */
export function isLockedModule(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { module, version, sum, files } = value;
  return (
    matches(module, /^\w[\w.~-]*(?:\/[\w.~-]+)+$/) &&
    matches(version, /^v\d[\w.+-]*$/) &&
    matches(sum, /^h1:[A-Za-z0-9+/]{43}=$/) &&
    Array.isArray(files) &&
    files.length > 0 &&
    files.every(isLockedFile)
  );
}

/** Whether parsed JSON is a {@link LockedFile}. */
export function isLockedFile(value: unknown): boolean {
  return (
    isRecord(value) &&
    matches(value['file'], /^[^/\\][^\\]*$/) &&
    matches(value['sha256'], /^[0-9a-f]{64}$/)
  );
}

function matches(value: unknown, pattern: RegExp): boolean {
  return typeof value === 'string' && pattern.test(value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
