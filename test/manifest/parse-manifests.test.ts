import { expect, test } from 'vitest';
import { Failure } from '../../lib/finding/failure.ts';
import { parseManifests } from '../../lib/manifest/parse-manifests.ts';

const POD = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  namespace: web\n';

test('each document is a manifest with its identity and place', () => {
  const manifests = parseManifests(
    `${POD}---\napiVersion: batch/v1\nkind: Job\nmetadata:\n  generateName: migrate-\n---\n` +
      'apiVersion: v1\nkind: Namespace\n',
  );
  expect(manifests.map(({ index, resource }) => [index, resource])).toEqual([
    [0, { apiVersion: 'v1', kind: 'Pod', namespace: 'web', name: 'a' }],
    [1, { apiVersion: 'batch/v1', kind: 'Job', name: 'migrate-' }],
    [2, { apiVersion: 'v1', kind: 'Namespace', name: '' }],
  ]);
});

test.each(['', '\n', '---\n', '---\n---\n'])(
  'documents without content are passed over: %j',
  (text) => {
    expect(parseManifests(text)).toEqual([]);
  },
);

// As tk v0.38.0 prints them; it would also quote the dates.
test.each([
  ['1e+06', 1_000_000],
  ['2.147483648e+09', 2_147_483_648],
  ['1.5', 1.5],
  ['-0', -0],
  ['true', true],
  ['null', null],
  ['"1000000"', '1000000'],
  ['"yes"', 'yes'],
  ['"0123"', '0123'],
  ['"n"', 'n'],
  ['"12:30"', '12:30'],
  ['<<', '<<'],
  ['2020-01-01', '2020-01-01'],
  ['2020-01-01T10:00:00Z', '2020-01-01T10:00:00Z'],
  ['"2020-01-01"', '2020-01-01'],
  ['1e400', '1e400'],
  ['1.2.3', '1.2.3'],
  ["''", ''],
  ["'#'", '#'],
  ['|-\n  a\n  b', 'a\nb'],
  ['a\n  b', 'a b'],
])('%j is read as %j', (yaml, expected) => {
  const [manifest] = parseManifests(`apiVersion: v1\nkind: ConfigMap\nx: ${yaml}\n`);
  expect(manifest?.value['x']).toBe(expected);
});

test('keys are plain strings, whatever they look like', () => {
  const [manifest] = parseManifests(
    'apiVersion: v1\nkind: ConfigMap\ndata:\n  <<: merge\n  "1": one\n  __proto__: p\n  "true": t\n  =: e\n',
  );
  expect(Object.entries(manifest?.value['data'] ?? {})).toEqual(
    expect.arrayContaining([
      ['<<', 'merge'],
      ['1', 'one'],
      ['__proto__', 'p'],
      ['true', 't'],
      ['=', 'e'],
    ]),
  );
});

test.each([
  [
    'a: [',
    'the output of tk is not YAML: unexpected end of the stream within a flow collection at line 2',
  ],
  [`${POD}---\njust text\n`, 'the output of tk has no object as document 2'],
  [`${POD}---\n- a\n`, 'the output of tk has no object as document 2'],
  [`${POD}---\nkind: Pod\n`, 'the output of tk has no apiVersion and kind in document 2'],
  ['apiVersion: v1\nkind: [Pod]\n', 'the output of tk has no apiVersion and kind in document 1'],
])('what tk never prints is refused: %j', (yaml, message) => {
  const failure = expect.objectContaining({ kind: 'tool', message });
  expect(() => parseManifests(yaml)).toThrow(failure);
  expect(() => parseManifests(yaml)).toThrow(Failure);
});

test('a message about output that is not YAML repeats none of it', () => {
  const text = 'apiVersion: v1\nkind: Secret\ndata:\n  key: {s3cr3tvalue\n';
  expect(() => parseManifests(text)).toThrow(
    expect.objectContaining({ message: expect.not.stringContaining('s3cr3tvalue') }),
  );
});

test('objects whose text did not change are parsed once, wherever they stand now', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((name) => `apiVersion: v1\nkind: Pod\nx: ${name}`);
  const before = `${a}\n---\n${b}\n---\n${b}\n`;
  const earlier = { yaml: before, manifests: parseManifests(before) };
  const yaml = `${c}\n---\n${b}\n---\n${a}\n---\n${b}\n`;
  const manifests = parseManifests(yaml, earlier);
  expect(manifests).toEqual(parseManifests(yaml));
  expect(manifests[2]?.value).toBe(earlier.manifests[0]?.value);
  expect(manifests[1]?.value).toBe(earlier.manifests[1]?.value);
  expect(manifests[3]?.value).not.toBe(manifests[1]?.value);
});

test.each([
  ['a document was empty before', '---\n---\n', POD],
  ['a document is empty now', POD, `${POD}\n---\n---\n${POD}`],
  ['a separator has a comment', POD, `${POD}--- # next\n${POD}`],
  ['a text has a line of dashes', POD, `${POD}data: |\n  a\n  ---\n  b\n---\n${POD}`],
])('what was parsed before changes no result: %s', (_, before, after) => {
  const earlier = { yaml: before, manifests: parseManifests(before) };
  expect(parseManifests(after, earlier)).toEqual(parseManifests(after));
});

test('what is not YAML is told with its line, whatever was parsed before', () => {
  const earlier = { yaml: POD, manifests: parseManifests(POD) };
  expect(() => parseManifests(`${POD}\n---\n${POD}x: [`, earlier)).toThrow(/at line 1[0-9]/);
});
