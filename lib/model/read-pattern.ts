import { isRe2Pattern } from './is-re2-pattern.ts';
import { toJavaScriptPattern } from './re2-pattern.ts';
import { countUnexpressed, type Reader } from './reader.ts';

/**
 * Reads the pattern of a string. One that JavaScript cannot express is kept and counted; one that the API server itself
 * cannot compile is counted alone, since whoever compiles it fails.
 *
 * @returns undefined for what is no pattern.
 */
export function readPattern(pattern: unknown, reader: Reader): string | undefined {
  const text = typeof pattern === 'string' && isRe2Pattern(pattern) ? pattern : undefined;
  if (text === undefined || toJavaScriptPattern(text) === undefined)
    countUnexpressed(reader, 'pattern');
  return text;
}
