import type { Finding } from '../finding.ts';

/** Findings that have one cause: they say the same of the same place in the source. */
export interface SameFindings {
  readonly first: Finding;
  /** The others, in order. */
  readonly more: readonly Finding[];
}

/**
 * Puts together what has the same code, message and location, so that one wrong value which reaches twenty manifests is
 * reported once. A finding without a location stands alone.
 *
 * @param findings of one environment, in the order in which they are reported.
 */
export function groupSame(findings: readonly Finding[]): SameFindings[] {
  const groups = new Map<unknown, [Finding, ...Finding[]]>();
  for (const finding of findings) {
    const key = causeOf(finding) ?? finding;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  return [...groups.values()].map(([first, ...more]) => ({ first, more }));
}

function causeOf({ code, severity, message, hint, location }: Finding): string | undefined {
  if (location === undefined) return undefined;
  const { file, line, column, certainty } = location;
  return JSON.stringify([code, severity, message, hint, file, line, column, certainty]);
}
