import { eastAsianWidth } from 'get-east-asian-width';
import type { Finding } from '../finding.ts';

/** Columns of a terminal that a quoted line takes at most. */
const DEFAULT_WIDTH = 100;
/** How much of a cut line stands before the column, of what is shown. */
const BEFORE = 0.6;
/** Tabs are shown as so many spaces, whatever the terminal makes of them. */
const TAB = 4;
const ELLIPSIS = '…';

/**
 * The source line of a finding with its number, and a caret below the column.
 *
 * @param width columns of the terminal that the text of the line may take.
 * @returns the line and the caret's line, without line breaks; empty when the finding has no source line to show.
 */
export function sourceExcerpt({ source, location }: Finding, width = DEFAULT_WIDTH): string[] {
  if (source === undefined || location === undefined) return [];
  const before = source.text.slice(0, source.column - 1).trimStart();
  const after = source.text.slice(source.column - 1).trimEnd();
  const [left, right] = fit([...shown(before)], [...shown(after)], width);
  const number = String(location.line);
  const gutter = ' '.repeat(number.length);
  return [
    `${number} | ${left}${right}`,
    `${gutter} | ${' '.repeat([...left].reduce((sum, character) => sum + columns(character), 0))}^`,
  ];
}

function shown(text: string): string {
  return text.replaceAll('\t', ' '.repeat(TAB));
}

/** Cuts both sides of the column, so that they fit the width together. */
function fit(before: readonly string[], after: readonly string[], width: number): [string, string] {
  const right = takeColumns(after, Math.max(width - widthOf(before), width * (1 - BEFORE)));
  const left = takeColumns(before.toReversed(), width - widthOf(right));
  return [
    (left.length < before.length ? ELLIPSIS : '') + left.toReversed().join(''),
    right.join('') + (right.length < after.length ? ELLIPSIS : ''),
  ];
}

function takeColumns(characters: readonly string[], most: number): readonly string[] {
  let taken = 0;
  const end = characters.findIndex((character) => (taken += columns(character)) > most);
  return end === -1 ? characters : characters.slice(0, end);
}

function widthOf(characters: readonly string[]): number {
  return characters.reduce((sum, character) => sum + columns(character), 0);
}

/**
 * Columns that a terminal takes for a character. `string-width` would also join emoji of several characters, and
 * takes 24 ms to load.
 */
function columns(character: string): number {
  if (/^[\p{Mark}\p{Format}]$/u.test(character)) return 0;
  return eastAsianWidth(character.codePointAt(0) ?? 0);
}
