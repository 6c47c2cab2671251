import { expect, test } from 'vitest';
import { count, durationText, pathText, valueText } from '../../web/text.ts';

test.each([
  [['spec', 'replicas'], 'spec.replicas'],
  [
    ['spec', 'containers', { keys: { name: 'web' } }, 'ports', 0],
    'spec.containers[name=web].ports[0]',
  ],
  [['spec', 'ports', { keys: { port: 53, protocol: 'UDP' } }], 'spec.ports[port=53,protocol=UDP]'],
  [['metadata', 'labels', 'app.kubernetes.io/name'], 'metadata.labels["app.kubernetes.io/name"]'],
  [['data', ''], 'data[""]'],
  [[{ keys: { name: 'a' } }], '[name=a]'],
])('the path %j is written %s', (path, written) => {
  expect(pathText(path)).toBe(written);
});

test.each([
  ['a plain text', 'registry.example.org/web:1.2', 'registry.example.org/web:1.2'],
  ['a quantity', '30s', '30s'],
  ['a text that looks like a number', '5', '"5"'],
  ['a text that looks like a fraction', '-1.5e3', '"-1.5e3"'],
  ['a text that looks like a boolean', 'true', '"true"'],
  ['an empty text', '', '""'],
  ['a text of lines', 'a\nb', String.raw`"a\nb"`],
  ['a text with a blank at its end', 'a ', '"a "'],
  ['a number', 5, '5'],
  ['null', null, 'null'],
  ['an object', { a: [1] }, '{"a":[1]}'],
])('%s cannot be mistaken for another value', (_, value, written) => {
  expect(valueText(value)).toBe(written);
});

test('numbers and durations are written as people read them', () => {
  expect([count(1, 'error'), count(0, 'error'), count(2000, 'resource')]).toEqual([
    '1 error',
    '0 errors',
    '2,000 resources',
  ]);
  expect([durationText(83.4), durationText(1240)]).toEqual(['83 ms', '1.2 s']);
});
