import fc from 'fast-check';
import type { JsonSchema } from '../../../lib/sources/upstream-schema.ts';
import { ODD_NAMES } from './odd-names.ts';

type Schemas = fc.Arbitrary<JsonSchema>;

const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });

/** Drops keywords without a value. */
function defined(schema: JsonSchema): JsonSchema {
  return Object.fromEntries(Object.entries(schema).filter(([, value]) => value !== undefined));
}

const strings: Schemas = fc.oneof(
  fc.record({
    type: fc.constant('string'),
    minLength: maybe(fc.nat(2)),
    maxLength: maybe(fc.integer({ min: 2, max: 9 })),
    default: maybe(fc.constantFrom('', "it's")),
    description: maybe(fc.string({ unit: 'grapheme' })),
  }),
  fc.record({
    type: fc.constant('string'),
    pattern: fc.constantFrom('^[a-z]{1,3}$', '^[\'"]*$', '^(a|b)+%$', '^\\d+(ms|s)$'),
  }),
  fc.record({
    type: fc.constant('string'),
    format: fc.constantFrom('byte', 'date-time', 'made-up'),
  }),
);

const numbers: Schemas = fc.record({
  type: fc.constantFrom('integer', 'number'),
  format: maybe(fc.constantFrom('int32', 'int64', 'double')),
  minimum: maybe(fc.integer({ min: -9, max: 0 })),
  maximum: maybe(fc.integer({ min: 1, max: 9 })),
});

const others: Schemas = fc.constantFrom<JsonSchema>(
  { type: 'boolean' },
  { 'x-kubernetes-int-or-string': true },
  { 'x-kubernetes-int-or-string': true, pattern: '^[0-9]{1,3}%$' },
  { anyOf: [{ type: 'integer' }, { type: 'string' }], 'x-kubernetes-int-or-string': true },
  { 'x-kubernetes-preserve-unknown-fields': true },
  { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
  { type: 'object' },
  { type: 'string', enum: ['a', "it's", ''] },
  { type: 'integer', enum: [0, 1, -1] },
  { enum: [null, 'a', 1, { a: [] }] },
  {},
);

const names = fc.constantFrom(...ODD_NAMES.filter((name) => name !== '__proto__'));

const { schema } = fc.letrec<{ schema: JsonSchema }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    strings,
    numbers,
    others,
    listOf(tie('schema')),
    mapOf(tie('schema')),
    objectOf(tie('schema')),
    objectOf(tie('schema')),
  ),
}));

function listOf(items: Schemas): Schemas {
  return fc.record({
    type: fc.constant('array'),
    items,
    maxItems: maybe(fc.integer({ min: 1, max: 3 })),
    minItems: maybe(fc.nat(1)),
    nullable: maybe(fc.constant(true)),
    'x-kubernetes-list-type': maybe(fc.constantFrom('set', 'atomic')),
  });
}

function mapOf(values: Schemas): Schemas {
  return fc.record({
    type: fc.constant('object'),
    additionalProperties: values,
    minProperties: maybe(fc.nat(2)),
    nullable: maybe(fc.constant(true)),
  });
}

function objectOf(fields: Schemas): Schemas {
  return fc
    .record({
      properties: fc.dictionary(names, fields, { maxKeys: 5, noNullPrototype: true }),
      needed: fc.nat(2),
      isOpen: fc.boolean(),
      isNullable: fc.boolean(),
      chooses: fc.boolean(),
    })
    .map(({ properties, needed, isOpen, isNullable, chooses }) => {
      const all = Object.keys(properties);
      // A field with a default is always there; conditions take null for absent, where it is a value too.
      const [one, other] = all.slice(needed).filter((name) => !isDoubtful(properties[name]));
      return {
        type: 'object',
        properties,
        required: all.slice(0, needed),
        ...(isOpen && { 'x-kubernetes-preserve-unknown-fields': true }),
        ...(isNullable && { nullable: true }),
        ...(chooses &&
          other !== undefined && { oneOf: [{ required: [one] }, { required: [other] }] }),
      };
    });
}

function isDoubtful(field: JsonSchema | undefined): boolean {
  return field?.['default'] !== undefined || field?.['nullable'] === true || isUntyped(field);
}

function isUntyped(field: JsonSchema | undefined): boolean {
  return field?.['enum'] !== undefined && field['type'] === undefined;
}

/** Schemas that a CRD may have, with properties of odd names. */
export const structuralSchemas: Schemas = schema.map(withoutUndefined);

function withoutUndefined(value: JsonSchema): JsonSchema {
  return JSON.parse(JSON.stringify(defined(value))) as JsonSchema;
}
