import type { SourceLine } from '../finding/finding.ts';
import { isCredentialName, looksSecret } from '../manifest/looks-secret.ts';
import type { Literal } from './jsonnet-literals.ts';

/** Stands for a literal that may be secret. */
const MASK = "'***'";

/** How far before a literal the name is looked for that it is given to. */
const NAME_REACH = 200;

/** Digits of a number that is looked for among the secrets. */
const SHORTEST_NUMBER = 4;

/** A file, and what is known of the texts in it. */
export interface MaskOptions {
  readonly text: string;
  /** Its literals, as `jsonnetLiterals` finds them. */
  readonly literals: readonly Literal[];
  /** Whether the report says a text anyway. */
  readonly isSaid: (text: string) => boolean;
  /** Whether a text is secret for all that is known. */
  readonly isSecret: (text: string) => boolean;
}

/** A line of a file and a place in it, in UTF-16 code units from the start of the file. */
export interface LinePlace {
  readonly start: number;
  /** Before the line break. */
  readonly end: number;
  readonly at: number;
}

interface Piece {
  /** Where it starts in the file. */
  readonly start: number;
  readonly text: string;
  /** The literal that it is, or is a part of; code has none. */
  readonly literal?: Literal;
}

/**
 * A line of a Jsonnet file, without its comments. Of its literals those are shown that name a field or an imported file,
 * that the report says anyway, or that are not secret and stand on no line with the name of a credential.
 *
 * @returns undefined when something secret would show in spite of that.
 */
export function maskLine(options: MaskOptions, place: LinePlace): SourceLine | undefined {
  const pieces = piecesOf(options.literals, options.text, place);
  if (pieces.some((piece) => hasSecretNumber(piece, options))) return undefined;
  const names = pieces
    .filter(({ literal }) => literal === undefined || isName(options.text, literal))
    .flatMap(({ text }) => text.match(/[\w$-]+/g) ?? []);
  const namesCredential = names.some((name) => isCredentialName(name));
  const masked = pieces.map((piece) => maskPiece(piece, options, namesCredential));
  return { text: masked.join(''), column: columnIn(pieces, masked, place) };
}

/** A number cannot be masked as a literal is. A short one is in a Secret by chance. */
function hasSecretNumber(piece: Piece, { text, isSaid, isSecret }: MaskOptions): boolean {
  if (piece.literal !== undefined) return false;
  return [...piece.text.matchAll(/(?<![\w$.])\d[\w.]*/g)].some(({ 0: number, index }) => {
    if (isGivenToCredential(text, piece.start + index)) return true;
    return number.length >= SHORTEST_NUMBER && !isSaid(number) && isSecret(number);
  });
}

function piecesOf(literals: readonly Literal[], text: string, { start, end }: LinePlace): Piece[] {
  const pieces: Piece[] = [];
  let done = start;
  for (const literal of literals) {
    if (literal.end <= start || literal.start >= end) continue;
    const from = Math.max(literal.start, start);
    const to = Math.min(literal.end, end);
    pieces.push(
      { start: done, text: text.slice(done, from) },
      { start: from, text: text.slice(from, to), literal },
    );
    done = to;
  }
  return [...pieces, { start: done, text: text.slice(done, end) }];
}

function maskPiece(
  { text: piece, literal }: Piece,
  { text, isSaid, isSecret }: MaskOptions,
  namesCredential: boolean,
): string {
  if (literal === undefined) return piece;
  if (literal.kind === 'comment') return '';
  const content = contentOf(text, literal);
  const isHidden = isName(text, literal)
    ? looksSecret(content)
    : isGivenToCredential(text, literal.start) ||
      (!isSaid(content) && (namesCredential || looksSecret(content) || isSecret(content)));
  return isHidden && content !== '' ? MASK : piece;
}

function contentOf(text: string, { kind, start, end }: Literal): string {
  const inside = text.slice(start, end);
  if (kind === 'block') return inside.replace(/^\|\|\|-?[ \t\r]*\n/, '').replace(/\s*\|\|\|$/, '');
  return inside.replace(/^@?["']/, '').replace(/["']$/, '');
}

/** Such as `'a': 1`, `['a']: 1`, `x['a']` and `import 'a'`. */
function isName(text: string, { kind, start, end }: Literal): boolean {
  if (kind !== 'string') return false;
  const before = text.slice(Math.max(0, start - NAME_REACH), start);
  const after = text.slice(end, end + NAME_REACH);
  if (/\bimport(?:str|bin)?[\s(]*$/.test(before)) return true;
  if (/^\s*\+?:/.test(after)) return /(?:^|[{,[\s])$/.test(before);
  return /[\w$)\]]\[$/.test(before) && after.startsWith(']');
}

/** Such as `password: 'x'`, `token='x'` and `withPassword('x')`. */
function isGivenToCredential(text: string, start: number): boolean {
  const before = text.slice(Math.max(0, start - NAME_REACH), start);
  const given = /([\w$-]+)["'\]]*\s*(?:\+?:{1,3}|=|\()\s*$/.exec(before);
  return given?.[1] !== undefined && isCredentialName(given[1]);
}

/** Where the place is in the masked line: UTF-16 code units from 1. */
function columnIn(pieces: readonly Piece[], masked: readonly string[], { at }: LinePlace): number {
  let column = 1;
  let done = 0;
  for (const [index, { text, start }] of pieces.entries()) {
    if (at < start) break;
    const isWhole = masked[index] === text;
    column = done + 1 + (isWhole ? Math.min(at - start, text.length) : 0);
    done += masked[index]?.length ?? 0;
  }
  return column;
}
