import fc from 'fast-check';
import { expect, test } from 'vitest';
import { resourceKey, resourceKeys } from '../../lib/compare/resource-key.ts';

test.each([
  [
    { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'default', name: 'web' },
    'apps/Deployment/default/web',
  ],
  [{ apiVersion: 'v1', kind: 'Namespace', name: 'shop' }, 'core/Namespace/shop'],
  [{ apiVersion: 'v1', kind: 'Pod', namespace: 'a/b', name: '50%#2' }, 'core/Pod/a%2Fb/50%25%232'],
])('%j is %s', (resource, key) => {
  expect(resourceKey(resource)).toBe(key);
});

test('the second of one identity has its number, and the API version is no part of it', () => {
  const [v1, v2] = ['v1', 'v2'].map((version) => ({
    apiVersion: `a.b/${version}`,
    kind: 'K',
    name: 'x',
  }));
  const other = { apiVersion: 'a.b/v1', kind: 'K', name: 'x#2' };
  expect(resourceKeys([v1!, other, v2!, v1!])).toEqual([
    'a.b/K/x',
    'a.b/K/x%232',
    'a.b/K/x#2',
    'a.b/K/x#3',
  ]);
});

test('two identities never have one key', () => {
  const part = fc.string({ unit: fc.constantFrom('a', '/', '%', '#', '2', 'F'), maxLength: 4 });
  const resource = fc.record(
    {
      apiVersion: part.map((group) => `${group.replaceAll('/', '')}.io/v1`),
      kind: part,
      namespace: part,
      name: part,
    },
    { requiredKeys: ['apiVersion', 'kind', 'name'] },
  );
  fc.assert(
    fc.property(resource, resource, (one, other) => {
      const isSame = JSON.stringify(identity(one)) === JSON.stringify(identity(other));
      expect(resourceKey(one) === resourceKey(other)).toBe(isSame);
    }),
    { numRuns: 2000 },
  );
});

function identity(resource: {
  apiVersion: string;
  kind: string;
  namespace?: string;
  name: string;
}) {
  const { apiVersion, kind, namespace, name } = resource;
  return [apiVersion, kind, namespace, name];
}
