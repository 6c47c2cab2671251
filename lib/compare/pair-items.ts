import type { Gap } from './list-gaps.ts';

/** Items of two lists that stand for each other: the index before, or after, or both. */
export interface Pair {
  readonly before?: number;
  readonly after?: number;
}

/** Two items are the same one, changed, when they have at least this share of their values in common. */
const SIMILAR = 0.4;
/** So many comparisons of items in one gap are made at most; beyond it they are taken in order. */
const MOST_COMPARISONS = 2_500;

interface Candidate {
  readonly before: number;
  readonly after: number;
  readonly score: number;
}

/**
 * Pairs what was removed in a gap with what was added in its place. A single item in place of another one, and scalars as
 * many as before, are taken for changed; objects if most of their values are the same. The order stays.
 */
export function pairItems(
  before: readonly unknown[],
  after: readonly unknown[],
  { removed, added }: Gap,
): Pair[] {
  const isSimple = [...removed.map((i) => before[i]), ...added.map((j) => after[j])].every(
    (item) => typeof item !== 'object' || item === null,
  );
  const isLarge = removed.length * added.length > MOST_COMPARISONS;
  if (removed.length === added.length && (isSimple || isLarge || removed.length === 1))
    return removed.map((index, position) => pairOf(index, added[position]));
  const pairs = isSimple || isLarge ? [] : similarPairs(before, after, { removed, added });
  const later = new Map(pairs.map((pair) => [pair.after, pair]));
  const earlier = new Set(pairs.map((pair) => pair.before));
  const rest = removed.filter((index) => !earlier.has(index));
  return merged(
    rest,
    added.map((index) => later.get(index) ?? { after: index }),
  );
}

function pairOf(before: number, after: number | undefined): Pair {
  return after === undefined ? { before } : { before, after };
}

/** Removed items stand before the pair of a later item of their list. */
function merged(rest: readonly number[], pairs: readonly Pair[]): Pair[] {
  const left = [...rest];
  const result: Pair[] = [];
  for (const pair of pairs) {
    while (pair.before !== undefined && left[0] !== undefined && left[0] < pair.before)
      result.push({ before: left.shift() as number });
    result.push(pair);
  }
  return [...result, ...left.map((index) => ({ before: index }))];
}

/** The most similar first; none crosses another. */
function similarPairs(
  before: readonly unknown[],
  after: readonly unknown[],
  { removed, added }: Gap,
): Candidate[] {
  const earlier = removed.map((index) => ({ index, leaves: leavesOf(before[index]) }));
  const later = added.map((index) => ({ index, leaves: leavesOf(after[index]) }));
  const candidates = earlier
    .flatMap((one) =>
      later.map((other) => ({
        before: one.index,
        after: other.index,
        score: similarity(one.leaves, other.leaves),
      })),
    )
    .filter(({ score }) => score >= SIMILAR)
    .sort((a, b) => b.score - a.score);
  const taken: Candidate[] = [];
  for (const candidate of candidates)
    if (taken.every((one) => isBeside(one, candidate))) taken.push(candidate);
  return taken;
}

function isBeside(one: Candidate, other: Candidate): boolean {
  return (one.before - other.before) * (one.after - other.after) > 0;
}

/** Dice's coefficient of two sets: twice what they have in common, divided by their sizes. */
function similarity(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const common = [...one].filter((leaf) => other.has(leaf)).length;
  return one.size + other.size === 0 ? 0 : (2 * common) / (one.size + other.size);
}

/** The scalars with the names that lead to them; the place in a list does not count. */
function leavesOf(value: unknown): Set<string> {
  const leaves = new Set<string>();
  const collect = (inner: unknown, path: string): void => {
    if (typeof inner !== 'object' || inner === null) leaves.add(`${path}${JSON.stringify(inner)}`);
    else if (Array.isArray(inner)) for (const item of inner) collect(item, `${path}[]`);
    else for (const [name, member] of Object.entries(inner)) collect(member, `${path}${name}.`);
  };
  collect(value, '');
  return leaves;
}
