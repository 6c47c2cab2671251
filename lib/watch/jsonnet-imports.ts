import { jsonnetLiterals } from '../locate/jsonnet-literals.ts';

/** A path that a Jsonnet text imports. */
export interface JsonnetImport {
  /** Of these, only what `import` reads is Jsonnet again. */
  readonly kind: 'import' | 'importstr' | 'importbin';
  /** As Jsonnet reads the literal: escapes are resolved, nothing else is. */
  readonly path: string;
}

/** The string literals of a Jsonnet text, imported paths apart from the others. */
export interface JsonnetStrings {
  /** In the order of the text; a path may come more than once. */
  readonly imports: readonly JsonnetImport[];
  /** The values of all other string literals, those of text blocks left out. */
  readonly others: readonly string[];
}

/** Keyword before an imported path. Source: Jsonnet specification, "Lexing" and "Abstract Syntax". */
const KEYWORD = /(?<![\w$])(import(?:str|bin)?)\s*$/;

/**
 * Reads the string literals of a Jsonnet text. An imported path is always one: the language computes none, and takes no
 * text block.
 *
 * @param text a file, which need not be valid: what follows an unclosed literal is lost, and tk reads nothing of the
 *   file then.
 */
export function jsonnetStrings(text: string): JsonnetStrings {
  const imports: JsonnetImport[] = [];
  const others: string[] = [];
  let code = '';
  let done = 0;
  for (const { kind, start, end } of jsonnetLiterals(text)) {
    code += text.slice(done, start);
    done = end;
    if (kind === 'string') {
      const path = valueOf(text.slice(start, end));
      const keyword = KEYWORD.exec(code)?.[1] as JsonnetImport['kind'] | undefined;
      if (keyword === undefined) others.push(path);
      else imports.push({ kind: keyword, path });
    }
    // A comment may stand between the keyword and the path.
    code = kind === 'comment' ? `${code} ` : '';
  }
  return { imports, others };
}

/** Escapes of a string that is not verbatim. Source: Jsonnet specification, "Lexing". */
const ESCAPED: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

function valueOf(literal: string): string {
  const verbatim = /^@(['"])([\s\S]*?)\1?$/.exec(literal);
  if (verbatim !== null) {
    const [, quote = '', content = ''] = verbatim;
    return content.replaceAll(quote + quote, quote);
  }
  const content = literal.slice(1).replace(literal.startsWith('"') ? /"$/ : /'$/, '');
  if (!content.includes('\\')) return content;
  return content.replace(/\\(?:u([0-9a-fA-F]{4})|([\s\S]))/g, (_, hex?: string, letter = '') =>
    hex === undefined
      ? (ESCAPED[letter as string] ?? (letter as string))
      : String.fromCodePoint(Number.parseInt(hex, 16)),
  );
}
