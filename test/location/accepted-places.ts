import { jsonnetTokens } from './jsonnet-tokens.ts';
import type { Case } from './corpus.ts';
import { COMPOSED, REFERENCE } from './program.ts';
import type { Told } from './run-corpus.ts';

/** The lines that are right for a case, as `FILE:LINE`, and why there are several. */
export interface Accepted {
  readonly places: readonly string[];
  readonly why?: string;
}

/**
 * The line of the edit, and others that are as right: of a mistake made at random, those of the other literals of
 * which a text is put together, and those that read a field by the name that it had.
 */
export function acceptedPlaces({ places, random, files, why }: Case, told: Told): Accepted {
  const own = places.map(({ file, line }) => `${file}:${line}`);
  if (random === undefined) return { places: own, ...(why === undefined ? {} : { why }) };
  const { changed, text } = random;
  const value = told.value ?? refusedText(told.path);
  if (changed === 'value' && typeof value === 'string' && isPartOf(text, value)) {
    const parts = literalsIn(value, files);
    return { places: [...own, ...parts], why: COMPOSED };
  }
  if (changed !== 'value' && told.path === `Field does not exist: ${text}`)
    return { places: [...own, ...linesWith(`.${text}`, files)], why: REFERENCE };
  return { places: own };
}

/** The text that the message of a check shows. */
function refusedText(message: string): unknown {
  const shown = /, got string (".*")$/.exec(message)?.[1];
  return shown === undefined ? undefined : JSON.parse(shown);
}

/** Whether a literal, which may be a format, is a part of a text and not the whole. */
function isPartOf(literal: string, value: string): boolean {
  const fixed = literal.split(/%(?:\([^)]*\))?[a-z]/);
  return literal !== value && fixed.every((part) => value.includes(part));
}

function literalsIn(value: string, files: Case['files']): string[] {
  return Object.entries(files).flatMap(([file, text]) =>
    jsonnetTokens(text)
      .filter((token) => token.kind === 'string' && isPartOf(token.text.slice(1, -1), value))
      .map(({ start }) => `${file}:${text.slice(0, start).split('\n').length}`),
  );
}

function linesWith(part: string, files: Case['files']): string[] {
  return Object.entries(files).flatMap(([file, text]) =>
    text
      .split('\n')
      .flatMap((line, index) => (line.includes(part) ? [`${file}:${index + 1}`] : [])),
  );
}
