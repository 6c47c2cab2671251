const POSIX_CLASSES: { readonly [name: string]: string } = {
  alnum: '0-9A-Za-z',
  alpha: 'A-Za-z',
  ascii: '\\x00-\\x7F',
  blank: '\\t ',
  cntrl: '\\x00-\\x1F\\x7F',
  digit: '0-9',
  graph: '!-~',
  lower: 'a-z',
  print: ' -~',
  punct: '!-\\/:-@\\[-`{-~',
  space: '\\t\\n\\v\\f\\r ',
  upper: 'A-Z',
  word: '0-9A-Za-z_',
  xdigit: '0-9A-Fa-f',
};

/** The escapes of RE2 that JavaScript spells otherwise. Source: the syntax page of RE2. */
const ESCAPES: { readonly [escape: string]: string } = {
  '\\A': '^',
  '\\z': '$',
  '\\a': '\\x07',
  '\\pL': '\\p{L}',
  '\\pN': '\\p{N}',
};

/**
 * Rewrites a pattern of RE2 (Go's regular expressions, which the API server uses) for JavaScript.
 * Covered: a leading `(?i)`, `(?P<name>`, POSIX classes, `\A`, `\z` and needless escapes.
 *
 * @returns a pattern that `new RegExp(pattern, 'u')` accepts and that matches the same strings;
 *   undefined when there is no such rewriting.
 */
export function toJavaScriptPattern(pattern: string): string | undefined {
  // Most patterns mean the same in both dialects; they must come out as they went in.
  if (isJavaScriptPattern(pattern)) return pattern;
  const ignoresCase = /^\^?\(\?i\)/.test(pattern);
  const plain = ignoresCase ? pattern.replace('(?i)', '') : pattern;
  const translated = translateTokens(plain.replaceAll('(?P<', '(?<'), ignoresCase);
  return isJavaScriptPattern(translated) ? translated : undefined;
}

/**
 * @param pattern a regular expression's source.
 * @returns whether JavaScript compiles it with the `u` flag and reads it as RE2 does.
 */
function isJavaScriptPattern(pattern: string): boolean {
  // JavaScript takes a POSIX class for a set of letters, and newer versions know `(?i:`.
  if (/\[:\^?[a-z]+:\]|\(\?[a-zA-Z]/.test(pattern)) return false;
  try {
    return new RegExp(pattern, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}

function translateTokens(pattern: string, ignoresCase: boolean): string {
  let inClass = false;
  return pattern.replace(
    /\\p\{[^}]*\}|\\p[LN]|\\x\{[^}]*\}|\\x[0-9A-Fa-f]{2}|\\.|\[:[a-z]+:\]|\(\?<\w+>|[[\]]|[a-z]-[a-z]|[A-Z]-[A-Z]|[a-zA-Z]/gsu,
    (token) => {
      if (token === '[' || token === ']') inClass = token === '[';
      else if (token.startsWith('[:')) return POSIX_CLASSES[token.slice(2, -2)] ?? token;
      else if (token.startsWith('\\')) return translateEscape(token);
      else if (ignoresCase && !token.startsWith('(')) return bothCases(token, inClass);
      return token;
    },
  );
}

function translateEscape(token: string): string {
  const known = ESCAPES[token];
  if (known !== undefined) return known;
  // With the `u` flag JavaScript refuses to escape what needs no escape, RE2 does not.
  if (/^\\[^A-Za-z0-9\s^$\\.*+?()[\]{}|/-]$/u.test(token)) return token.slice(1);
  return token === '\\-' ? '\\x2D' : token;
}

function bothCases(token: string, inClass: boolean): string {
  if (!inClass && token.length === 3)
    return token.replaceAll(/[a-z]/gi, (letter) => bothCases(letter, false));
  const both = `${token.toLowerCase()}${token.toUpperCase()}`;
  return inClass ? both : `[${both}]`;
}
