import { describe, expect, test } from 'vitest';
import { lowerSchema, type JsonSchema, type SchemaDialect } from '../../lib/model/lower.ts';
import type { Node } from '../../lib/model/node.ts';
import { deepFreeze } from './freeze.ts';

const QUANTITY = 'io.k8s.apimachinery.pkg.api.resource.Quantity';
const OBJECT_META = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';
const TEXT: Node = { type: 'string' };

interface Row {
  readonly rule: string;
  readonly dialect: SchemaDialect;
  readonly given: JsonSchema;
  readonly want: Node;
}

const ROWS: readonly Row[] = [
  {
    rule: 'an object with properties is closed',
    dialect: 'kubernetes',
    given: { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] },
    want: { type: 'object', properties: { a: TEXT }, required: ['a'], closed: true },
  },
  {
    rule: 'an object without properties is open',
    dialect: 'kubernetes',
    given: { type: 'object' },
    want: { type: 'object', properties: {}, required: [], closed: false },
  },
  {
    rule: 'zero values of Go are no defaults',
    dialect: 'kubernetes',
    given: {
      type: 'object',
      properties: {
        a: { type: 'string', default: '' },
        b: { type: 'integer', default: 0 },
        c: { type: 'boolean', default: false },
        d: { type: 'string', default: 'TCP' },
      },
    },
    want: {
      type: 'object',
      properties: {
        a: TEXT,
        b: { type: 'integer' },
        c: { type: 'boolean' },
        d: { type: 'string', default: 'TCP' },
      },
      required: [],
      closed: true,
    },
  },
  {
    rule: 'a wrapped reference is unwrapped and keeps what stands around it',
    dialect: 'kubernetes',
    given: {
      allOf: [{ $ref: '#/components/schemas/Spec' }],
      default: {},
      description: 'The spec.',
    },
    want: { type: 'ref', name: 'Spec', description: 'The spec.' },
  },
  ...(
    [
      { format: 'int-or-string', oneOf: [{ type: 'integer' }, { type: 'string' }] },
      { oneOf: [{ type: 'integer' }, { type: 'string' }] },
      { anyOf: [{ type: 'integer' }, { type: 'string' }], 'x-kubernetes-int-or-string': true },
      { type: 'string', format: 'int-or-string' },
    ] as JsonSchema[]
  ).map((given, index): Row => ({
    rule: `int-or-string, spelling ${index + 1}`,
    dialect: 'crd',
    given,
    want: { type: 'int-or-string' },
  })),
  {
    rule: 'an object of a CRD is closed even without properties',
    dialect: 'crd',
    given: items({ type: 'object' }),
    want: list({ type: 'object', properties: {}, required: [], closed: true }),
  },
  {
    rule: 'preserve-unknown-fields opens one node and is not inherited',
    dialect: 'crd',
    given: items({
      type: 'object',
      'x-kubernetes-preserve-unknown-fields': true,
      properties: { a: { type: 'object', properties: {} } },
    }),
    want: list({
      type: 'object',
      closed: false,
      required: [],
      properties: { a: { type: 'object', closed: true, properties: {}, required: [] } },
    }),
  },
  {
    rule: 'preserve-unknown-fields without a type is any value',
    dialect: 'crd',
    given: { 'x-kubernetes-preserve-unknown-fields': true },
    want: { type: 'any' },
  },
  {
    rule: 'additionalProperties with a schema make a map',
    dialect: 'crd',
    given: { type: 'object', additionalProperties: { type: 'string' }, maxProperties: 3 },
    want: { type: 'map', values: TEXT, maxProperties: 3 },
  },
  {
    rule: 'list type, map keys and nullable are kept',
    dialect: 'crd',
    given: {
      type: 'array',
      nullable: true,
      items: { type: 'string' },
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['a'],
    },
    want: { type: 'array', items: TEXT, nullable: true, listType: 'map', mapKeys: ['a'] },
  },
  {
    rule: 'junctors and CEL rules are kept beside the structure',
    dialect: 'crd',
    given: {
      type: 'string',
      oneOf: [{ minLength: 1 }, { not: { pattern: 'a' } }],
      'x-kubernetes-validations': [{ rule: 'self != ""', message: 'empty' }],
    },
    want: {
      type: 'string',
      junctors: { oneOf: [{ minLength: 1 }, { not: { pattern: 'a' } }] },
      cel: [{ rule: 'self != ""', message: 'empty' }],
    },
  },
  {
    rule: 'OpenAPI 3.0 flags of exclusive bounds become the bounds',
    dialect: 'crd',
    given: { type: 'number', minimum: 1, exclusiveMinimum: true, maximum: 5 },
    want: { type: 'number', exclusiveMinimum: 1, maximum: 5 },
  },
  {
    rule: 'a declared object is open unless it says otherwise',
    dialect: 'declaration',
    given: {
      type: 'object',
      properties: { a: { type: 'object', additionalProperties: false, properties: {} } },
    },
    want: {
      type: 'object',
      closed: false,
      required: [],
      properties: { a: { type: 'object', closed: true, properties: {}, required: [] } },
    },
  },
  {
    rule: 'a type with null is nullable',
    dialect: 'declaration',
    given: { type: ['string', 'null'], writeOnly: true, const: 'a', examples: ['a'] },
    want: { type: 'string', nullable: true, writeOnly: true, const: 'a', examples: ['a'] },
  },
  {
    rule: 'alternatives without a common type are a union',
    dialect: 'declaration',
    given: { oneOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] },
    want: { type: 'union', branches: [TEXT, { type: 'array', items: TEXT }] },
  },
];

function items(schema: JsonSchema): JsonSchema {
  return { type: 'array', items: schema };
}

function list(node: Node): Node {
  return { type: 'array', items: node };
}

describe('a schema becomes the node', () => {
  test.each(ROWS)('$dialect: $rule', ({ dialect, given, want }) => {
    const definitions = { Spec: { type: 'string' } };
    const { model, unexpressed } = lowerSchema(deepFreeze({ root: given, definitions }), dialect);
    expect(model.root).toEqual(want);
    expect(unexpressed).toEqual([]);
  });
});

test('Quantity is a node of its own', () => {
  const quantity = { oneOf: [{ type: 'string' }, { type: 'number' }], description: 'q' };
  const { model } = lowerSchema(
    { root: { $ref: `#/definitions/${QUANTITY}` }, definitions: { [QUANTITY]: quantity } },
    'kubernetes',
  );
  expect(model.definitions).toEqual({ [QUANTITY]: { type: 'quantity', description: 'q' } });
});

test('the metadata of a custom resource is ObjectMeta whatever the CRD says', () => {
  const root = {
    type: 'object',
    properties: {
      metadata: { type: 'object' },
      embedded: { type: 'object', 'x-kubernetes-embedded-resource': true },
    },
  };
  const definitions = { [OBJECT_META]: { type: 'object', properties: {} }, Other: {} };
  const { model } = lowerSchema(deepFreeze({ root, definitions }), 'crd');
  const metadata = { type: 'ref', name: OBJECT_META };
  expect(model.root).toMatchObject({
    properties: {
      apiVersion: TEXT,
      kind: TEXT,
      metadata,
      embedded: { properties: { metadata }, required: ['apiVersion', 'kind'] },
    },
  });
  expect(Object.keys(model.definitions)).toEqual([OBJECT_META]);
});

test('roleRef.apiGroup is not required: the API server fills it in', () => {
  const name = 'io.k8s.api.rbac.v1.RoleRef';
  const definition = {
    type: 'object',
    properties: { apiGroup: { type: 'string' }, kind: { type: 'string' } },
    required: ['apiGroup', 'kind'],
  };
  const { model } = lowerSchema(
    { root: { $ref: `#/definitions/${name}` }, definitions: { [name]: definition } },
    'kubernetes',
  );
  expect(model.definitions[name]).toMatchObject({ required: ['kind'] });
});

test('recursive definitions end, unused ones are dropped, absent ones are any value', () => {
  const tree = {
    type: 'object',
    properties: { child: { $ref: '#/$defs/Tree' }, lost: { $ref: '#/$defs/Lost' } },
  };
  const { model } = lowerSchema(
    { root: { $ref: '#/$defs/Tree', $defs: { Tree: tree, Unused: {} } } },
    'declaration',
  );
  expect(model.definitions).toEqual({
    Tree: {
      type: 'object',
      closed: false,
      required: [],
      properties: { child: { type: 'ref', name: 'Tree' }, lost: { type: 'any' } },
    },
  });
});

test('what the Model cannot hold is counted, with the first place by pointer', () => {
  const odd = { type: 'string', if: {}, 'x-tankard-path': 'spec.a' };
  const root = { type: 'object', properties: { b: odd, a: odd, c: { type: ['string', 'array'] } } };
  const { unexpressed } = lowerSchema({ root }, 'declaration');
  expect(unexpressed).toEqual([
    { keyword: 'if', count: 2, at: '#/properties/a' },
    { keyword: 'type', count: 1, at: '#/properties/c' },
  ]);
});

test('what is no schema is counted under the keyword that holds it', () => {
  const tuple = { type: 'array', items: [{ type: 'string' }] as never };
  const root = {
    type: 'object',
    properties: {
      items: 7 as never,
      properties: { type: 'object', properties: { a: tuple } },
      map: { type: 'object', additionalProperties: { type: 'array', items: null as never } },
    },
  };
  expect(lowerSchema({ root }, 'crd').unexpressed).toEqual([
    { keyword: 'items', count: 2, at: '#/properties/map/additionalProperties/items' },
    { keyword: 'properties', count: 1, at: '#/properties/items' },
  ]);
});

test('a format that the API server checks in a CRD, and we do not, is counted', () => {
  const formats = ['duration', 'uuid', 'uu-id', 'date-time', 'ipv4', 'password', 'my-own'];
  const texts = formats.map((format): [string, JsonSchema] => [format, { type: 'string', format }]);
  const root = {
    type: 'object',
    properties: Object.fromEntries(texts),
    anyOf: [{ properties: { duration: { format: 'k8s-short-name' } } }],
  };
  expect(lowerSchema({ root }, 'crd').unexpressed).toEqual([
    { keyword: 'format: duration', count: 1, at: '#/properties/duration' },
    { keyword: 'format: k8s-short-name', count: 1, at: '#/anyOf/0/properties/duration' },
    { keyword: 'format: uu-id', count: 1, at: '#/properties/uu-id' },
    { keyword: 'format: uuid', count: 1, at: '#/properties/uuid' },
  ]);
  // What is written in Go has its formats as notes.
  expect(lowerSchema({ root }, 'kubernetes').unexpressed).toEqual([]);
});

test.each<[string, JsonSchema]>([
  ['properties that is a list', { type: 'object', properties: [] as never }],
  ['a reference to another file', { $ref: 'other.json#/a' }],
  ['allOf that is no list', { allOf: 'x' }],
  ['nonsense below', { type: 'object', properties: { a: 7, b: null, c: false, d: [] } }],
  ['a pattern that is none', { type: 'string', pattern: '(' }],
])('odd input does not throw: %s', (_what, root) => {
  for (const dialect of ['declaration', 'kubernetes', 'crd'] as const)
    expect(lowerSchema({ root }, dialect).model.root.type).toBeTypeOf('string');
});
