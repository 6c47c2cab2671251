import { eastAsianWidth } from 'get-east-asian-width';
import type { Finding } from '../finding.ts';

/** Columns of a terminal that a quoted line takes at most. */
const DEFAULT_WIDTH = 100;
/** How much of a cut line stands before the column, of what is shown. */
const BEFORE = 0.6;
/** Tabs are shown as so many spaces, whatever the terminal makes of them. */
const TAB = 4;
const ELLIPSIS = '…';
/** UTF-16 code units of a character, hardly more; what is further away than the width is not looked at. */
const LONGEST_CHARACTER = 8;

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
  const [left, right] = fit(
    characters(before.slice(-width * LONGEST_CHARACTER)),
    characters(after.slice(0, width * LONGEST_CHARACTER)),
    width,
  );
  const number = String(location.line);
  const gutter = ' '.repeat(number.length);
  return [
    `${number} | ${[...left, ...right].join('')}`.trimEnd(),
    `${gutter} | ${' '.repeat(widthOf(left))}^`,
  ];
}

/**
 * The start of a line, as much as fits.
 *
 * @param width columns of a terminal, from 1.
 * @returns the line itself when it fits, else what does with `…` at its end.
 */
export function cutLine(line: string, width: number): string {
  const start = line.slice(0, (width + 1) * LONGEST_CHARACTER);
  if (start.length === line.length && start.length <= width / 2) return line;
  const all = characters(start);
  if (widthOf(all) <= width) return all.join('');
  return [...takeColumns(all, width - 1), ELLIPSIS].join('');
}

/** What a reader takes for characters: letters with their accents, emoji of several parts. */
function characters(text: string): string[] {
  const shown = text.replaceAll('\t', ' '.repeat(TAB));
  return Array.from(new Intl.Segmenter().segment(shown), ({ segment }) => segment);
}

/** Cuts both sides of the column, so that they fit the width together. */
function fit(
  before: readonly string[],
  after: readonly string[],
  width: number,
): [readonly string[], readonly string[]] {
  const right = takeColumns(after, Math.max(width - widthOf(before), width * (1 - BEFORE)));
  const left = takeColumns(before.toReversed(), width - widthOf(right));
  return [
    left.length < before.length ? [ELLIPSIS, ...left.toReversed()] : before,
    right.length < after.length ? [...right, ELLIPSIS] : after,
  ];
}

function takeColumns(all: readonly string[], most: number): readonly string[] {
  let taken = 0;
  const end = all.findIndex((character) => (taken += columns(character)) > most);
  return end === -1 ? all : all.slice(0, end);
}

function widthOf(all: readonly string[]): number {
  return all.reduce((sum, character) => sum + columns(character), 0);
}

/** Columns that a terminal takes for a character. `string-width` knows more emoji, and takes 24 ms to load. */
function columns(character: string): number {
  if (/^[\p{Mark}\p{Format}]+$/u.test(character)) return 0;
  return eastAsianWidth(character.codePointAt(0) ?? 0);
}
