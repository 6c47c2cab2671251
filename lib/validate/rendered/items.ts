import type { Path } from '../../finding/finding.ts';
import { isRecord } from '../../manifest/is-record.ts';
import { valueAt } from '../../manifest/secret-fields.ts';

/** The members of an object of a manifest. */
export type Fields = Readonly<Record<string, unknown>>;

/** A part of a manifest, and where it stands. */
export interface Item<T> {
  /** From the root of the manifest inwards. */
  readonly path: Path;
  readonly value: T;
}

/** The objects of a list; what is no object, and what is no list, is passed over. */
export function objectsAt(value: unknown, path: Path): Item<Fields>[] {
  return select(value, path, isRecord);
}

/** The texts of a list; what is no text, and what is no list, is passed over. */
export function textsAt(value: unknown, path: Path): Item<string>[] {
  return select(value, path, (item) => typeof item === 'string');
}

/** The items of a list; none of what is no list. */
export function itemsAt(value: unknown, path: Path): Item<unknown>[] {
  const list = valueAt(value, path);
  if (!Array.isArray(list)) return [];
  return list.map((item: unknown, index) => ({ path: [...path, index], value: item }));
}

function select<T>(
  value: unknown,
  path: Path,
  isWanted: (item: unknown) => item is T,
): Item<T>[] {
  const list = valueAt(value, path);
  if (!Array.isArray(list)) return [];
  const found: Item<T>[] = [];
  for (const [index, item] of list.entries())
    if (isWanted(item)) found.push({ path: [...path, index], value: item });
  return found;
}

/** A text with a letter at least; undefined for everything else. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Whether a value is there and not empty, as Istio sees it: an empty text or list counts as absent. */
export function isSet(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return value !== undefined && value !== null && value !== '';
}
