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
