import { Ajv } from 'ajv';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  checkFunctions,
  objectChecks,
  parameterAssert,
  patternsOf,
} from '../../../lib/emit/jsonnet/asserts.ts';
import { compilePattern } from '../../../lib/emit/jsonnet/automaton.ts';
import { printJsonnet } from '../../../lib/emit/jsonnet/print.ts';
import type { Expression, Local } from '../../../lib/emit/jsonnet/tree.ts';
import type { Declaration, DeclaredParameter } from '../../../lib/model/declaration.ts';
import type { Definition } from '../../../lib/model/family.ts';
import { lowerFamily } from '../../../lib/model/lower-family.ts';
import { toJsonSchema } from '../../../lib/model/to-json-schema.ts';
import { useEvaluators, valueOf } from './evaluators.ts';

const { tanka, plain } = useEvaluators();

type Keywords = Readonly<Record<string, unknown>>;

const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
const words = fc.constantFrom('', 'a', 'ab', 'abc', 'abcd', 'B', '1', 'é', '😀', 'a\n');

const strings: fc.Arbitrary<Keywords> = fc.record({
  type: fc.constant('string'),
  minLength: maybe(fc.nat(3)),
  maxLength: maybe(fc.integer({ min: 1, max: 4 })),
  pattern: maybe(fc.constantFrom('^[a-z]*$', '^[a-z]+$', '^a|B$'.replace('|', '$|^'), '^[^a]*$')),
  enum: maybe(fc.uniqueArray(words, { minLength: 1, maxLength: 4 })),
});

const numbers: fc.Arbitrary<Keywords> = fc.record({
  type: fc.constantFrom('integer', 'number'),
  minimum: maybe(fc.constantFrom(-2, 0, 0.5, 1)),
  maximum: maybe(fc.constantFrom(0, 1, 1.5, 4)),
});

const ranges: fc.Arbitrary<Keywords> = fc.constantFrom(
  { type: 'integer', enum: [0, 4] },
  { type: 'integer', anyOf: [{ const: 0 }, { minimum: 4, maximum: 5 }] },
);

const { any } = fc.letrec<{ any: Keywords; inner: Keywords }>((tie) => ({
  // Every kind of value that a declaration can describe. A list of lists is no parameter: a single value could
  // be either.
  any: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    strings,
    numbers,
    ranges,
    fc.constant({ type: 'boolean' }),
    arrayOf(tie('inner').filter(({ type }) => type !== 'array')),
    mapOf(tie('inner')),
    objectOf(tie('inner')),
  ),
  inner: fc.oneof(
    { maxDepth: 2 },
    fc.oneof(strings, numbers, fc.constant({ type: 'boolean' })),
    arrayOf(tie('inner')),
    mapOf(tie('inner')),
    objectOf(tie('inner')),
  ),
}));

function arrayOf(items: fc.Arbitrary<Keywords>): fc.Arbitrary<Keywords> {
  return fc.record({
    type: fc.constant('array'),
    items,
    minItems: maybe(fc.nat(2)),
    maxItems: maybe(fc.integer({ min: 1, max: 3 })),
  });
}

function mapOf(items: fc.Arbitrary<Keywords>): fc.Arbitrary<Keywords> {
  return fc.record({
    type: fc.constant('object'),
    additionalProperties: fc.oneof(items, fc.constant(true)),
    propertyNames: maybe(
      fc.constantFrom<Keywords>({ pattern: '^[a-z]+$' }, { minLength: 2 }, { maxLength: 1 }),
    ),
    minProperties: maybe(fc.nat(2)),
    maxProperties: maybe(fc.integer({ min: 1, max: 2 })),
  });
}

function objectOf(items: fc.Arbitrary<Keywords>): fc.Arbitrary<Keywords> {
  return fc.record({
    type: fc.constant('object'),
    properties: fc.dictionary(fc.constantFrom('a', 'item', 'a b'), items, { noNullPrototype: true }),
    required: fc.constantFrom([], ['a'], ['a', 'item']),
    dependencies: maybe(
      fc.constantFrom<Keywords>({ item: ['a'] }, { a: ['item', 'a b'] }, { a: ['item'], 'a b': ['item'] }),
    ),
    additionalProperties: fc.constant(false),
  }).map((keywords) => ({
    ...keywords,
    required: keywords.required.filter((name) => name in keywords.properties),
    dependencies: namedOnly(keywords.dependencies, Object.keys(keywords.properties)),
  }));
}

/** Declarations name no fields that are not there. */
function namedOnly(dependencies: Keywords = {}, known: readonly string[]): Keywords {
  return Object.fromEntries(
    Object.entries(dependencies as Record<string, string[]>).filter(([name, others]) =>
      [name, ...others].every((one) => known.includes(one)),
    ),
  );
}

/** Without the upper limits that are below the lower ones, here and inside: declarations have none. */
function ordered<Value>(value: Value): Value {
  if (Array.isArray(value) || typeof value !== 'object' || value === null) return value;
  const keywords = value as Keywords;
  return Object.fromEntries(
    Object.entries(keywords)
      .filter(([key, limit]) => !key.startsWith('max') || !(least(key, keywords) > Number(limit)))
      .map(([key, inner]) => [key, ordered(inner)]),
  ) as Value;
}

function least(key: string, keywords: Keywords): number {
  return Number(keywords[key.replace('max', 'min')] ?? Number.NEGATIVE_INFINITY);
}

/** Every kind of parameter that a declaration can have. */
const declared: fc.Arbitrary<DeclaredParameter> = any
  .map((keywords) => ({
    ...ordered(withoutUndefined(keywords)),
    description: 'A parameter.',
    'x-tankard-expected': 'right',
    'x-tankard-source': 'none',
  }));

function withoutUndefined(keywords: Keywords): { type: string } {
  // JSON has no undefined.
  return JSON.parse(JSON.stringify(keywords)) as { type: string };
}

const leaves = fc.oneof(
  words,
  fc.constantFrom(-3, -2, -0.5, 0, 0.5, 1, 1.5, 4, 5, 1e21),
  fc.boolean(),
  fc.constant(null),
);
const names = fc.constantFrom('a', 'a b', 'item');
const values = fc.oneof(
  leaves,
  fc.array(leaves, { maxLength: 4 }),
  fc.array(words, { maxLength: 4 }),
  fc.array(fc.constant({}), { maxLength: 3 }),
  fc.dictionary(names, fc.oneof(leaves, words), { noNullPrototype: true }),
  fc.array(fc.dictionary(names, leaves, { noNullPrototype: true }), { maxLength: 2 }),
  fc.dictionary(names, fc.oneof(fc.array(leaves, { maxLength: 2 }), fc.constant({}), words), {
    noNullPrototype: true,
  }),
);

function lower(parameters: readonly DeclaredParameter[]): Definition {
  const properties = Object.fromEntries(parameters.map((one, index) => [`p${index}`, one]));
  const declaration: Declaration = {
    title: 'test',
    description: 'A test.',
    'x-tankard-sources': [],
    definitions: {
      all: {
        type: 'object',
        description: 'All.',
        additionalProperties: false,
        properties,
        'x-tankard-functions': {},
        'x-tankard-examples': [],
      },
    },
  };
  const family = lowerFamily(declaration, { file: 'test.json', sha256: '' });
  return family.definitions[0] as Definition;
}

/** Jsonnet that gives, for each parameter and value, whether the assert of the parameter would hold. */
function verdicts(definition: Definition, samples: readonly unknown[]): string {
  const checks = objectChecks([definition]);
  const patterns = definition.parameters.flatMap((parameter) => patternsOf(parameter.node));
  const automata = patterns.map((one) => [one, compilePattern(one)]);
  const holds = definition.parameters.map((parameter): Local => {
    const { condition } = parameterAssert('test.all.new', { parameter }, checks);
    return { name: `${parameter.name}Holds`, parameters: [parameter.name], value: condition };
  });
  const items = holds.map(({ name }): Expression => ({ type: 'identifier', name }));
  return `
    local check = import 'tankard/check.libsonnet';
    local matches = check.matcher(${JSON.stringify(Object.fromEntries(automata))});
    local all =
      ${printJsonnet({ banner: '', locals: [...checkFunctions(checks), ...holds], value: { type: 'array', items } })};
    [[holds(value) for value in ${JSON.stringify(samples)}] for holds in all]`;
}

const ajv = new Ajv({ strict: false });

it('holds for exactly the values that the JSON Schema allows, under tk and under plain jsonnet', async () => {
  const parameters = fc.array(declared, { minLength: 15, maxLength: 20, size: 'max' });
  const samples = fc.array(values, { minLength: 30, maxLength: 40, size: 'max' });
  const agree = fc.asyncProperty(parameters, samples, async (some, sample) => {
    const definition = lower(some);
    const expected = definition.parameters.map((parameter) => {
      const validate = ajv.compile(toJsonSchema({ root: parameter.node, definitions: {} }));
      // In Jsonnet a single value stands for an array of one.
      const isArray = parameter.node.type === 'array';
      return sample.map((one) => validate(isArray && !Array.isArray(one) ? [one] : one));
    });
    const program = verdicts(definition, sample);
    expect(valueOf(await tanka(program))).toEqual(expected);
    expect(valueOf(await plain(program))).toEqual(expected);
  });
  await fc.assert(agree, { numRuns: 15, interruptAfterTimeLimit: 90_000 });
}, 300_000);
