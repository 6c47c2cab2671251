import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';
import { cacheDirectory, cacheRoot } from '../disk/cache.ts';
import { writeWhole } from '../disk/write-whole.ts';
import type { Validate } from '../emit/validator/ajv-error.ts';

/** A validator that was loaded from the text of its module. */
export interface ValidatorModule {
  readonly validate: Validate;
  /**
   * Keeps what V8 has compiled so far, so that the next process need not. Useful after a first validation,
   * since V8 compiles a function when it is first called. Undefined when the kept code was good.
   */
  readonly keepCompiled: (() => Promise<void>) | undefined;
}

const FOLDER = 'validators';
const HASH_LINE = /^\/\/ sha256 ([0-9a-f]{64})\n/;
const HASH_LINE_LENGTH = '// sha256 \n'.length + 64;
const DIGEST_LENGTH = 32;

/**
 * Loads a validator from the cache.
 *
 * @param key names the validator: 64 hexadecimal digits.
 * @returns undefined when it is not there, or is not what was written.
 */
export function readValidatorModule(key: string): ValidatorModule | undefined {
  const file = path.join(cacheRoot(), FOLDER, `${key}.cjs`);
  const bytes = readIfThere(file);
  if (bytes === undefined) return undefined;
  const expected = HASH_LINE.exec(bytes.toString('latin1', 0, HASH_LINE_LENGTH))?.[1];
  // Code is run from here, so a file that was cut off or changed must not be.
  if (expected === undefined || digest(bytes.subarray(HASH_LINE_LENGTH)) !== expected)
    return undefined;
  return loadValidatorModule(bytes.toString('latin1', HASH_LINE_LENGTH), { key, hash: expected });
}

/**
 * Loads a validator from its text and writes the text to the cache. A cache that cannot be written is no
 * error: the validator works without, only the next process has to generate it again.
 *
 * @param code text of a CommonJS module with the export `validate`; only ASCII.
 */
export async function writeValidatorModule(key: string, code: string): Promise<ValidatorModule> {
  const hash = digest(code);
  await tryWrite(`${key}.cjs`, `// sha256 ${hash}\n${code}`);
  return loadValidatorModule(code, { key, hash });
}

function loadValidatorModule(code: string, id: { key: string; hash: string }): ValidatorModule {
  const compiledFile = `${id.key}.${process.versions.v8}-${process.arch}.cache`;
  const kept = readCompiled(compiledFile, id.hash);
  const script = new vm.Script(`(function (exports) {${code}\n})`, {
    filename: path.join(cacheRoot(), FOLDER, `${id.key}.cjs`),
    ...(kept !== undefined && { cachedData: kept }),
  });
  const exports: { validate?: Validate } = {};
  (script.runInThisContext() as (exports: object) => void)(exports);
  if (exports.validate === undefined) throw new Error('a generated module has no validator');
  const isGood = kept !== undefined && script.cachedDataRejected !== true;
  return {
    validate: exports.validate,
    keepCompiled: isGood ? undefined : () => writeCompiled(compiledFile, id.hash, script),
  };
}

function readCompiled(name: string, hash: string): Buffer | undefined {
  const bytes = readIfThere(path.join(cacheRoot(), FOLDER, name));
  if (bytes === undefined) return undefined;
  const data = bytes.subarray(DIGEST_LENGTH);
  // V8 itself looks at the length of the source only, and trusts the rest: damage could crash the process.
  return digest(hash, data) === bytes.toString('hex', 0, DIGEST_LENGTH) ? data : undefined;
}

async function writeCompiled(name: string, hash: string, script: vm.Script): Promise<void> {
  const data = script.createCachedData();
  await tryWrite(name, Buffer.concat([Buffer.from(digest(hash, data), 'hex'), data]));
}

async function tryWrite(name: string, content: string | Uint8Array): Promise<void> {
  try {
    await writeWhole(path.join(cacheDirectory(FOLDER), name), content, { mode: 0o600 });
  } catch {
    // A read-only or full cache costs time, not correctness.
  }
}

function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

function digest(...parts: (string | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}
