import type { JsonSchema } from '../sources/upstream-schema.ts';

export type { JsonSchema } from '../sources/upstream-schema.ts';

/**
 * @param value any value parsed from JSON.
 * @returns whether it is an object (no array, not null), which a schema must be to say something.
 */
export function isJsonSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Compares by code point, never by locale, so that output is the same on every machine.
 *
 * @returns a negative number when `left` comes first, 0 when equal, else a positive one.
 */
export function byCodePoint(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/**
 * @param names from the root of a document inwards.
 * @returns the JSON pointer (RFC 6901), as a URI fragment: `#/a/b`.
 */
export function jsonPointer(names: readonly (string | number)[]): string {
  return [
    '#',
    ...names.map((name) => String(name).replaceAll('~', '~0').replaceAll('/', '~1')),
  ].join('/');
}
