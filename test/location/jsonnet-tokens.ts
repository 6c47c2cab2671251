/** A piece of a Jsonnet text that a mistake can be made in. */
export interface Token {
  readonly kind: 'string' | 'number' | 'name' | 'field';
  /** Offset of the first character, quotes included, and after the last. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Offset of the `{` around a field. */
  readonly brace: number;
}

const PATTERN =
  /\|\|\|[\s\S]*?\n\s*\|\|\||\/\/.*|#.*|\/\*[\s\S]*?\*\/|'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|(?<![\w.])\d+(?:\.\d+)?\b|[A-Za-z_]\w*|[{}[\]()]/g;

/** The one-line strings, numbers and field names of a text, in order; text blocks and comments are passed over. */
export function jsonnetTokens(text: string): Token[] {
  const open: { readonly mark: string; readonly at: number }[] = [];
  return [...text.matchAll(PATTERN)].flatMap((match): Token[] => {
    const [word] = match;
    const start = match.index;
    if ('{[('.includes(word)) open.push({ mark: word, at: start });
    if ('}])'.includes(word)) open.pop();
    const around = open.at(-1);
    const kind = kindOf(word, text.slice(start + word.length), around?.mark === '{');
    if (kind === undefined || isImport(text.slice(0, start))) return [];
    return [{ kind, start, end: start + word.length, text: word, brace: around?.at ?? 0 }];
  });
}

function kindOf(word: string, after: string, isInObject: boolean): Token['kind'] | undefined {
  if (isInObject && /^['"\w]/.test(word) && /^\s*\+?:(?!:)/.test(after)) return 'field';
  if (/^['"]/.test(word)) return 'string';
  if (/^\d/.test(word)) return 'number';
  return undefined;
}

/** The path of an import cannot be another without a failure of its own. */
function isImport(before: string): boolean {
  return /\bimport(?:str)?\s+$/.test(before);
}
