import type { FindingCode } from '../finding/codes.ts';
import type { Fault } from '../finding/finding.ts';
import type { AjvError } from '../emit/validator/ajv-error.ts';
import { describeJunctor } from './describe-junctor.ts';
import { nearestName } from '../finding/nearest-name.ts';
import { counted, formatWords, listed, quoted, typeWords, valueWords } from './words.ts';

/** What is to be said about one error of a validator. */
export interface Description {
  readonly code: FindingCode;
  readonly fault: Fault;
  readonly message: string;
  readonly expected?: string;
  readonly hint?: string;
  /** What the path of the finding has beyond that of the error. */
  readonly below?: readonly (string | number)[];
}

/** An error with what stands at its place. */
export interface ErrorAt {
  readonly error: AjvError;
  readonly value: unknown;
  /** Whether the value must not be repeated. */
  readonly secret: boolean;
}

type Describe = (at: ErrorAt) => Description;

const MANY_NAMES = 12;

/** Says in words what is wrong and what would be right. */
export function describeError(at: ErrorAt): Description {
  const describe = DESCRIBE[at.error.keyword];
  return describe?.(at) ?? wrongValue(at, `a value that satisfies ${at.error.keyword}`);
}

const DESCRIBE: { readonly [keyword: string]: Describe } = {
  additionalProperties: unknownField,
  required: missingField,
  type: wrongType,
  enum: wrongEnum,
  const: (at) => wrongValue(at, quoted(at.error.params['allowedValue'])),
  pattern: (at) => wrongValue(at, `a string that matches ${String(at.error.params['pattern'])}`),
  format: (at) => wrongValue(at, formatWords(String(at.error.params['format']))),
  minimum: (at) => wrongValue(at, `at least ${limitOf(at)}`),
  maximum: (at) => wrongValue(at, `at most ${limitOf(at)}`),
  exclusiveMinimum: (at) => wrongValue(at, `more than ${limitOf(at)}`),
  exclusiveMaximum: (at) => wrongValue(at, `less than ${limitOf(at)}`),
  multipleOf: (at) => wrongValue(at, `a multiple of ${String(at.error.params['multipleOf'])}`),
  minLength: (at) => wrongValue(at, `at least ${counted(limitOf(at), 'character')}`),
  maxLength: (at) => wrongValue(at, `at most ${counted(limitOf(at), 'character')}`),
  minItems: (at) => wrongCount(at, 'at least', 'item'),
  maxItems: (at) => wrongCount(at, 'at most', 'item'),
  minProperties: (at) => wrongCount(at, 'at least', 'field'),
  maxProperties: (at) => wrongCount(at, 'at most', 'field'),
  uniqueItems: repeatedItem,
  'x-kubernetes-list-map-keys': repeatedKeys,
  'x-tankard-unique-keys': repeatedKeys,
  anyOf: (at) =>
    describeJunctor(at.error) ?? wrongValue(at, 'a value of one of the allowed shapes'),
  oneOf: (at) =>
    describeJunctor(at.error) ?? wrongValue(at, 'a value of exactly one allowed shape'),
  not: (at) => wrongValue(at, 'a value outside what the schema forbids here'),
};

function limitOf(at: ErrorAt): number {
  return Number(at.error.params['limit']);
}

function wrongValue(at: ErrorAt, expected: string): Description {
  const found = valueWords(at.value, at);
  return {
    code: 'schema/wrong-value',
    fault: 'value',
    message: `expected ${expected}, found ${found}`,
    expected,
  };
}

function wrongCount(at: ErrorAt, bound: string, noun: string): Description {
  const expected = `${bound} ${counted(limitOf(at), noun)}`;
  const found = Object.keys(at.value ?? {}).length;
  const message = `expected ${expected}, found ${found}`;
  return { code: 'schema/wrong-value', fault: 'value', message, expected };
}

function wrongType(at: ErrorAt): Description {
  const expected = typeWords(at.error.params['type']);
  const message = `expected ${expected}, found ${valueWords(at.value, at)}`;
  return { code: 'schema/wrong-type', fault: 'value', message, expected };
}

function wrongEnum(at: ErrorAt): Description {
  const values = at.error.params['allowedValues'] as unknown[];
  // An empty string that is read as absent stands last; nobody is advised to write it.
  const allowed = values.length > 1 && values.at(-1) === '' ? values.slice(0, -1) : values;
  const expected = listed(allowed.map(quoted), 'or');
  const texts = allowed.filter((value) => typeof value === 'string');
  const near =
    typeof at.value === 'string' && !at.secret ? nearestName(at.value, texts) : undefined;
  return {
    ...wrongValue(at, expected),
    ...(near !== undefined && { hint: `Did you mean ${quoted(near)}?` }),
  };
}

function unknownField({ error }: ErrorAt): Description {
  const name = String(error.params['additionalProperty']);
  const known = (error.params['known'] ?? []) as string[];
  const near = nearestName(name, known);
  const expected = known.length > 0 ? `one of the fields ${known.join(', ')}` : 'no field';
  const hint = near === undefined ? knownHint(known) : `Did you mean ${quoted(near)}?`;
  return {
    code: 'schema/unknown-field',
    fault: 'key',
    message: `unknown field ${quoted(name)}`,
    expected,
    ...(hint !== undefined && { hint }),
    below: [name],
  };
}

function knownHint(known: readonly string[]): string | undefined {
  if (known.length === 0) return 'The schema knows no field here.';
  return known.length <= MANY_NAMES ? `Known here: ${known.join(', ')}.` : undefined;
}

function missingField({ error, value }: ErrorAt): Description {
  const name = String(error.params['missingProperty']);
  const isNull = typeof value === 'object' && value !== null && Object.hasOwn(value, name);
  return {
    code: 'schema/missing-field',
    fault: isNull ? 'value' : 'missing',
    message: isNull
      ? `the required field ${quoted(name)} is null, which counts as absent`
      : `the required field ${quoted(name)} is missing`,
    expected: `the field ${name}`,
    below: [name],
  };
}

function repeatedItem({ error }: ErrorAt): Description {
  const { i, j } = error.params as { i: number; j: number };
  return {
    code: 'schema/wrong-value',
    fault: 'value',
    message: `the item repeats item ${Math.min(i, j)} of the list`,
    expected: 'items that all differ',
    below: [Math.max(i, j)],
  };
}

function repeatedKeys({ error }: ErrorAt): Description {
  const { keys, i, j } = error.params as { keys: string[]; i: number; j: number };
  return {
    code: 'schema/wrong-value',
    fault: 'value',
    message: `the item has the same ${listed(keys, 'and')} as item ${j} of the list`,
    expected: `items that differ in ${listed(keys, 'and')}`,
    below: [i],
  };
}
