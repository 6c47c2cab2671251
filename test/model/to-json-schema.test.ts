import { expect, test } from 'vitest';
import { lowerSchema, type JsonSchema } from '../../lib/model/lower.ts';
import type { Node } from '../../lib/model/node.ts';
import { toJsonSchema, type JsonSchemaOptions } from '../../lib/model/to-json-schema.ts';
import { deepFreeze } from './freeze.ts';

function write(root: Node, options?: JsonSchemaOptions): JsonSchema {
  const { $schema, ...schema } = toJsonSchema(deepFreeze({ root, definitions: {} }), options);
  expect($schema).toBe('http://json-schema.org/draft-07/schema#');
  return schema;
}

test.each<[string, Node, JsonSchema]>([
  [
    'int32 has a range',
    { type: 'integer', format: 'int32' },
    { type: 'integer', minimum: -2147483648, maximum: 2147483647 },
  ],
  [
    'a range of its own wins',
    { type: 'integer', format: 'int32', minimum: 1, exclusiveMaximum: 9 },
    { type: 'integer', minimum: 1, exclusiveMaximum: 9 },
  ],
  [
    'int-or-string',
    { type: 'int-or-string', pattern: '^a$' },
    { type: ['integer', 'string'], pattern: '^a$' },
  ],
  ['a quantity', { type: 'quantity' }, { type: ['number', 'string'], format: 'quantity' }],
  [
    'nullable',
    { type: 'string', nullable: true, enum: ['a'] },
    { type: ['string', 'null'], enum: ['a', null] },
  ],
  [
    'a closed object; names sorted; required only without a default',
    {
      type: 'object',
      closed: true,
      properties: { b: { type: 'any' }, a: { type: 'string', default: 'x' } },
      required: ['b', 'a'],
    },
    {
      type: 'object',
      properties: { a: { type: 'string', default: 'x' }, b: {} },
      required: ['b'],
      additionalProperties: false,
    },
  ],
  [
    'properties that make others required',
    { type: 'object', closed: false, properties: {}, required: [], dependencies: { a: ['b'] } },
    { type: 'object', properties: {}, dependencies: { a: ['b'] } },
  ],
  [
    'a map',
    { type: 'map', values: { type: 'boolean' } },
    { type: 'object', additionalProperties: { type: 'boolean' } },
  ],
  [
    'a reference with words around it',
    { type: 'ref', name: 'a/b', description: 'd' },
    { description: 'd', allOf: [{ $ref: '#/definitions/a~1b' }] },
  ],
  [
    'a pattern of RE2',
    { type: 'string', pattern: '^(?i)ab$' },
    { type: 'string', pattern: '^[aA][bB]$' },
  ],
  ['a pattern beyond JavaScript', { type: 'string', pattern: '\\Qa' }, { type: 'string' }],
  [
    'conditions stand beside the structure',
    { type: 'string', junctors: { not: { pattern: '\\z' } } },
    { type: 'string', not: { pattern: '$' } },
  ],
])('%s', (_what, node, want) => {
  expect(write(node)).toEqual(want);
});

test('the root pins apiVersion and kind', () => {
  const root: Node = { type: 'object', closed: true, properties: {}, required: [] };
  expect(write(root, { root: { apiVersion: 'v1', kind: 'Pod' } })).toEqual({
    type: 'object',
    properties: {
      apiVersion: { type: 'string', const: 'v1' },
      kind: { type: 'string', const: 'Pod' },
    },
    required: ['apiVersion', 'kind'],
    additionalProperties: false,
  });
});

test('list types are held to on demand, annotations left out on demand', () => {
  const set: Node = { type: 'array', items: { type: 'any' }, listType: 'set', description: 'd' };
  expect(write(set)).toEqual({ type: 'array', items: {}, description: 'd' });
  expect(write(set, { customResource: true, annotations: false })).toEqual({
    type: 'array',
    items: {},
    uniqueItems: true,
  });
  const map: Node = { type: 'array', items: { type: 'any' }, listType: 'map', mapKeys: ['a'] };
  expect(write(map, { customResource: true })).toMatchObject({
    'x-kubernetes-list-map-keys': ['a'],
  });
});

test('lowering what was written and writing it again changes nothing', () => {
  const root = {
    type: 'object',
    properties: {
      z: { type: ['string', 'null'], minLength: 1, format: 'uri' },
      list: { type: 'array', items: { $ref: '#/definitions/Item' }, minItems: 1 },
      number: { type: 'integer', exclusiveMinimum: 0, maximum: 9 },
      either: { anyOf: [{ type: 'boolean' }, { type: 'array', items: {} }] },
      map: { type: 'object', additionalProperties: { type: 'integer' } },
      port: { type: ['integer', 'string'], description: 'A port.' },
    },
    oneOf: [{ required: ['z'] }, { required: ['list'] }],
    required: ['list'],
    additionalProperties: false,
    definitions: { Item: { type: 'object', properties: { next: { $ref: '#/definitions/Item' } } } },
  };
  const once = toJsonSchema(lowerSchema({ root }, 'declaration').model);
  const twice = toJsonSchema(lowerSchema({ root: once }, 'declaration').model);
  expect(JSON.stringify(twice)).toBe(JSON.stringify(once));
});
