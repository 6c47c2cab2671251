import path from 'node:path';
import { cacheRoot } from '../disk/cache.ts';
import { compileScript, digest, readFromCache, writeIfPossible } from '../disk/compiled-code.ts';
import type { Validate } from '../emit/validator/ajv-error.ts';

/** A validator that was loaded from the text of its module. */
export interface ValidatorModule {
  readonly validate: Validate;
  /** The rules of the kind as JSON, when it has any. */
  readonly rules: string | undefined;
  /**
   * Keeps what V8 has compiled so far, so that the next process need not. Useful after a first validation,
   * since V8 compiles a function when it is first called. Undefined when the kept code was good.
   */
  readonly keepCompiled: (() => Promise<void>) | undefined;
}

const FOLDER = 'validators';
const HASH_LINE = /^\/\/ sha256 ([0-9a-f]{64})\n/;
const HASH_LINE_LENGTH = '// sha256 \n'.length + 64;

/**
 * Loads a validator from the cache.
 *
 * @param key names the validator: 64 hexadecimal digits.
 * @returns undefined when it is not there, or is not what was written.
 */
export function readValidatorModule(key: string): ValidatorModule | undefined {
  const bytes = readFromCache(FOLDER, `${key}.cjs`);
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
 * @param code text of a CommonJS module with the export `validate`, and `rules` where there are any; only ASCII.
 */
export async function writeValidatorModule(key: string, code: string): Promise<ValidatorModule> {
  const hash = digest(code);
  await writeIfPossible(FOLDER, `${key}.cjs`, `// sha256 ${hash}\n${code}`);
  return loadValidatorModule(code, { key, hash });
}

function loadValidatorModule(code: string, id: { key: string; hash: string }): ValidatorModule {
  const { script, keepCompiled } = compileScript(`(function (exports) {${code}\n})`, {
    filename: path.join(cacheRoot(), FOLDER, `${id.key}.cjs`),
    folder: FOLDER,
    name: id.key,
    hash: id.hash,
  });
  const exports: { validate?: Validate; rules?: string } = {};
  (script.runInThisContext() as (exports: object) => void)(exports);
  if (exports.validate === undefined) throw new Error('a generated module has no validator');
  return { validate: exports.validate, rules: exports.rules, keepCompiled };
}
