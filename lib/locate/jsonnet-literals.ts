/** A part of a Jsonnet file that is no code: offsets in UTF-16 code units, the end exclusive. */
export interface Literal {
  /** `string` with its quotes, `block` with its `|||`, `comment` with its marks. */
  readonly kind: 'string' | 'block' | 'comment';
  readonly start: number;
  readonly end: number;
}

// Jsonnet specification, "Lexing". What is not closed reaches to the end of the file.
const LITERALS: readonly RegExp[] = [
  /\/\/[^\n]*|#[^\n]*|\/\*[\s\S]*?(?:\*\/|$(?![\s\S]))/,
  // Up to the first line that is not indented as the first one is: `|||` in a line that is belongs to the text.
  /\|\|\|-?[ \t\r]*\n(?:\r?\n)*(?<indent>[ \t]+)(?![ \t])[^\n]*\n(?:(?:\k<indent>[^\n]*|\r?)\n)*[ \t]*\|\|\||\|\|\|[\s\S]*/,
  /@'(?:[^']|'')*(?:'|$(?![\s\S]))|@"(?:[^"]|"")*(?:"|$(?![\s\S]))/,
  /'[^'\\]*(?:\\[\s\S][^'\\]*)*(?:'|$(?![\s\S]))|"[^"\\]*(?:\\[\s\S][^"\\]*)*(?:"|$(?![\s\S]))/,
];

/**
 * Finds the string literals, text blocks and comments of a Jsonnet file. JSON is Jsonnet too.
 *
 * @param text a file, which need not be valid.
 * @returns them in order; they do not overlap.
 */
export function jsonnetLiterals(text: string): Literal[] {
  const any = new RegExp(LITERALS.map(({ source }) => source).join('|'), 'g');
  return [...text.matchAll(any)].map((match) => ({
    kind: kindOf(match[0]),
    start: match.index,
    end: match.index + match[0].length,
  }));
}

function kindOf(literal: string): Literal['kind'] {
  if (literal.startsWith('|')) return 'block';
  return literal.startsWith('/') || literal.startsWith('#') ? 'comment' : 'string';
}
