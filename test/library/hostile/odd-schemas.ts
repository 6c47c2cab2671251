import type { JsonSchema } from '../../../lib/sources/upstream-schema.ts';
import { crd, INTEGER, list, map, object, STRING, type Crd } from './crds.ts';

const NULL_AND_ALL = [null, true, false, 0, -1.5, 1e21, '', 'a', ['b'], { c: [null] }];

/** A schema inside itself so many times. */
function deep(levels: number, around: (inner: JsonSchema) => JsonSchema): JsonSchema {
  let schema = STRING;
  for (let level = 0; level < levels; level += 1) schema = around(schema);
  return schema;
}

/** The schema of `spec` by the name of its kind. */
const SPECS: { readonly [kind: string]: JsonSchema } = {
  Deep: deep(60, (inner) => object({ inner })),
  DeepLists: deep(60, (inner) => list(inner)),
  DeepMaps: deep(60, (inner) => map(inner)),
  DeepItems: object({ inner: deep(60, (inner) => list(object({ inner, other: STRING }))) }),
  DeepLongNames: deep(30, (inner) => object({ aRatherLongNameOfAField: inner, b: STRING })),
  Wide: object(
    Object.fromEntries(
      Array.from({ length: 1000 }, (_, i) => [`field${i}`, i % 2 ? STRING : list(STRING)]),
    ),
  ),
  Lists: object({
    ofLists: list(list(object({ a: INTEGER }, { required: ['a'] }))),
    ofMaps: list(map(object({ a: INTEGER }))),
    mapOfLists: map(list(object({ a: INTEGER, b: list(object({ c: STRING })) }))),
    mapOfMaps: map(map(INTEGER)),
    noItems: { type: 'array' },
    emptyItems: list({}),
    tuple: { type: 'array', items: [STRING, INTEGER] },
    set: list(STRING, { 'x-kubernetes-list-type': 'set' }),
    keyed: list(object({ name: STRING, port: { ...INTEGER, default: 80 } }), {
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['name', 'port', 'constructor'],
    }),
    keyedAny: list(
      {},
      {
        'x-kubernetes-list-type': 'map',
        'x-kubernetes-list-map-keys': ['name'],
      },
    ),
  }),
  // An array in a field with a dot beside one in a field of a field: two types, whose places are written alike.
  Dotted: object({
    'a.b': list(object({ text: STRING })),
    a: object({ b: list(object({ number: INTEGER })) }),
  }),
  Unions: object({
    untyped: { oneOf: [{ required: ['a'] }, { required: ['b'] }] },
    typed: { anyOf: [STRING, object({ a: INTEGER })] },
    lists: { anyOf: [list(object({ a: STRING })), list(object({ b: INTEGER }))] },
    objects: {
      oneOf: [
        object({ kind: { enum: ['a'] }, items: list(object({ a: STRING })) }),
        object({ kind: { enum: ['b'] }, items: list(object({ b: INTEGER })) }),
      ],
    },
    ofRequired: object(
      { a: STRING, b: STRING },
      {
        oneOf: [{ required: ['a'] }, { required: ['b'] }],
      },
    ),
    not: object({ a: STRING, b: STRING }, { not: { anyOf: [{ required: ['a', 'b'] }] } }),
    typesInConditions: {
      type: 'object',
      properties: { a: { 'x-kubernetes-preserve-unknown-fields': true } },
      anyOf: [
        { properties: { a: { type: 'null' } } },
        { properties: { a: { type: ['string', 'null'] } } },
        { properties: { a: { type: 'made-up' } } },
      ],
    },
    empty: { oneOf: [] },
    null: { oneOf: null },
    booleans: { anyOf: [true, false] },
    nested: { allOf: [{ anyOf: [{ oneOf: [{ not: {} }, { not: { not: {} } }] }] }] },
    several: { type: ['string', 'integer', 'boolean'] },
    orNull: { type: ['string', 'null'] },
    justNull: { type: 'null' },
    madeUp: { type: 'made-up' },
    reference: { $ref: '#/definitions/Nothing' },
    remote: { $ref: 'https://example.com/schema.json' },
  }),
  Enums: object({
    mixed: { enum: NULL_AND_ALL },
    typedMixed: { type: 'string', enum: [null, 'a', 'b'], nullable: true },
    numbers: { type: 'integer', enum: [1, 2, 3] },
    one: { type: 'string', enum: ['only'] },
    quotes: { type: 'string', enum: ["it's", '"', `'"`, 'a\nb', '%s', ''] },
    none: { type: 'string', enum: [] },
    notAList: { type: 'string', enum: 'a' },
    const: { const: 'a' },
    constNull: { const: null },
    constObject: { const: { a: [1, null] } },
    constNumber: { type: 'integer', const: 4 },
    objects: { type: 'object', enum: [{ a: 1 }, {}] },
  }),
  Limits: object({
    lookahead: { type: 'string', pattern: '^(?!no).*$' },
    backReference: { type: 'string', pattern: '^(a)\\1$' },
    onlyRe2: { type: 'string', pattern: '^(?s:a.b)[[:^alpha:]]\\pN$' },
    neither: { type: 'string', pattern: '[' },
    neitherEither: { type: 'string', pattern: '*a(' },
    manyTimes: { type: 'string', pattern: '^a{1,5000}$' },
    noPattern: { type: 'string', pattern: 5 },
    quotes: { type: 'string', pattern: `^['"\\\\\n]*$` },
    listOfLookahead: list({ type: 'string', pattern: '(?=a)' }),
    conditional: { type: 'string', anyOf: [{ pattern: '(?=a)' }, { pattern: '^b' }] },
    intOrString: { 'x-kubernetes-int-or-string': true, pattern: '^[0-9]+%?$' },
    intOrLookahead: { 'x-kubernetes-int-or-string': true, pattern: '^(?=a)' },
    intAnyOf: { anyOf: [INTEGER, STRING], 'x-kubernetes-int-or-string': true, minimum: 1 },
    formats: object(
      Object.fromEntries(
        ['byte', 'date-time', 'ipv4', 'made-up', 'int-or-string', 'password', 'toString'].map(
          (format) => [format, { type: 'string', format }],
        ),
      ),
    ),
    huge: { type: 'integer', minimum: -9223372036854776000, maximum: 1.7976931348623157e308 },
    tiny: { type: 'number', minimum: 5e-324, exclusiveMaximum: 1e-7 },
    excluded: { type: 'number', minimum: 0, exclusiveMinimum: true },
    noMultiple: { type: 'integer', multipleOf: 0 },
    tenths: { type: 'number', multipleOf: 0.1 },
    sized: map(STRING, { minProperties: 1, maxProperties: 2 }),
    long: list(STRING, { minItems: 1, maxItems: 2, uniqueItems: true }),
    lengths: { type: 'string', minLength: 2, maxLength: 4 },
  }),
  Defaults: object(
    Object.fromEntries(
      NULL_AND_ALL.map((value, index) => [`of${index}`, { default: value, nullable: true }]),
    ),
    { default: { of0: 1 }, required: ['of1', 'of2', 'missing', 'toString'] },
  ),
  Documented: object(
    Object.fromEntries(
      ["it's */ /* |||", "'''", '"""', 'a\nb\r\n\tc', '%s ${x} {{ y }}', '\u2028', '\\', ''].map(
        (description, index) => [
          `field${index}`,
          { type: 'string', description, title: description },
        ],
      ),
    ),
    { description: "*/ 'it' |||\n" },
  ),
  Nullables: {
    ...object(
      {
        text: { ...STRING, nullable: true },
        list: list({ ...STRING, nullable: true }, { nullable: true }),
        map: map({ ...INTEGER, nullable: true }, { nullable: true }),
        inner: object({ a: { ...STRING, nullable: true } }, { nullable: true, required: ['a'] }),
        enum: { ...STRING, enum: ['a'], nullable: true },
        plain: STRING,
      },
      { required: ['text', 'inner'] },
    ),
    nullable: true,
  },
  Open: object({
    whole: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
    untyped: { 'x-kubernetes-preserve-unknown-fields': true },
    withFields: object({ a: STRING }, { 'x-kubernetes-preserve-unknown-fields': true }),
    embedded: {
      type: 'object',
      'x-kubernetes-embedded-resource': true,
      'x-kubernetes-preserve-unknown-fields': true,
    },
    embeddedFields: object(
      { spec: object({ a: STRING }) },
      { 'x-kubernetes-embedded-resource': true },
    ),
    closed: { type: 'object' },
    anything: {},
    needsMore: object(
      { a: STRING },
      { required: ['more'], 'x-kubernetes-preserve-unknown-fields': true },
    ),
    falseMap: { type: 'object', additionalProperties: false },
    trueMap: { type: 'object', additionalProperties: true },
    both: object({ a: STRING }, { additionalProperties: INTEGER }),
  }),
  Malformed: {
    type: 'object',
    required: 'a',
    properties: {
      a: null,
      b: 'string',
      c: [],
      d: true,
      e: { type: 5 },
      f: { type: 'object', properties: [] },
      g: { type: 'object', properties: null, required: [1, null] },
      h: { type: 'string', minLength: 'long', format: 3, description: {} },
      i: { type: 'array', items: null, minItems: -1 },
      j: { type: 'integer', minimum: '1', 'x-kubernetes-validations': [{}] },
      k: { type: 'object', additionalProperties: null },
      l: { properties: { constructor: STRING } },
      m: { items: STRING },
    },
  },
};

/** Schemas that other generators fail on. */
export const ODD_SCHEMA_CRDS: readonly Crd[] = [
  ...Object.entries(SPECS).map(([kind, spec]) => crd({ group: 'schemas.example.com', kind, spec })),
  crd({ group: 'schemas.example.com', kind: 'Nothing' }),
  crd({ group: 'schemas.example.com', kind: 'Anything', spec: {} }),
  crd({
    group: 'schemas.example.com',
    kind: 'Global',
    scope: 'Cluster',
    spec: object({ a: STRING }),
  }),
];
