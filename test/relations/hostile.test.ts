import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseManifests, resourceOf, type Manifest } from '../../lib/manifest/parse-manifests.ts';
import { isRecord } from '../../lib/manifest/is-record.ts';
import { relationsOf } from '../../lib/relations/relations-of.ts';
import { NO_SETTINGS, plain, podWith } from './relations-in.ts';

const EXPECTED = path.join(import.meta.dirname, '..', 'environments', 'expected');

/** What the environments of the repository render, and the kinds that they have none of. */
const REAL = [
  ...readdirSync(EXPECTED)
    .filter((name) => name.endsWith('.yaml'))
    .flatMap((name) => parseManifests(readFileSync(path.join(EXPECTED, name), 'utf8'))),
  ...parseManifests(readFileSync(path.join(import.meta.dirname, 'all-kinds.yaml'), 'utf8')),
];

/** Every place in a value, from the outside inwards. */
function placesIn(value: unknown, at: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [at];
  const inner = Object.entries(value).flatMap(([key, one]) => placesIn(one, [...at, key]));
  return [at, ...inner];
}

function replaced(value: unknown, at: readonly string[], by: unknown): unknown {
  const [step, ...rest] = at;
  if (step === undefined) return by;
  if (Array.isArray(value))
    return value.map((one: unknown, index) =>
      String(index) === step ? replaced(one, rest, by) : one,
    );
  if (!isRecord(value)) return value;
  return { ...value, [step]: replaced(value[step], rest, by) };
}

const anything = fc.oneof(
  fc.constantFrom(
    null,
    '',
    '/',
    'a/b/c',
    '*',
    '.*',
    '((((',
    '\uD800',
    0,
    -1,
    true,
    [],
    {},
    [null],
    [[]],
    { name: {} },
    { toString: 1, valueOf: 1 },
    { constructor: null, hasOwnProperty: 1 },
    { name: ['a'] },
  ),
  fc.jsonValue({ maxDepth: 2 }),
);

/** The manifests with values of some of them exchanged for what does not belong there. */
const mutated = fc
  .array(
    fc.tuple(fc.nat(REAL.length - 1), fc.double({ min: 0, max: 0.999_999, noNaN: true }), anything),
    { minLength: 1, maxLength: 12 },
  )
  .map((changes): Manifest[] => {
    const values: Manifest['value'][] = REAL.map(({ value }) => value);
    for (const [index, share, by] of changes) {
      const value = values[index] ?? {};
      const places = placesIn(value).filter((place) => place.length > 0);
      const place = places[Math.floor(share * places.length)] ?? [];
      const changed = replaced(value, place, by) as Record<string, unknown>;
      if (typeof changed['kind'] === 'string' && typeof changed['apiVersion'] === 'string')
        values[index] = changed;
    }
    return values.map((value, index) => ({ index, value, resource: resourceOf(value) }));
  });

describe('whatever manifests say', () => {
  it('relations are found without an error, each between two nodes of the graph', () => {
    fc.assert(
      fc.property(mutated, (manifests) => {
        const { nodes, edges } = relationsOf(manifests, NO_SETTINGS);
        const ids = new Set(nodes.map(({ id }) => id));
        expect(ids.size).toBe(nodes.length);
        expect(new Set(edges.flatMap(({ from, to }) => [from, to]))).toEqual(ids);
        const unique = new Set(edges.map((edge) => JSON.stringify(edge)));
        expect(unique.size).toBe(edges.length);
      }),
      { numRuns: 500 },
    );
  });

  it('every place of every manifest with something else in it', () => {
    for (const [index, { value }] of REAL.entries())
      for (const place of placesIn(value).filter((one) => one.length > 0))
        for (const by of [null, 1, 'a', [], {}, [null], { toString: 1, valueOf: 1 }]) {
          const changed = replaced(value, place, by) as Record<string, unknown>;
          if (typeof changed['kind'] !== 'string' || typeof changed['apiVersion'] !== 'string')
            continue;
          const manifests = REAL.map((one) =>
            one.index === index && one.value === value
              ? { ...one, value: changed, resource: resourceOf(changed) }
              : one,
          );
          const words = `${value['kind'] as string} ${place.join('.')} ${JSON.stringify(by)}`;
          expect(() => relationsOf(manifests, NO_SETTINGS), words).not.toThrow();
        }
  });

  it('the graph does not depend on the order of the manifests', () => {
    const graph = relationsOf(REAL, NO_SETTINGS);
    fc.assert(
      fc.property(fc.shuffledSubarray(REAL, { minLength: REAL.length }), (shuffled) => {
        expect(relationsOf(shuffled, NO_SETTINGS)).toEqual(graph);
      }),
      { numRuns: 50 },
    );
  });

  it('a node keeps its id when what it stands for is rendered', () => {
    const pod = podWith('serviceAccountName: web');
    const ids = (yaml: string): string[] =>
      relationsOf(parseManifests(yaml), NO_SETTINGS).nodes.map(({ id }) => id);
    expect(ids(pod)).toEqual(ids(pod + plain('ServiceAccount', 'shop', 'web')));
  });

  it('names with slashes do not make one node of two', () => {
    const pods = ['a/b', 'a'].map(
      (namespace) => `
apiVersion: v1
kind: Pod
metadata: { name: ${namespace === 'a' ? 'b/c' : 'c'}, namespace: ${namespace} }
spec: { serviceAccountName: web, containers: [] }
---`,
    );
    const { nodes } = relationsOf(parseManifests(pods.join('')), NO_SETTINGS);
    expect(nodes.filter(({ resource }) => resource?.kind === 'Pod')).toHaveLength(2);
  });
});

it('no value of a Secret enters the graph', () => {
  const manifests = parseManifests(`
apiVersion: v1
kind: Secret
metadata: { name: db, namespace: shop }
stringData: { password: hunter2 }
data: { token: aHVudGVyMg== }
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: api, namespace: shop }
spec: { target: { template: { data: { password: hunter2 } } } }
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec: { containers: [{ name: web, envFrom: [{ secretRef: { name: db } }], env: [{ name: PASSWORD, value: hunter2 }] }] }
`);
  const graph = JSON.stringify(relationsOf(manifests, NO_SETTINGS));
  expect(graph).toContain('db');
  expect(graph).not.toMatch(/hunter2|aHVudGVyMg/);
});
