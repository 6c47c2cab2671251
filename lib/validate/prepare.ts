import type { Path } from '../finding/finding.ts';

/**
 * Removes the members that are null, as the API server does when it decodes an object: to it they are
 * absent. Items of lists stay, since removing one would move the others.
 *
 * @param value parsed JSON or YAML; not changed.
 * @param keep paths of nulls to leave, as `pathKey` writes them: where null is a value of its own.
 * @returns the same value when there is nothing to remove, else a copy of what leads there.
 */
export function stripNulls(value: unknown, keep: ReadonlySet<string> = new Set()): unknown {
  return strip(value, [], keep);
}

/** @returns a text that no other path has. */
export function pathKey(path: Path): string {
  return JSON.stringify(path);
}

function strip(value: unknown, path: Path, keep: ReadonlySet<string>): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return stripItems(value, path, keep);
  let changed = false;
  const members: [string, unknown][] = [];
  for (const [key, member] of Object.entries(value)) {
    const isKept = member !== null || (keep.size > 0 && keep.has(pathKey([...path, key])));
    const stripped = isKept
      ? strip(member, keep.size > 0 ? [...path, key] : path, keep)
      : undefined;
    if (isKept) members.push([key, stripped]);
    changed ||= stripped !== member;
  }
  return changed ? Object.fromEntries(members) : value;
}

function stripItems(items: readonly unknown[], path: Path, keep: ReadonlySet<string>): unknown {
  const stripped = items.map((item, index) => strip(item, [...path, index], keep));
  return stripped.every((item, index) => item === items[index]) ? items : stripped;
}
