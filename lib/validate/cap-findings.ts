import type { Finding, ResourceId } from '../finding/finding.ts';
import { counted } from './words.ts';

/** So many findings of one object are listed, of its schema and of each rule; beyond, one more says how many there are. */
export const MOST_FINDINGS = 100;

interface Group {
  readonly first: Finding;
  count: number;
}

/**
 * Leaves at most `MOST_FINDINGS` of each code and object, and one that counts the rest, behind all others.
 *
 * @param findings objects are told apart by their `resource`, which is one value for each.
 */
export function capFindings(findings: readonly Finding[]): Finding[] {
  const groups = new Map<ResourceId | undefined, Map<string, Group>>();
  const listed = findings.filter((finding) => countOf(finding, groups) <= MOST_FINDINGS);
  if (listed.length === findings.length) return listed;
  const all = [...groups.values()].flatMap((byCode) => [...byCode.values()]);
  const full = all.filter(({ count }) => count > MOST_FINDINGS);
  return [...listed, ...full.map(({ first, count }) => restOf(first, count - MOST_FINDINGS))];
}

function countOf(
  finding: Finding,
  groups: Map<ResourceId | undefined, Map<string, Group>>,
): number {
  const byCode = groups.get(finding.resource) ?? new Map<string, Group>();
  groups.set(finding.resource, byCode);
  const group = byCode.get(finding.code) ?? { first: finding, count: 0 };
  byCode.set(finding.code, group);
  group.count += 1;
  return group.count;
}

/**
 * Says how many mistakes are not listed.
 *
 * @param like one of those that are: of the same object, code and severity.
 */
export function restOf(like: Finding, count: number): Finding {
  return {
    code: like.code,
    severity: like.severity,
    message: `${counted(count, 'more mistake')} in this object, not listed here`,
    ...(like.resource !== undefined && { resource: like.resource }),
    hint: 'Mend those that are listed, then validate again.',
  };
}
