/** What RE2 writes otherwise than JavaScript, and all that stands for itself. */
const TOKEN =
  /\\Q.*?(?:\\E|$)|\\[pP](?:\{\^?\w+\}|[A-Z])|\\x\{[0-9A-Fa-f]{1,6}\}|\\x[0-9A-Fa-f]{2}|\\.?|\[\^?\]?|\]|\[:\^?[a-z]+:\]|\{\d+(?:,\d*)?\}|\(\?P?<[A-Za-z_]\w*>|\(\?[imsU]*(?:-[imsU]+)?[:)]|\(\?|[^\\]/gsu;

/** The letters and digits after which a backslash means something. Source: the syntax page of RE2. */
const ESCAPES = 'afnrtvdDsSwWbBAzC0';

const MOST_REPEATS = 1000;
const LAST_UNIT = 0xff_ff;

/**
 * Whether RE2, the API server's regular expressions, compiles a pattern: it has no assertions such as `(?=`, no
 * references back and no more than 1,000 repeats.
 *
 * @param pattern any text.
 */
export function isRe2Pattern(pattern: string): boolean {
  let inClass = false;
  let plain = '';
  for (const [token] of pattern.matchAll(TOKEN)) {
    const translated = inClass ? inClassToken(token) : outsideToken(token);
    if (translated === undefined) return false;
    plain += translated;
    inClass = inClass ? !/^(?:\[\^?)?\]$/.test(token) : /^\[\^?\]?$/.test(token);
  }
  return !inClass && compiles(plain);
}

function outsideToken(token: string): string | undefined {
  if (token.startsWith('(?')) return groupToken(token);
  if (/^\[\^?\]$/.test(token)) return token.replace(']', '\\]');
  // JavaScript does not repeat what matches a place.
  if (token === '^' || token === '$') return '(?:)';
  if (/^\{\d/.test(token)) return isRepeat(token) ? token : undefined;
  return token.startsWith('\\') ? escapeToken(token) : character(token);
}

function groupToken(token: string): string | undefined {
  if (token === '(?') return undefined;
  return token.endsWith(')') ? '' : '(?:';
}

function isRepeat(token: string): boolean {
  const counts = token.match(/\d+/g) ?? [];
  return counts.every((count) => Number(count) <= MOST_REPEATS);
}

function inClassToken(token: string): string | undefined {
  if (/^\[:.*:\]$/.test(token)) return 'a';
  if (token.startsWith('[')) return token.replace('[', '\\[');
  return token.startsWith('\\') ? escapeToken(token) : character(token);
}

function escapeToken(token: string): string | undefined {
  if (token.startsWith('\\Q')) return '\\.';
  if (/^\\[pP]./.test(token)) return '\\w';
  if (token.startsWith('\\x{')) return codePoint(Number.parseInt(token.slice(3, -1), 16));
  if (/^\\x./.test(token)) return token;
  const [, escaped = ''] = token;
  if (escaped === '') return undefined;
  if (!/[A-Za-z0-9]/.test(escaped)) return token;
  return ESCAPES.includes(escaped) ? token.replace(/[AzCbB]/, '.') : undefined;
}

function character(token: string): string {
  const code = token.codePointAt(0) ?? 0;
  return code > LAST_UNIT ? codePoint(code) : token;
}

/** The last unit stands for all that takes two, which JavaScript would not take for one end of a range. */
function codePoint(code: number): string {
  return `\\u${Math.min(code, LAST_UNIT).toString(16).padStart(4, '0')}`;
}

function compiles(pattern: string): boolean {
  try {
    return new RegExp(pattern) instanceof RegExp;
  } catch {
    return false;
  }
}
