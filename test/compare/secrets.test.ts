import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareManifests } from '../../lib/compare/compare-manifests.ts';
import { isEqual } from '../../lib/compare/is-equal.ts';
import type { ResourceChange } from '../../lib/compare/resource-change.ts';
import { resourceOf, type Manifest } from '../../lib/manifest/parse-manifests.ts';

type Value = Record<string, unknown>;

function manifest(value: Value, index = 0): Manifest {
  return { index, resource: resourceOf(value), value };
}

function compare(before: readonly Value[], after: readonly Value[]): ResourceChange[] {
  return compareManifests(before.map(manifest), after.map(manifest));
}

function secret(stringData: Value, annotations: Value = {}): Value {
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's', annotations }, stringData };
}

function object(spec: unknown): Value {
  return { apiVersion: 'example.com/v1', kind: 'Thing', metadata: { name: 'x' }, spec };
}

test('that a value of a Secret changed is said, its value is not', () => {
  expect(
    compare([secret({ a: 'hunter22' })], [secret({ a: 'hunter33', b: 'x' })])[0]?.values,
  ).toEqual([
    { kind: 'changed', path: ['stringData', 'a'], secret: true },
    { kind: 'added', path: ['stringData', 'b'], secret: true },
  ]);
});

test('what is added shows all but the secrets in it', () => {
  const added = { image: 'web:1', env: [{ name: 'DB_PASSWORD', value: 'hunter22' }], tls: null };
  expect(compare([object({})], [object({ added })])[0]?.values).toEqual([
    {
      kind: 'added',
      path: ['spec', 'added'],
      after: { image: 'web:1', env: [{ name: 'DB_PASSWORD', value: '<redacted>' }], tls: null },
      secret: false,
    },
  ]);
});

test('keys of the data of a Secret are shown', () => {
  const without = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's', annotations: {} } };
  expect(compare([without], [secret({ a: 'hunter22' })])[0]?.values).toEqual([
    { kind: 'added', path: ['stringData'], after: { a: '<redacted>' }, secret: false },
  ]);
});

test.each([
  ['as it is', 'hunter22'],
  ['in base64', Buffer.from('hunter22').toString('base64')],
  ['inside another text', 'user:hunter22@db'],
  ['in JSON', '{"a":{"b":"hunter22"}}'],
])('the value of a Secret is secret elsewhere: %s', (_how, text) => {
  const data = { a: Buffer.from('hunter22').toString('base64') };
  const kept = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, data };
  for (const [before, after] of [
    [[kept, object({ v: 'a' })], [object({ v: text })]],
    [[object({ v: text })], [kept, object({ v: 'a' })]],
  ] as const)
    expect(compare(before, after).flatMap(({ values }) => values)).toEqual([
      { kind: 'changed', path: ['spec', 'v'], secret: true },
    ]);
});

test('the copy that kubectl keeps of a Secret is secret', () => {
  const key = 'kubectl.kubernetes.io/last-applied-configuration';
  const kept = (value: string): Value =>
    secret({ a: 'x' }, { [key]: `{"stringData":{"a":"${value}"}}` });
  expect(compare([kept('one')], [kept('two')])[0]?.values).toEqual([
    { kind: 'changed', path: ['metadata', 'annotations', key], secret: true },
  ]);
});

test('a port that a Secret has too is shown, and the namespace that a variable has', () => {
  const env = [{ name: 'NAMESPACE', value: 'default' }];
  expect(
    compare(
      [secret({ port: '8080', debug: 'true' }), object({ env, port: 80, host: 'x' })],
      [secret({ port: '8080', debug: 'true' }), object({ env, port: 8080, host: 'x.default.svc' })],
    )[0]?.values,
  ).toEqual([
    { kind: 'changed', path: ['spec', 'host'], before: 'x', after: 'x.default.svc', secret: false },
    { kind: 'changed', path: ['spec', 'port'], before: 80, after: 8080, secret: false },
  ]);
});

test('a variable of a container is shown unless it is a credential', () => {
  const env = (name: string, value: string): Value => object({ env: [{ name, value }] });
  const values = (name: string): unknown =>
    compare([env(name, 'info')], [env(name, 'debug')])[0]?.values;
  const path = ['spec', 'env', { keys: { name: 'LOG_LEVEL' } }, 'value'];
  expect(values('LOG_LEVEL')).toEqual([
    { kind: 'changed', path, before: 'info', after: 'debug', secret: false },
  ]);
  expect(values('API_TOKEN')).toMatchObject([{ secret: true }]);
});

// Each has letters that nothing else has.
const secretValue = fc.constantFrom(
  'ŧŧŧŧ-one',
  'ŧŧŧŧ "two"\n',
  'ŧŧŧŧ\\three',
  'ŧŧŧŧ four ŧŧŧŧ',
  'ŧŧŧŧ',
);
const plain = fc.oneof(fc.constantFrom<unknown>('a', 'b', 'c', 'd e', '', null, true, 1, 2, 8080));
const leaf = fc.oneof({ weight: 4, arbitrary: plain }, { weight: 1, arbitrary: secretValue });
const name = fc.constantFrom(
  'name',
  'key',
  'port',
  'env',
  'args',
  'value',
  'data',
  'kind',
  'items',
  'ports',
);
const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5, depthSize: 'medium' },
    leaf,
    fc.dictionary(name, tie('tree'), { maxKeys: 4 }),
    fc.array(tie('tree'), { maxLength: 4 }),
    fc.tuple(name, secretValue).map(([key, value]) => JSON.stringify({ [key]: value })),
    secretValue.map((value) => Buffer.from(value).toString('base64')),
  ),
}));
/** A Secret that has all secret values, and objects that may have them anywhere. */
const ALL = secret({
  a: 'ŧŧŧŧ-one',
  b: 'ŧŧŧŧ "two"\n',
  c: 'ŧŧŧŧ\\three',
  d: 'ŧŧŧŧ four ŧŧŧŧ',
  e: 'ŧŧŧŧ',
});

test('no change has a text of a Secret, in clear or in base64', () => {
  fc.assert(
    fc.property(tree, tree, (one, other) => {
      const changes = JSON.stringify(
        compare([ALL, object(one)], [structuredClone(ALL), object(other)]),
      );
      expect(changes).not.toContain('ŧ');
      for (const text of changes.matchAll(/[A-Za-z0-9+/]{8,}={0,2}/g))
        expect(Buffer.from(text[0], 'base64').toString()).not.toContain('ŧŧŧ');
    }),
    { numRuns: 2000 },
  );
});

test('there is a change if and only if something differs', () => {
  // In these lists an item may move.
  const other = tree.filter((value) => !JSON.stringify(value)?.includes('"ports"'));
  fc.assert(
    fc.property(other, other, (one, two) => {
      const isSame = isEqual(one, two);
      expect(compare([object(one)], [object(two)]).length === 0).toBe(isSame);
      expect(compare([object(one)], [object(structuredClone(one))])).toEqual([]);
    }),
    { numRuns: 2000 },
  );
});
