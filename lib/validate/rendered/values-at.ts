import type { Path } from '../../finding/finding.ts';
import { valueAt } from '../../manifest/secret-fields.ts';

/** A value of a manifest with the place at which it stands. */
export interface Placed {
  readonly path: Path;
  readonly value: unknown;
}

/** The text at a place; undefined for the empty one, for another type, and when there is none. */
export function textAt(value: unknown, path: Path): string | undefined {
  const found = valueAt(value, path);
  return typeof found === 'string' && found !== '' ? found : undefined;
}

/** The items of the list at a place; none when there is no list. */
export function itemsAt(value: unknown, path: Path): Placed[] {
  const found = valueAt(value, path);
  if (!Array.isArray(found)) return [];
  return found.map((item: unknown, index) => ({ path: [...path, index], value: item }));
}
