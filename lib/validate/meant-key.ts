import { closest, distance } from 'fastest-levenshtein';

/**
 * Edits by which the letters of a key may differ from those of a known one. Our own choice: two slips of the
 * keyboard; the known keys differ from each other by more.
 */
const NEAR = 2;

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
    return (
      letters(other.name) === letters(own.name) &&
      isSimilarPrefix(own.prefix.toLowerCase(), other.prefix)
    );
  });
}

function letters(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

function split(key: string): { prefix: string; name: string } {
  const slash = key.lastIndexOf('/');
  return { prefix: key.slice(0, Math.max(slash, 0)), name: key.slice(slash + 1) };
}

/** One domain above the other, or the same first label and at most a third of the letters different. */
function isSimilarPrefix(own: string, known: string): boolean {
  if (own === '') return false;
  if (known.endsWith(`.${own}`)) return true;
  const [first] = known.split('.');
  const allowed = Math.max(own.length, known.length) / 3;
  return own.split('.')[0] === first && distance(own, known) <= allowed;
}
