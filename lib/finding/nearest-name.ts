import { distance } from 'fastest-levenshtein';

/**
 * @param name a misspelt name.
 * @param known the names that there are.
 * @param most how many letters may differ. @default a third of them, at least one
 * @returns the known name that was most likely meant; undefined when none is near.
 */
export function nearestName(
  name: string,
  known: readonly string[],
  most = Math.max(1, Math.floor(name.length / 3)),
): string | undefined {
  const sameLetters = known.find((other) => other.toLowerCase() === name.toLowerCase());
  if (sameLetters !== undefined) return sameLetters;
  const ranked = known
    .map((other) => ({ other, far: distance(name, other) }))
    .filter(({ far }) => far <= most)
    .sort((left, right) => left.far - right.far);
  return ranked[0]?.other;
}
