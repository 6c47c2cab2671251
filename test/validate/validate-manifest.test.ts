import vm from 'node:vm';
import { expect, test } from 'vitest';
import type { Validate } from '../../lib/emit/validator/ajv-error.ts';
import type { UpstreamKind } from '../../lib/sources/upstream.ts';
import { compileValidator } from '../../lib/validate/compile-validator.ts';
import { validateManifest } from '../../lib/validate/validate-manifest.ts';

const KIND: UpstreamKind = {
  apiVersion: 'example.com/v1',
  kind: 'Widget',
  plural: 'widgets',
  namespaced: true,
  module: 'example.com/widget',
  version: 'v1.0.0',
  dialect: 'crd',
  schemaKey: '0'.repeat(64),
};

const SPEC = {
  type: 'object',
  required: ['must', 'either', 'filled'],
  properties: {
    must: { type: 'string' },
    either: { type: 'string', nullable: true },
    filled: { type: 'string', default: 'x' },
    ports: {
      type: 'array',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['port', 'protocol'],
      items: {
        type: 'object',
        properties: { port: { type: 'integer' }, protocol: { type: 'string', default: 'TCP' } },
      },
    },
    names: { type: 'array', 'x-kubernetes-list-type': 'set', items: { type: 'string' } },
    free: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
    manifest: {
      type: 'object',
      'x-kubernetes-embedded-resource': true,
      'x-kubernetes-preserve-unknown-fields': true,
    },
    one: {
      type: 'object',
      oneOf: [{ required: ['a'] }, { required: ['b'] }],
      properties: { a: {}, b: {} },
    },
    // As the addresses of a Gateway of the Gateway API.
    address: {
      type: 'object',
      oneOf: [
        {
          properties: {
            type: { enum: ['IP'] },
            value: { anyOf: [{ format: 'ipv4' }, { format: 'ipv6' }] },
          },
        },
        { properties: { type: { not: { enum: ['IP'] } } } },
      ],
      properties: { type: { type: 'string', default: 'IP' }, value: { type: 'string' } },
    },
  },
};

function findingsOf(spec: object): string[] {
  const code = compileValidator(KIND, {
    root: { type: 'object', properties: { spec: SPEC } },
    definitions: {
      'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta': {
        type: 'object',
        properties: { name: { type: 'string' } },
      },
    },
    dialect: 'crd',
  });
  const exports: { validate?: Validate } = {};
  (vm.runInThisContext(`(function (exports) {${code}\n})`) as (exports: object) => void)(exports);
  const value = { apiVersion: KIND.apiVersion, kind: KIND.kind, metadata: { name: 'a' }, spec };
  const resource = { apiVersion: KIND.apiVersion, kind: KIND.kind, name: 'a' };
  return validateManifest({ index: 0, resource, value }, KIND, exports.validate as Validate).map(
    (finding) => `${finding.path?.join('.')}: ${finding.message}`,
  );
}

const OK = { must: 'a', either: 'b' };

test.each<[string, object, string[]]>([
  ['a required field with a default may be absent', OK, []],
  ['null where it is allowed is a value', { ...OK, either: null }, []],
  [
    'null where it is not is absent',
    { ...OK, must: null },
    ['spec.must: the required field "must" is null, which counts as absent'],
  ],
  [
    'null in both places is told apart',
    { must: null, either: null },
    ['spec.must: the required field "must" is null, which counts as absent'],
  ],
  [
    'list map keys, a default among them',
    { ...OK, ports: [{ port: 1 }, { port: 2 }, { port: 1, protocol: 'TCP' }] },
    ['spec.ports.2: the item has the same port and protocol as item 0 of the list'],
  ],
  [
    'a set',
    { ...OK, names: ['a', 'b', 'a'] },
    ['spec.names.2: the item repeats item 0 of the list'],
  ],
  ['unknown fields that are preserved', { ...OK, free: { any: [{ thing: 1 }] } }, []],
  [
    'an embedded manifest has a kind and good metadata',
    { ...OK, manifest: { apiVersion: 'v1', metadata: { nam: 1 }, data: 1 } },
    [
      'spec.manifest.kind: the required field "kind" is missing',
      'spec.manifest.metadata.nam: unknown field "nam"',
    ],
  ],
  ['none of a choice', { ...OK, one: {} }, ['spec.one: exactly one of "a" or "b" is required']],
  ['a condition on a default', { ...OK, address: { value: '10.0.0.1' } }, []],
  ['a condition with another value', { ...OK, address: { type: 'Name', value: 'a' } }, []],
  [
    'a condition on a default with a wrong format',
    { ...OK, address: { value: '10.0.0' } },
    ['spec.address: expected a value of exactly one allowed shape, found an object'],
  ],
  ['two of a choice', { ...OK, one: { a: 1, b: 1 } }, ['spec.one: "a" and "b" exclude each other']],
])('%s', (_rule, spec, want) => {
  expect(findingsOf(spec)).toEqual(want);
});
