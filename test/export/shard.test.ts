import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { itemsOfShard, parseShard } from '../../lib/export/shard.ts';
import { Failure } from '../../lib/finding/failure.ts';

const ids = fc.uniqueArray(fc.string(), { maxLength: 60 });
const counts = fc.integer({ min: 1, max: 12 });

function shards(items: readonly string[], count: number): string[][] {
  return Array.from({ length: count }, (_, index) =>
    itemsOfShard(items, (item) => item, { index, count }),
  );
}

/** Item to the shard that it is in. */
function places(items: readonly string[], count: number): Map<string, number> {
  return new Map(
    shards(items, count).flatMap((shard, index) =>
      shard.map((item): [string, number] => [item, index]),
    ),
  );
}

describe('itemsOfShard', () => {
  it('puts each item into exactly one shard', () => {
    fc.assert(
      fc.property(ids, counts, (items, count) => {
        expect(shards(items, count).flat().sort()).toEqual([...items].sort());
      }),
    );
  });

  it('makes shards whose sizes differ by at most one', () => {
    fc.assert(
      fc.property(ids, counts, (items, count) => {
        const sizes = shards(items, count).map(({ length }) => length);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('does not depend on the order of the items, and keeps it', () => {
    fc.assert(
      fc.property(ids, counts, (items, count) => {
        const reversed = [...items].reverse();
        expect(shards(reversed, count)).toEqual(
          shards(items, count).map((shard) => [...shard].reverse()),
        );
      }),
    );
  });

  it('moves at most N - 1 others when one is added', () => {
    fc.assert(
      fc.property(ids, fc.string(), counts, (items, added, count) => {
        fc.pre(!items.includes(added));
        const [before, after] = [places(items, count), places([...items, added], count)];
        const moved = items.filter((item) => before.get(item) !== after.get(item));
        expect(moved.length).toBeLessThan(count);
      }),
    );
  });

  // Whoever changes the order moves environments between the caches of everyone's CI.
  it('splits the same way in every release', () => {
    const items = Array.from({ length: 7 }, (_, index) => `environments/e${index}`);
    expect(shards(items, 3)).toEqual([
      ['environments/e1', 'environments/e6'],
      ['environments/e4', 'environments/e5'],
      ['environments/e0', 'environments/e2', 'environments/e3'],
    ]);
  });
});

describe('parseShard', () => {
  it.each([
    ['1/1', { index: 0, count: 1 }],
    ['1/3', { index: 0, count: 3 }],
    ['3/3', { index: 2, count: 3 }],
  ])('reads %s', (text, shard) => {
    expect(parseShard(text, {})).toEqual(shard);
  });

  it('takes the index from the Pod of an Indexed Job, which counts from 0', () => {
    expect(parseShard('job/3', { JOB_COMPLETION_INDEX: '0' })).toEqual({ index: 0, count: 3 });
    expect(parseShard('job/3', { JOB_COMPLETION_INDEX: '2' })).toEqual({ index: 2, count: 3 });
  });

  it.each([
    '0/3',
    '4/3',
    'x/3',
    '1/0',
    '0/0',
    '-1/3',
    '1/3/3',
    '1.5/3',
    '3',
    '',
    '1/',
    'job/0',
    'job/x',
    ' 1/3',
  ])('refuses %j', (text) => {
    expect(() => parseShard(text, { JOB_COMPLETION_INDEX: '0' })).toThrow(Failure);
  });

  it.each([
    ['4/3', {}, 'there is no shard 4 of 3', 'I from 1 to N'],
    ['x/3', {}, '"x/3" is no shard', 'I from 1 to N'],
    ['job/3', {}, 'JOB_COMPLETION_INDEX is not set', 'completionMode: Indexed'],
    ['job/3', { JOB_COMPLETION_INDEX: '' }, 'JOB_COMPLETION_INDEX is "", no index', 'Indexed'],
    ['job/3', { JOB_COMPLETION_INDEX: '-1' }, 'JOB_COMPLETION_INDEX is "-1", no index', 'Indexed'],
    [
      'job/3',
      { JOB_COMPLETION_INDEX: '3' },
      'JOB_COMPLETION_INDEX is 3',
      'more than 3 completions',
    ],
  ])('says of %s with %j what is wrong', (text, variables, message, hint) => {
    const refused = (): unknown => parseShard(text, variables);
    expect(refused).toThrow(expect.objectContaining({ kind: 'usage' }));
    expect(refused).toThrow(expect.objectContaining({ message: expect.stringContaining(message) }));
    expect(refused).toThrow(expect.objectContaining({ hint: expect.stringContaining(hint) }));
  });
});
