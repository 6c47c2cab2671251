import { closest, distance } from 'fastest-levenshtein';

/**
 * Edits by which the letters of a key may differ from those of a known one. Our own choice: two slips of the
 * keyboard; the known keys differ from each other by more.
 */
const NEAR = 2;

/** Parts of a domain that say nothing about whose key it is. */
const COMMON_LABELS = new Set(['com', 'io', 'org', 'net', 'dev', 'www', 'k8s', 'kubernetes', 'v1']);

/**
 * The known annotation or label key that a key was probably meant to be: one with nearly the same letters
 * (`role-arm`, `roleArn`, a dot for the slash), or the same name under a similar prefix
 * (`eks.amazon.com/role-arn`).
 *
 * @param key not one of `known`.
 */
export function meantKey(key: string, known: readonly string[]): string | undefined {
  const byLetters = new Map(known.map((one) => [letters(one), one]));
  const near = byLetters.size === 0 ? undefined : closest(letters(key), [...byLetters.keys()]);
  if (near !== undefined && distance(letters(key), near) <= NEAR) return byLetters.get(near);
  const own = split(key);
  return known.find((one) => {
    const other = split(one);
    return letters(other.name) === letters(own.name) && sharesLabel(own.prefix, other.prefix);
  });
}

function letters(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

function split(key: string): { prefix: string; name: string } {
  const slash = key.lastIndexOf('/');
  return { prefix: key.slice(0, Math.max(slash, 0)), name: key.slice(slash + 1) };
}

function sharesLabel(left: string, right: string): boolean {
  const labels = new Set(right.split('.').filter((label) => !COMMON_LABELS.has(label)));
  return left
    .toLowerCase()
    .split('.')
    .some((label) => labels.has(label));
}
