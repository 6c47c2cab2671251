import fc from 'fast-check';
import { expect, test } from 'vitest';
import { listGaps } from '../../lib/compare/list-gaps.ts';

test('taking out what was removed and putting in what was added makes the later list', () => {
  const list = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 12 });
  fc.assert(
    fc.property(list, list, (before, after) => {
      const gaps = listGaps(before, after);
      const removed = new Set(gaps.flatMap((gap) => gap.removed));
      const added = new Set(gaps.flatMap((gap) => gap.added));
      expect(before.filter((_, index) => !removed.has(index))).toEqual(
        after.filter((_, index) => !added.has(index)),
      );
      for (const gap of gaps) expect(gap.removed.length + gap.added.length).toBeGreaterThan(0);
    }),
    { numRuns: 2000 },
  );
});

test('keeps as much as possible', () => {
  expect(listGaps(['a', 'b', 'c', 'd'], ['x', 'a', 'b', 'd'])).toEqual([
    { removed: [], added: [0] },
    { removed: [2], added: [] },
  ]);
});

test('lists of many different lines are one gap, at once', () => {
  const lines = (mark: string): string[] => [
    'head',
    ...Array.from({ length: 50_000 }, (_, index) => `${mark}${index}`),
    'tail',
  ];
  const [gap, ...more] = listGaps(lines('a'), lines('b'));
  expect([gap?.removed.length, gap?.added[0], gap?.added.length, more]).toEqual([
    50_000,
    1,
    50_000,
    [],
  ]);
});
