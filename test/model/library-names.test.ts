import { describe, expect, it, test } from 'vitest';
import { buildLibrary } from '../../lib/model/library/library.ts';
import { membersOf, requiredArguments, resolve } from '../../lib/model/library/members.ts';
import {
  argumentName,
  camelLower,
  fieldNames,
  freeName,
  inClaimOrder,
  setterName,
} from '../../lib/model/library/names.ts';
import { type Api, lowerApi } from '../../lib/model/lower-api.ts';
import type { JsonSchema } from '../../lib/model/json-schema.ts';
import type { ObjectNode } from '../../lib/model/node.ts';

// Names of k8s-libsonnet 1.30, which k8s-gen made.
test.each([
  ['Deployment', 'deployment'],
  ['APIService', 'apiService'],
  ['CSIDriver', 'csiDriver'],
  ['CSIStorageCapacity', 'csiStorageCapacity'],
  ['IPBlock', 'ipBlock'],
  ['HTTPGetAction', 'httpGetAction'],
  ['TCPSocketAction', 'tcpSocketAction'],
  ['FCVolumeSource', 'fcVolumeSource'],
  ['ISCSIVolumeSource', 'iscsiVolumeSource'],
  ['AWSElasticBlockStoreVolumeSource', 'awsElasticBlockStoreVolumeSource'],
  ['GRPCAction', 'grpcAction'],
  ['SELinuxOptions', 'seLinuxOptions'],
  ['RBDVolumeSource', 'rbdVolumeSource'],
  ['NFSVolumeSource', 'nfsVolumeSource'],
  ['clusterIP', 'clusterIP'],
  ['podIPs', 'podIPs'],
  ['externalIPs', 'externalIPs'],
  ['x509', 'x509'],
  ['X509Subject', 'x509Subject'],
  ['v1alpha1', 'v1alpha1'],
  ['cert-manager', 'certManager'],
  ['external-secrets', 'externalSecrets'],
  ['a.b/c', 'aBC'],
  ['foo_bar', 'foo_bar'],
  ['-leading', 'leading'],
  ['2fa', '_2fa'],
  ['', '_'],
  ['$', '_'],
  ['größe', 'grE'],
])('the field of %j is %s', (name, field) => {
  expect(camelLower(name)).toBe(field);
});

test.each([
  ['replicas', 'withReplicas', 'replicas'],
  ['clusterIP', 'withClusterIP', 'clusterIP'],
  ['$ref', 'withRef', 'ref'],
  ['error', 'withError', 'err'],
  ['local', 'withLocal', 'Local'],
  ['self', 'withSelf', 'Self'],
  ['std', 'withStd', 'Std'],
  ['check', 'withCheck', 'Check'],
  ['itself', 'withItself', 'Itself'],
  ['a/b', 'withAB', 'aB'],
])('%j is set by %s(%s)', (property, setter, argument) => {
  expect(setterName(property)).toBe(setter);
  expect(argumentName(property)).toBe(argument);
});

test('names that are taken get numbers, and what is its own field is asked first', () => {
  expect(freeName('a', new Set(['a', 'a2']))).toBe('a3');
  expect(inClaimOrder(['foo-bar', 'b', 'FooBar', 'fooBar', 'a', 'a'])).toEqual([
    'a',
    'b',
    'fooBar',
    'FooBar',
    'foo-bar',
  ]);
  expect([...fieldNames(['foo-bar', 'foo-baz', 'fooBar'])]).toEqual([
    ['fooBar', 'fooBar'],
    ['foo-bar', 'fooBar2'],
    ['foo-baz', 'fooBaz'],
  ]);
});

const NO_API: Api = { resources: [], definitions: {}, unexpressed: [] };
const TEXT = { type: 'string' } as const;

function objectNode(properties: ObjectNode['properties'], required: string[] = []): ObjectNode {
  return { type: 'object', properties, required, closed: true };
}

describe('members of an object', () => {
  const names = (node: ObjectNode, isResource = false): string[] =>
    membersOf(node, NO_API, { isResource, ancestors: new Set() }).map((one) =>
      one.type === 'nested'
        ? `${one.property}: ${one.name} (${one.writes})`
        : `${one.property}: ${one.name}`,
    );

  it('are by property, with the functions of items beside their setter', () => {
    const list = { type: 'array', items: objectNode({ a: TEXT }) } as const;
    const node = objectNode({
      z: TEXT,
      list,
      inner: objectNode({ a: TEXT }),
      empty: objectNode({}),
    });
    expect(names(node)).toEqual([
      'empty: withEmpty',
      'inner: inner (field)',
      'list: withList',
      'list: list (item)',
      'z: withZ',
    ]);
  });

  it('do not take the names of constructors or of each other', () => {
    const list = { type: 'array', items: TEXT } as const;
    const inner = objectNode({ a: TEXT });
    const node = objectNode({
      new: inner,
      mixin: inner,
      fromObject: inner,
      foo: list,
      fooMixin: TEXT,
    });
    expect(names(node)).toEqual([
      'foo: withFoo',
      'fooMixin: withFooMixin2',
      'fromObject: fromObject2 (field)',
      'mixin: mixin2 (field)',
      'new: new2 (field)',
    ]);
  });

  it('of a kind leave out what nobody sets', () => {
    const node = objectNode({ apiVersion: TEXT, kind: TEXT, status: TEXT, spec: TEXT });
    expect(names(node, true)).toEqual(['spec: withSpec']);
    expect(names(node)).toHaveLength(4);
  });

  it('are an own property each, also __proto__', () => {
    const properties = JSON.parse(
      '{"__proto__":{"type":"string"},"constructor":{"type":"string"}}',
    );
    expect(names(objectNode(properties))).toEqual([
      '__proto__: with__proto__',
      'constructor: withConstructor',
    ]);
    expect(
      requiredArguments(objectNode(properties, ['toString', '__proto__']), NO_API),
    ).toMatchObject([{ property: '__proto__', argument: '__proto__' }]);
  });

  it('of what is recursive end', () => {
    const ref = { type: 'ref', name: 'Tree' } as const;
    const tree = objectNode({ child: ref, name: TEXT });
    const api = { ...NO_API, definitions: { Tree: tree } };
    const members = membersOf(tree, api, { isResource: false, ancestors: new Set(['Tree']) });
    expect(members.map(({ type, name }) => `${type} ${name}`)).toEqual([
      'setter withChild',
      'setter withName',
    ]);
  });
});

test('a reference says of itself what wins over its definition', () => {
  const definitions = {
    A: { ...TEXT, description: 'of A', default: 'a' },
    B: { type: 'ref', name: 'A' },
  } as const;
  const node = { type: 'ref', name: 'B', description: 'here' } as const;
  expect(resolve(node, { ...NO_API, definitions })).toEqual({
    node: { type: 'string', description: 'here', default: 'a' },
    definition: 'A',
  });
  expect(resolve({ type: 'ref', name: 'Nothing' }, NO_API).node).toEqual({ type: 'any' });
});

test('groups of Kubernetes keep their label beside custom ones of the same', () => {
  const kind = (apiVersion: string, schema: JsonSchema) =>
    ({ apiVersion, kind: 'Route', plural: 'routes', namespaced: true, schema }) as const;
  const name = 'io.k8s.api.networking.v1.Route';
  const api = lowerApi({
    kinds: [
      { ...kind('networking.k8s.io/v1', { $ref: `#/definitions/${name}` }), dialect: 'kubernetes' },
      { ...kind('networking.istio.io/v1', { type: 'object' }), dialect: 'crd' },
      { ...kind('cert-manager.io/v1', { type: 'object' }), dialect: 'crd' },
    ],
    definitions: { [name]: { type: 'object', properties: { a: { type: 'string' } } } },
  });
  const groups = buildLibrary('all', api).groups.map(({ field, group }) => [field, group]);
  expect(groups).toEqual([
    ['certManager', 'cert-manager.io'],
    ['networking', 'networking.k8s.io'],
    ['networkingIstioIo', 'networking.istio.io'],
  ]);
});
