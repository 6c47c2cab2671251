import { create } from 'jsondiffpatch';

/** A stretch of two lists between items that are the same: indices of `before`, and of `after`, each consecutive. */
export interface Gap {
  readonly removed: readonly number[];
  readonly added: readonly number[];
}

/**
 * The longest common subsequence takes a table of so many numbers at most, some 30 MB. What is larger without a common
 * head and tail is one gap.
 */
const LARGEST_TABLE = 4_000_000;

const DIFFER = create({ arrays: { detectMove: false }, omitRemovedValues: true });

/**
 * Where two lists of texts differ: the stretches between the items of their longest common subsequence. An item that was
 * put in front is one gap, not a change of all items.
 */
export function listGaps(before: readonly string[], after: readonly string[]): Gap[] {
  const head = commonHead(before, after);
  const tail = commonTail(before, after, head);
  const left = before.slice(head, before.length - tail);
  const right = after.slice(head, after.length - tail);
  const removed = new Set(left.keys());
  const added = new Set(right.keys());
  if (left.length * right.length <= LARGEST_TABLE) keepDifferent(left, right, removed, added);
  return gapsOf(left.length, right.length, { removed, added }, head);
}

/** jsondiffpatch marks what was removed with `_` before its index. */
function keepDifferent(
  left: readonly string[],
  right: readonly string[],
  removed: Set<number>,
  added: Set<number>,
): void {
  // As numbers they compare fast, however long the texts are.
  const ids = new Map<string, number>();
  const idOf = (text: string): number => {
    const id = ids.get(text) ?? ids.size;
    ids.set(text, id);
    return id;
  };
  const delta = Object.keys(DIFFER.diff(left.map(idOf), right.map(idOf)) ?? {});
  const different = new Set(delta);
  for (const index of removed) if (!different.has(`_${index}`)) removed.delete(index);
  for (const index of added) if (!different.has(String(index))) added.delete(index);
}

function gapsOf(
  lengthBefore: number,
  lengthAfter: number,
  { removed, added }: { readonly removed: Set<number>; readonly added: Set<number> },
  offset: number,
): Gap[] {
  const gaps: Gap[] = [];
  let i = 0;
  let j = 0;
  while (i < lengthBefore || j < lengthAfter) {
    const gap: { removed: number[]; added: number[] } = { removed: [], added: [] };
    while (removed.has(i)) gap.removed.push(offset + i++);
    while (added.has(j)) gap.added.push(offset + j++);
    if (gap.removed.length + gap.added.length > 0) gaps.push(gap);
    i += 1;
    j += 1;
  }
  return gaps;
}

function commonHead(before: readonly string[], after: readonly string[]): number {
  let length = 0;
  while (length < before.length && length < after.length && before[length] === after[length])
    length += 1;
  return length;
}

function commonTail(before: readonly string[], after: readonly string[], head: number): number {
  const most = Math.min(before.length, after.length) - head;
  let length = 0;
  while (length < most && before.at(-1 - length) === after.at(-1 - length)) length += 1;
  return length;
}
