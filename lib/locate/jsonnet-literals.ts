/** A part of a Jsonnet file that is no code: offsets in UTF-16 code units, the end exclusive. */
export interface Literal {
  /** `string` with its quotes, `block` with its `|||`, `comment` with its marks. */
  readonly kind: 'string' | 'block' | 'comment';
  readonly start: number;
  readonly end: number;
}

// Jsonnet specification, "Lexing". What is not closed reaches to the end of the file.
const LITERALS: readonly (readonly [Literal['kind'], RegExp])[] = [
  ['comment', /\/\/[^\n]*|#[^\n]*|\/\*[\s\S]*?(?:\*\/|$(?![\s\S]))/],
  ['block', /\|\|\|-?[ \t\r]*\n(?:[\s\S]*?\n)?[ \t]*\|\|\||\|\|\|[\s\S]*/],
  ['string', /@'(?:[^']|'')*(?:'|$(?![\s\S]))|@"(?:[^"]|"")*(?:"|$(?![\s\S]))/],
  [
    'string',
    /'[^'\\]*(?:\\[\s\S][^'\\]*)*(?:'|$(?![\s\S]))|"[^"\\]*(?:\\[\s\S][^"\\]*)*(?:"|$(?![\s\S]))/,
  ],
];

/**
 * Finds the string literals, text blocks and comments of a Jsonnet file. JSON is Jsonnet too.
 *
 * @param text a file, which need not be valid.
 * @returns them in order; they do not overlap.
 */
export function jsonnetLiterals(text: string): Literal[] {
  const any = new RegExp(LITERALS.map(([, pattern]) => `(${pattern.source})`).join('|'), 'g');
  return [...text.matchAll(any)].map((match) => ({
    kind: kindOf(match.slice(1)),
    start: match.index,
    end: match.index + match[0].length,
  }));
}

function kindOf(groups: readonly (string | undefined)[]): Literal['kind'] {
  const index = groups.findIndex((group) => group !== undefined);
  return LITERALS[index]?.[0] ?? 'string';
}
