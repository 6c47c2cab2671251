import { describe, expect, test } from 'vitest';
import { changePathText } from '../../lib/compare/change-path-text.ts';
import { compareManifests } from '../../lib/compare/compare-manifests.ts';
import type { ResourceChange } from '../../lib/compare/resource-change.ts';
import { showResource } from '../../lib/finding/report/text.ts';
import { parseManifests } from '../../lib/manifest/parse-manifests.ts';

function compare(before: string, after: string): ResourceChange[] {
  return compareManifests(parseManifests(before), parseManifests(after));
}

/** A line for each change: its kind, its path, and its values as JSON. */
function told(before: string, after: string): string[] {
  return compare(before, after).flatMap(({ values }) =>
    values.map(({ kind, path, before: old, after: young, secret, isOrder }) =>
      [
        isOrder ? 'order' : kind,
        changePathText(path),
        ...(secret ? ['secret'] : []),
        ...(old === undefined ? [] : [JSON.stringify(old)]),
        ...(young === undefined ? [] : [JSON.stringify(young)]),
      ].join(' '),
    ),
  );
}

/** An object of a kind with this spec, written as YAML. */
function object(spec: string, kind = 'Thing', more = ''): string {
  return `apiVersion: example.com/v1\nkind: ${kind}\nmetadata: { name: web, namespace: shop }\nspec: ${spec}\n${more}`;
}

function toldOf(before: string, after: string): string[] {
  return told(object(before), object(after));
}

test('what is equal is no change, whatever the order of members', () => {
  expect(compare(object('{ a: 1, b: [1] }'), object('{ b: [1], a: 1 }'))).toEqual([]);
});

describe('resources', () => {
  const name = (namespaces: string[]): string =>
    namespaces
      .map(
        (one) => `apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: x, namespace: ${one} }\n`,
      )
      .join('---\n');

  test('are listed in their order, those removed behind what they stood behind', () => {
    expect(
      compare(name(['a', 'b', 'c', 'd']), name(['d', 'new', 'b'])).map(
        ({ kind, resource }) => `${kind} ${showResource(resource)}`,
      ),
    ).toEqual([
      'removed ServiceAccount a/x',
      'added ServiceAccount new/x',
      'removed ServiceAccount c/x',
    ]);
  });

  test('of a new API version are the same, changed', () => {
    const hpa = (version: string): string =>
      object('{}').replace('example.com/v1', `autoscaling/${version}`);
    expect(told(hpa('v2beta2'), hpa('v2'))).toEqual([
      'changed apiVersion "autoscaling/v2beta2" "autoscaling/v2"',
    ]);
  });

  test('of another group are others', () => {
    const other = object('{}').replace('example.com', 'example.org');
    expect(compare(object('{}'), other).map(({ kind }) => kind)).toEqual(['removed', 'added']);
  });

  test('rendered twice are matched in order', () => {
    const twice = (second: string): string => `${object('{ a: 1 }')}---\n${object(second)}`;
    expect(told(twice('{ a: 2 }'), twice('{ a: 3 }'))).toEqual(['changed spec.a 2 3']);
    expect(compare(twice('{ a: 1 }'), object('{ a: 1 }'))).toMatchObject([{ kind: 'removed' }]);
  });

  test('with a generated name are matched by it', () => {
    const job = (image: string): string =>
      `apiVersion: batch/v1\nkind: Job\nmetadata: { generateName: run- }\nspec: { image: ${image} }\n`;
    expect(told(job('a'), job('b'))).toEqual(['changed spec.image "a" "b"']);
  });
});

describe('values', () => {
  test('added and removed are one change, however much is inside', () => {
    expect(toldOf('{ a: { b: { c: 1, d: 2 } } }', '{ e: [1, { f: 2 }] }')).toEqual([
      'removed spec.a {"b":{"c":1,"d":2}}',
      'added spec.e [1,{"f":2}]',
    ]);
  });

  test('of another type are changed as a whole', () => {
    expect(toldOf('{ a: { b: 1 }, c: 1, d: null }', '{ a: [1], c: "1", d: {} }')).toEqual([
      'changed spec.a {"b":1} [1]',
      'changed spec.c 1 "1"',
      'changed spec.d null {}',
    ]);
  });

  test('have names that a path writes in quotes', () => {
    expect(toldOf('{ "a.b/c": { __proto__: 1 } }', '{ "a.b/c": { __proto__: 2 } }')).toEqual([
      'changed spec["a.b/c"].__proto__ 1 2',
    ]);
  });
});

describe('the items of a list map', () => {
  test.each([
    [
      'containers, with one in front',
      '{ containers: [{ name: web, image: "web:1" }] }',
      '{ containers: [{ name: proxy }, { name: web, image: "web:2" }] }',
      [
        'added spec.containers[name=proxy] {"name":"proxy"}',
        'changed spec.containers[name=web].image "web:1" "web:2"',
      ],
    ],
    [
      'environment variables, one taken away',
      '{ env: [{ name: A, valueFrom: {} }, { name: B, valueFrom: {} }] }',
      '{ env: [{ name: B, valueFrom: {} }] }',
      ['removed spec.env[name=A] {"name":"A","valueFrom":{}}'],
    ],
    [
      'ports of one number and two protocols',
      '{ ports: [{ port: 53, protocol: UDP }, { port: 53, protocol: TCP, nodePort: 1 }] }',
      '{ ports: [{ port: 53, protocol: UDP }, { port: 53, protocol: TCP, nodePort: 2 }] }',
      ['changed spec.ports[port=53,protocol=TCP].nodePort 1 2'],
    ],
    [
      'mounts of one volume at two places',
      '{ volumeMounts: [{ mountPath: /a, name: v }, { mountPath: /b/c, name: v }] }',
      '{ volumeMounts: [{ mountPath: /b/c, name: v, readOnly: true }, { mountPath: /a, name: v }] }',
      ['added spec.volumeMounts[mountPath=/b/c].readOnly true'],
    ],
    [
      'keys that need quotes',
      '{ items: [{ key: "a b", v: 1 }, { key: c, v: 1 }] }',
      '{ items: [{ key: "a b", v: 2 }, { key: c, v: 1 }] }',
      ['changed spec.items[key="a b"].v 1 2'],
    ],
  ])('are told apart by their members: %s', (_what, before, after, changes) => {
    expect(toldOf(before, after)).toEqual(changes);
  });

  test('may move where the order has no meaning', () => {
    const volumes = (one: string, other: string): string =>
      `{ volumes: [{ name: ${one} }, { name: ${other} }] }`;
    expect(compare(object(volumes('a', 'b')), object(volumes('b', 'a')))).toEqual([]);
  });

  test('that moved elsewhere are one change of order, beside what else changed', () => {
    expect(
      toldOf(
        '{ initContainers: [{ name: a, image: x }, { name: gone }, { name: b }] }',
        '{ initContainers: [{ name: b }, { name: a, image: z }] }',
      ),
    ).toEqual([
      'order spec.initContainers [{"keys":{"name":"a"}},{"keys":{"name":"b"}}] [{"keys":{"name":"b"}},{"keys":{"name":"a"}}]',
      'changed spec.initContainers[name=a].image "x" "z"',
      'removed spec.initContainers[name=gone] {"name":"gone"}',
    ]);
  });
});

describe('the items of other lists', () => {
  test.each([
    ['one more argument in front', '[--a, --b]', '[--new, --a, --b]', ['added spec[0] "--new"']],
    ['one less', '[a, b, c]', '[a, c]', ['removed spec[1] "b"']],
    [
      'another one in its place',
      '[--a=1, --b]',
      '[--a=2, --b]',
      ['changed spec[0] "--a=1" "--a=2"'],
    ],
    [
      'one in place of two',
      '[a, b, c, d]',
      '[a, x, d]',
      ['added spec[1] "x"', 'removed spec[1] "b"', 'removed spec[2] "c"'],
    ],
    ['one that moved', '[a, b, c]', '[c, a, b]', ['added spec[0] "c"', 'removed spec[2] "c"']],
    ['the same twice', '[a, a]', '[a]', ['removed spec[1] "a"']],
    [
      'a route in front of others, of which one changed',
      '[{ m: { a: 1 }, to: { h: x, p: 1 } }, { m: { b: 1 }, to: { h: y, p: 1 } }]',
      '[{ m: { c: 1 }, to: { h: z, p: 3 } }, { m: { a: 1 }, to: { h: x, p: 1 } }, { m: { b: 1 }, to: { h: y, p: 2 } }]',
      ['added spec[0] {"m":{"c":1},"to":{"h":"z","p":3}}', 'changed spec[2].to.p 1 2'],
    ],
    [
      'the only server',
      '[{ hosts: [a], port: 1 }]',
      '[{ hosts: [b], port: 2 }]',
      ['changed spec[0].hosts[0] "a" "b"', 'changed spec[0].port 1 2'],
    ],
    [
      'the only port',
      '[{ port: 80, protocol: TCP }]',
      '[{ port: 8080, protocol: TCP }]',
      ['changed spec[0].port 80 8080'],
    ],
    ['lists in lists', '[[1, 2], [3]]', '[[1, 2], [3, 4]]', ['added spec[1][1] 4']],
    [
      'objects with one name twice',
      '[{ name: a, v: 1 }, { name: a, v: 2 }]',
      '[{ name: a, v: 1 }, { name: a, v: 3 }]',
      ['changed spec[1].v 2 3'],
    ],
  ])('are aligned: %s', (_what, before, after, changes) => {
    expect(toldOf(before, after)).toEqual(changes);
  });
});
