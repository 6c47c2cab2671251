import { createHash } from 'node:crypto';
import type { Validate } from '../emit/validator/ajv-error.ts';
import { GENERATOR_VERSION } from '../emit/validator/generator-version.ts';
import { RULES_VERSION } from './cel/rules-version.ts';
import type { Upstream, UpstreamKind } from '../sources/upstream.ts';
import {
  readValidatorModule,
  writeValidatorModule,
  type ValidatorModule,
} from './validator-module.ts';

export type { Validate } from '../emit/validator/ajv-error.ts';

interface LoadedValidator {
  readonly validate: Validate;
  /** A `RulePlan` in JSON. */
  readonly rules: string | undefined;
}

/** One promise a key, so that environments which are validated at the same time compile a kind once. */
const loaded = new Map<string, Promise<LoadedValidator>>();
const writing = new Set<Promise<void>>();

/**
 * The validator of an upstream kind: from the cache, else generated and put there.
 *
 * @param kind one that `upstream` gave.
 * @returns a function that takes a manifest without null members (`stripNulls`).
 * @throws Failure when the schema cannot be had.
 */
export async function loadUpstreamValidator(
  kind: UpstreamKind,
  upstream: Upstream,
): Promise<Validate> {
  return (await load(kind, upstream)).validate;
}

/**
 * The rules of a CRD's kind, which are kept beside its validator.
 *
 * @param kind one that `upstream` gave.
 * @returns a `RulePlan` in JSON; undefined when the kind has no rules.
 * @throws Failure when the schema cannot be had.
 */
export async function loadUpstreamRules(
  kind: UpstreamKind,
  upstream: Upstream,
): Promise<string | undefined> {
  return (await load(kind, upstream)).rules;
}

function load(kind: UpstreamKind, upstream: Upstream): Promise<LoadedValidator> {
  const key = validatorKey(kind);
  let promise = loaded.get(key);
  if (promise === undefined) {
    promise = loadValidator(key, kind, upstream);
    loaded.set(key, promise);
    // A failed attempt must not be remembered: the next may find the network back.
    promise.catch(() => loaded.delete(key));
  }
  return promise;
}

/** Resolves when what validators have put into the cache is on disk. */
export async function validatorsKept(): Promise<void> {
  await Promise.all(writing);
}

/** Forgets the validators of this process, as a new process would: for tests and benchmarks. */
export function forgetValidators(): void {
  loaded.clear();
}

/**
 * @param kind of which the identity is pinned in the validator.
 * @returns the name of its validator in the cache: 64 hexadecimal digits.
 */
export function validatorKey(kind: UpstreamKind): string {
  const { schemaKey, apiVersion, kind: name, dialect } = kind;
  const parts = [schemaKey, apiVersion, name, dialect, GENERATOR_VERSION, RULES_VERSION];
  return createHash('sha256').update(parts.join('\n')).digest('hex');
}

async function loadValidator(
  key: string,
  kind: UpstreamKind,
  upstream: Upstream,
): Promise<LoadedValidator> {
  const module = readValidatorModule(key) ?? (await generate(key, kind, upstream));
  return { validate: keepAfterFirst(module), rules: module.rules };
}

async function generate(
  key: string,
  kind: UpstreamKind,
  upstream: Upstream,
): Promise<ValidatorModule> {
  const schema = await upstream.loadSchema(kind);
  // Loaded only here: with every validator in the cache, neither ajv nor the Model is needed.
  const { compileValidator } = await import('./compile-validator.ts');
  return writeValidatorModule(key, compileValidator(kind, schema));
}

function keepAfterFirst({ validate, keepCompiled }: ValidatorModule): Validate {
  if (keepCompiled === undefined) return validate;
  let isFirst = true;
  const wrapped: Validate = (value) => {
    const isValid = validate(value);
    wrapped.errors = validate.errors ?? null;
    if (isFirst) {
      isFirst = false;
      const write = keepCompiled().finally(() => writing.delete(write));
      writing.add(write);
    }
    return isValid;
  };
  return wrapped;
}
