import { distance } from 'fastest-levenshtein';

/**
 * @param name a misspelt name.
 * @param known the names that there are.
 * @returns the known name that was most likely meant; undefined when none is near.
 */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const sameLetters = known.find((other) => other.toLowerCase() === name.toLowerCase());
  if (sameLetters !== undefined) return sameLetters;
  const most = Math.max(1, Math.floor(name.length / 3));
  const ranked = known
    .map((other) => ({ other, far: distance(name, other) }))
    .filter(({ far }) => far <= most)
    .sort((left, right) => left.far - right.far);
  return ranked[0]?.other;
}
