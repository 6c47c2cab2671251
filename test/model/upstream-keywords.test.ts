import { expect, test } from 'vitest';
import { lowerSchema } from '../../lib/model/lower.ts';
import { openUpstream } from '../../lib/sources/upstream.ts';

/** What the Model does not hold of the pinned schemas: how clients patch. */
const KNOWN = [
  // On nodes that are no list or map: the schema contradicts itself there.
  'x-kubernetes-list-type',
  'x-kubernetes-map-type',
  'x-kubernetes-patch-merge-key',
  'x-kubernetes-patch-strategy',
  'x-kubernetes-unions',
];

test('no keyword of the pinned schemas that restricts a value is dropped', async () => {
  const upstream = await openUpstream();
  const dropped = new Set<string>();
  for (const kind of upstream.kinds()) {
    const schema = await upstream.loadSchema(kind);
    for (const { keyword } of lowerSchema(schema, schema.dialect).unexpressed) dropped.add(keyword);
  }
  expect([...dropped].toSorted()).toEqual(KNOWN);
}, 600_000);
