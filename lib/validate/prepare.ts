import type { Path } from '../finding/finding.ts';

/**
 * Removes the members that are null, as the API server does when it decodes an object: to it they are
 * absent. Items of lists stay, since removing one would move the others.
 *
 * @param value parsed JSON or YAML; not changed.
 * @param keep paths of nulls to leave, as `pathKey` writes them: where null is a value of its own.
 * @param items what to put for null items of lists, by their paths.
 * @returns the same value when there is nothing to remove, else a copy of what leads there.
 */
export function stripNulls(
  value: unknown,
  keep: ReadonlySet<string> = NONE,
  items: ReadonlyMap<string, unknown> = NO_ITEMS,
): unknown {
  const isPlain = keep.size === 0 && items.size === 0;
  return isPlain && !hasNull(value) ? value : strip(value, [], { keep, items, isPlain });
}

/** Whether a member is null at any depth; it costs little to find that of most objects none is. */
function hasNull(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some(hasNull);
  const members = value as Readonly<Record<string, unknown>>;
  for (const key in members) {
    const member = members[key];
    if (member === null || (typeof member === 'object' && hasNull(member))) return true;
  }
  return false;
}

const NONE: ReadonlySet<string> = new Set();
const NO_ITEMS: ReadonlyMap<string, unknown> = new Map();

interface Exceptions {
  readonly keep: ReadonlySet<string>;
  readonly items: ReadonlyMap<string, unknown>;
  /** There are none, so that paths need not be known. */
  readonly isPlain: boolean;
}

/** @returns a text that no other path has. */
export function pathKey(path: Path): string {
  return JSON.stringify(path);
}

function strip(value: unknown, path: Path, exceptions: Exceptions): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return stripItems(value, path, exceptions);
  const { keep, isPlain } = exceptions;
  let changed = false;
  const members: [string, unknown][] = [];
  for (const [key, member] of Object.entries(value)) {
    const isKept = member !== null || (keep.size > 0 && keep.has(pathKey([...path, key])));
    const stripped = isKept
      ? strip(member, isPlain ? path : [...path, key], exceptions)
      : undefined;
    if (isKept) members.push([key, stripped]);
    changed ||= stripped !== member;
  }
  return changed ? Object.fromEntries(members) : value;
}

function stripItems(items: readonly unknown[], path: Path, exceptions: Exceptions): unknown {
  const { isPlain, items: replaced } = exceptions;
  const stripped = items.map((item, index) => {
    const at = isPlain ? path : [...path, index];
    if (item !== null || isPlain) return strip(item, at, exceptions);
    const key = pathKey(at);
    return replaced.has(key) ? replaced.get(key) : item;
  });
  return stripped.every((item, index) => item === items[index]) ? items : stripped;
}
