import { expect, it } from 'vitest';
import { differingFields } from './rendered-fields.ts';

it.each([
  ['what the server added', { a: 1 }, { a: 1, status: {} }, []],
  ['a default within a list', { p: [{ port: 1 }] }, { p: [{ port: 1, protocol: 'TCP' }] }, []],
  [
    'another value',
    { spec: { p: [{ port: 1 }] } },
    { spec: { p: [{ port: 2 }] } },
    ['spec.p[0].port'],
  ],
  ['another type', { a: { b: '1' } }, { a: { b: 1 } }, ['a.b']],
  ['a field that is not there', { a: { b: 1, c: 2 } }, { a: { b: 1 } }, ['a.c']],
  ['an item too many', { a: [1] }, { a: [1, 2] }, ['a']],
  ['an item too few', { a: [1, 2] }, { a: [1] }, ['a']],
  ['an object that is not there', { a: {} }, {}, ['a']],
  ['no object at all', { a: 1 }, undefined, ['']],
])('compares what was rendered: %s', (_, rendered, live, differing) => {
  expect(differingFields(rendered, live)).toEqual(differing);
});
