import { expect, test } from 'vitest';
import { readCrds } from '../../lib/sources/read-crds.ts';
import { crd, type CrdShape } from './crd.ts';

function read(...texts: string[]): ReturnType<typeof readCrds> {
  const files = texts.map((text, index) => [`crds/${index + 1}.yaml`, text] as const);
  return readCrds(new Map(files), 'crds');
}

function rootOf(spec: CrdShape): unknown {
  return read(crd(spec)).reduction.kinds[0]?.schema.root;
}

const SCHEMA = {
  type: 'object',
  properties: { spec: { type: 'object', properties: { size: { type: 'integer' } } } },
};

test('a kind has its names and scope, once for each version that is served', () => {
  const versions = [
    { name: 'v1', served: true, schema: { openAPIV3Schema: SCHEMA } },
    { name: 'v1beta1', served: true, schema: { openAPIV3Schema: SCHEMA } },
    { name: 'v1alpha1', served: false, schema: { openAPIV3Schema: SCHEMA } },
  ];
  const { reduction, crds, others } = read(crd({ scope: 'Cluster', versions }));
  const kind = { kind: 'Foo', plural: 'foos', namespaced: false };
  const schema = { root: SCHEMA, definitions: {} };
  expect(reduction).toEqual({
    dialect: 'crd',
    kinds: [
      { apiVersion: 'my-group.example.com/v1', ...kind, schema },
      { apiVersion: 'my-group.example.com/v1beta1', ...kind, schema },
    ],
  });
  expect([crds, others.size]).toEqual([1, 0]);
});

test('CRDs are found in lists, in several documents and in JSON, among other objects', () => {
  const item = (kind: string): string => crd({ names: { kind, plural: kind.toLowerCase() } });
  const list = JSON.stringify({ kind: 'List', items: [JSON.parse(item('A')), { kind: 'Role' }] });
  const crdList = JSON.stringify({
    kind: 'CustomResourceDefinitionList',
    items: [JSON.parse(item('B'))],
  });
  const documents = `# only a comment\n---\n---\n${item('C')}\n---\nkind: Secret\n---\nkind: Role\n`;
  const { reduction, crds, others } = read(list, crdList, documents, `\uFEFF${item('D')}`);
  expect(reduction.kinds.map(({ kind }) => kind)).toEqual(['A', 'B', 'C', 'D']);
  expect(crds).toBe(4);
  expect([...others]).toEqual([
    ['Role', 2],
    ['Secret', 1],
  ]);
});

test('a version without a schema takes every field', () => {
  const open = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
  expect(rootOf({ versions: [{ name: 'v1', served: true }] })).toEqual(open);
  expect(rootOf({ versions: [{ name: 'v1', schema: { openAPIV3Schema: {} } }] })).toEqual(open);
  expect(rootOf({ versions: [{ name: 'v1', schema: null }] })).toEqual(open);
});

test('preserveUnknownFields opens every object, and nothing else', () => {
  const schema = {
    properties: {
      spec: {
        type: 'object',
        properties: {
          list: { type: 'array', items: { type: 'object', properties: { a: { type: 'string' } } } },
          map: { type: 'object', additionalProperties: { type: 'object' } },
        },
      },
    },
  };
  const keep = { 'x-kubernetes-preserve-unknown-fields': true };
  const versions = [{ name: 'v1', schema: { openAPIV3Schema: schema } }];
  expect(rootOf({ preserveUnknownFields: true, versions })).toEqual({
    type: 'object',
    ...keep,
    properties: {
      spec: {
        type: 'object',
        ...keep,
        properties: {
          list: {
            type: 'array',
            items: { type: 'object', ...keep, properties: { a: { type: 'string' } } },
          },
          map: { type: 'object', additionalProperties: { type: 'object', ...keep } },
        },
      },
    },
  });
  expect(rootOf({ versions })).toEqual({ type: 'object', ...schema });
});

test('v1beta1 has one schema for its versions, and is open unless it says otherwise', () => {
  const beta = {
    apiVersion: 'apiextensions.k8s.io/v1beta1',
    validation: { openAPIV3Schema: SCHEMA },
    versions: undefined,
  };
  const closed = read(crd({ ...beta, version: 'v1', preserveUnknownFields: false }));
  expect(closed.reduction.kinds.map(({ apiVersion, schema }) => [apiVersion, schema.root])).toEqual(
    [['my-group.example.com/v1', SCHEMA]],
  );
  const versions = [
    { name: 'v2', served: true },
    { name: 'v1', served: true },
  ];
  const open = read(crd({ ...beta, versions })).reduction.kinds;
  expect(open.map(({ apiVersion }) => apiVersion)).toEqual([
    'my-group.example.com/v2',
    'my-group.example.com/v1',
  ]);
  for (const { schema } of open)
    expect(schema.root).toMatchObject({
      'x-kubernetes-preserve-unknown-fields': true,
      properties: { spec: { 'x-kubernetes-preserve-unknown-fields': true } },
    });
});

test('odd keys and nested items are kept as they are', () => {
  const odd = {
    type: 'object',
    properties: {
      $ref: { type: 'string' },
      '-dash': { type: 'string' },
      'a/b': { type: 'string' },
      "it's": { type: 'string', enum: ['=', 'on', ''] },
      items: {
        type: 'array',
        items: { type: 'array', items: { type: 'object', properties: { items: {} } } },
      },
      local: { type: 'integer' },
    },
  };
  const versions = [{ name: 'v1', schema: { openAPIV3Schema: odd } }];
  expect(rootOf({ versions })).toEqual(odd);
  const proto = crd({ versions }).replace('"local"', '"__proto__"');
  expect(JSON.stringify(read(proto).reduction)).toContain('"__proto__":{"type":"integer"}');
});

const foo = crd({});

test.each<[string, string[], string, RegExp?]>([
  [
    'broken YAML',
    ['a: 1\nb: c: d\n'],
    'crds/1.yaml:2 is not YAML: bad indentation of a mapping entry',
  ],
  [
    'broken JSON',
    ['{\n  "a": 1,\n  "b" 2\n}'],
    'crds/1.yaml:3 is not YAML: missed comma between flow collection entries',
  ],
  [
    'binary',
    ['kind: \u0000\u0001'],
    'crds/1.yaml:1 is not YAML: null byte is not allowed in input',
  ],
  [
    'a template of Helm',
    ['{{- if .Values.crds }}\nkind: CustomResourceDefinition\n{{- end }}\n'],
    'crds/1.yaml:1 is not YAML: missed comma between flow collection entries',
    /templates of Helm.*helm template/,
  ],
  [
    'a web page',
    ['<!DOCTYPE html>\n<html><body>x: {y}</body></html>'],
    'crds/1.yaml is a web page, not YAML',
    /behind "Raw"/,
  ],
  [
    'a text',
    ['Custom resources, at last'],
    'crds/1.yaml has no Kubernetes objects: document 1 is no object',
  ],
  [
    'a list without a kind',
    ['- a\n- b\n'],
    'crds/1.yaml has no Kubernetes objects: document 1 is no object',
  ],
  ['nothing', ['# a comment\n'], 'crds has no objects'],
  [
    'another object',
    ['kind: ConfigMap'],
    'crds has 1 object, which is no CustomResourceDefinition; it has a ConfigMap',
  ],
  [
    'other objects',
    ['kind: ConfigMap\n---\nkind: Ingress\n---\nkind: ConfigMap\n---\na: 1'],
    'crds has 4 objects, none is a CustomResourceDefinition; it has 2 of ConfigMap, an Ingress and an object without a kind',
  ],
  [
    'a CRD of another API',
    ['apiVersion: example.com/v1\nkind: CustomResourceDefinition'],
    'crds has 1 object, which is no CustomResourceDefinition; it has a CustomResourceDefinition',
  ],
  [
    'a kind twice in one file',
    [`${foo}\n---\n${foo}`],
    'crds/1.yaml defines my-group.example.com/v1 Foo twice',
  ],
  [
    'a kind in two files',
    [foo, foo],
    'crds/1.yaml and crds/2.yaml both define my-group.example.com/v1 Foo',
    /one by one/,
  ],
  [
    'no version served',
    [crd({ versions: [{ name: 'v1', served: false }] })],
    'crds: no version of its CustomResourceDefinitions is served',
  ],
  [
    'no spec',
    ['apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition'],
    'crds/1.yaml: object 1 is not a valid CustomResourceDefinition: spec.group is missing',
  ],
  [
    'no names',
    [crd({ names: undefined })],
    'crds/1.yaml: object 1 (foos.my-group.example.com) is not a valid CustomResourceDefinition: spec.names.kind is missing',
  ],
  [
    'a kind that is a path',
    [crd({ names: { kind: '../../x', plural: 'foos' } })],
    'crds/1.yaml: object 1 (foos.my-group.example.com) is not a valid CustomResourceDefinition: spec.names.kind cannot be "../../x"',
  ],
  [
    'a group with a line break',
    [crd({ group: 'a\nb' })],
    'crds/1.yaml: object 1 (foos.my-group.example.com) is not a valid CustomResourceDefinition: spec.group cannot be "a\\nb"',
  ],
  [
    'no versions',
    [crd({ versions: [] })],
    'crds/1.yaml: object 1 (foos.my-group.example.com) is not a valid CustomResourceDefinition: spec.versions is missing',
  ],
  [
    'a version that is a number',
    [crd({ versions: [{ name: 1 }] })],
    'crds/1.yaml: object 1 (foos.my-group.example.com) is not a valid CustomResourceDefinition: the name of a version cannot be 1',
  ],
  [
    'an alias of itself',
    ['kind: A\na: &a { b: *a }'],
    'crds/1.yaml has values nested deeper than 200 levels',
  ],
  ['aliases that multiply', [bomb()], 'crds/1.yaml has more than 2000000 values'],
])('%s is refused, with its place', (_what, texts, message, hint) => {
  const error = expect.objectContaining({
    kind: 'usage',
    message,
    ...(hint && { hint: expect.stringMatching(hint) }),
  });
  expect(() => read(...texts)).toThrow(error);
});

function bomb(): string {
  const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
  for (let level = 1; level < 10; level++)
    lines.push(
      `a${level}: &a${level} [${Array.from({ length: 10 }, () => `*a${level - 1}`).join(', ')}]`,
    );
  return lines.join('\n');
}
