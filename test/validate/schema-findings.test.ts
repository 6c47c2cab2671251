import vm from 'node:vm';
import { describe, expect, test } from 'vitest';
import type { Validate } from '../../lib/emit/validator/ajv-error.ts';
import { emitValidator } from '../../lib/emit/validator/emit-validator.ts';
import type { JsonSchema } from '../../lib/model/json-schema.ts';
import { schemaFindings } from '../../lib/validate/schema-findings.ts';

function findingsOf(schema: JsonSchema, value: { [key: string]: unknown }): string[] {
  const code = emitValidator([{ name: 'check', schema }], { source: 'test', module: 'cjs' });
  const exports: { check?: Validate } = {};
  (vm.runInThisContext(`(function (exports) {${code}\n})`) as (exports: object) => void)(exports);
  const validate = exports.check as Validate;
  expect(validate(value)).toBe(false);
  const resource = { apiVersion: 'v1', kind: 'Test', name: 'a' };
  const findings = schemaFindings({ resource, value }, validate.errors ?? []);
  // What is left out of the message must not come back as the value in JSON.
  for (const finding of findings) expect(JSON.stringify(finding)).not.toMatch(/12345678|hunter2/);
  return findings.map(({ path, fault, message }) => `${path?.join('.')} ${fault}: ${message}`);
}

function property(a: JsonSchema): JsonSchema {
  return {
    type: 'object',
    properties: { a },
    definitions: {
      Port: {
        type: 'object',
        properties: { number: { type: 'integer' } },
        required: ['number'],
        additionalProperties: false,
      },
    },
  };
}

const PORT = { $ref: '#/definitions/Port' };

describe('of a union the branch that was meant speaks', () => {
  test.each<[string, JsonSchema, unknown, string[]]>([
    [
      'inside the value',
      { anyOf: [PORT, { type: 'null' }] },
      { number: 'x' },
      ['a.number value: expected an integer, found the string "x"'],
    ],
    [
      'at the value itself',
      { anyOf: [PORT, { type: 'array', items: PORT }] },
      'x',
      ['a value: expected a value of one of the allowed shapes, found the string "x"'],
    ],
    [
      'simple alternatives',
      { anyOf: [{ type: 'string', enum: ['auto'] }, { type: 'integer' }] },
      true,
      ['a value: expected "auto" or an integer'],
    ],
  ])('%s', (_where, schema, value, want) => {
    expect(findingsOf(property(schema), { a: value })).toEqual(want);
  });
});

test.each<[string, JsonSchema, unknown, string]>([
  ['a range', { type: 'integer', minimum: 1 }, 0, 'expected at least 1, found the number 0'],
  ['an open range', { exclusiveMaximum: 9 }, 9, 'expected less than 9, found the number 9'],
  [
    'a length',
    { type: 'string', minLength: 1 },
    '',
    'expected at least 1 character, found the string ""',
  ],
  ['a number of items', { type: 'array', minItems: 2 }, [1], 'expected at least 2 items, found 1'],
  [
    'a number of fields',
    { type: 'object', maxProperties: 1 },
    { a: 1, b: 2 },
    'expected at most 1 field, found 2',
  ],
  ['a constant', { const: 'x' }, 'y', 'expected "x", found the string "y"'],
  ['a multiple', { multipleOf: 5 }, 7, 'expected a multiple of 5, found the number 7'],
  [
    'a long value',
    { type: 'integer' },
    'x'.repeat(99),
    `expected an integer, found the string "${'x'.repeat(59)}…`,
  ],
])('%s in words', (_what, schema, value, message) => {
  expect(findingsOf(property(schema), { a: value })).toEqual([`a value: ${message}`]);
});

test('keys with slashes, tildes and digits come out as they are', () => {
  const schema = {
    type: 'object',
    additionalProperties: { type: 'array', items: { type: 'integer' } },
  };
  expect(findingsOf(schema, { 'a/b~c': ['x'], '0': [1, 'y'] })).toEqual([
    '0.1 value: expected an integer, found the string "y"',
    'a/b~c.0 value: expected an integer, found the string "x"',
  ]);
});

describe('a credential is not repeated', () => {
  const open: JsonSchema = { type: 'object' };
  const string: JsonSchema = { type: 'string' };
  test.each<[string, JsonSchema, object, string[]]>([
    [
      'in a variable of a container',
      {
        ...open,
        properties: { env: { type: 'array', items: { ...open, properties: { value: string } } } },
      },
      {
        env: [
          { name: 'PGPASSWORD', value: 12345678 },
          { name: 'MODE', value: 12345678 },
        ],
      },
      [
        'env.0.value value: expected a string, found a number',
        'env.1.value value: expected a string, found a number',
      ],
    ],
    [
      'in a command line',
      {
        ...open,
        properties: { args: { type: 'array' }, command: { type: 'array', items: string } },
      },
      { args: 'run --password=hunter2', command: ['run', '--token', 12345678] },
      [
        'args value: expected a list, found a string',
        'command.2 value: expected a string, found a number',
      ],
    ],
    [
      'in a Secret, of whatever spelling',
      { ...open, properties: { immutable: { type: 'boolean' }, stringdata: string } },
      { kind: 'secret', immutable: 'hunter2', stringdata: { a: 'hunter2' } },
      [
        'immutable value: expected true or false, found a string',
        'stringdata value: expected a string, found an object',
      ],
    ],
  ])('%s', (_where, schema, value, want) => {
    expect(findingsOf(schema, { ...value })).toEqual(want);
  });
});
