import type { Finding } from './finding.ts';

/** Findings by what they say; of those that say the same each has its number. The place in the Jsonnet does not count. */
export function findingsByKey(findings: readonly Finding[]): Map<string, Finding> {
  const byKey = new Map<string, Finding>();
  const seen = new Map<string, number>();
  for (const finding of findings) {
    const { code, severity, message, resource, path } = finding;
    const text = JSON.stringify([code, severity, message, resource ?? null, path ?? null]);
    const nth = seen.get(text) ?? 0;
    seen.set(text, nth + 1);
    byKey.set(`${text}${nth}`, finding);
  }
  return byKey;
}

/** Which findings came, and which went. One whose message changed did both. */
export function compareFindings(
  before: readonly Finding[],
  after: readonly Finding[],
): { readonly found: readonly Finding[]; readonly gone: readonly Finding[] } {
  const earlier = findingsByKey(before);
  const later = findingsByKey(after);
  return {
    found: [...later].filter(([key]) => !earlier.has(key)).map(([, finding]) => finding),
    gone: [...earlier].filter(([key]) => !later.has(key)).map(([, finding]) => finding),
  };
}
