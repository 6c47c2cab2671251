import type { Position } from '../finding/finding.ts';

/**
 * The line and column of a place in a text, as in a `Position`.
 *
 * @param offset in UTF-16 units from the start, at most the length of the text.
 */
export function textPosition(text: string, offset: number): Pick<Position, 'line' | 'column'> {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: Buffer.byteLength(before.at(-1) ?? '') + 1 };
}
