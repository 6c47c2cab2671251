import { createHash } from 'node:crypto';
import type { Finding } from './finding.ts';

/**
 * Tells a finding from others, the same in each run: neither the line nor the wording of the message counts, so it stays
 * when code moves and when Tankard's messages change. The version of an API does not count either.
 *
 * @param finding its environment, code, resource and path count.
 * @param nth which of the findings that are equal in all of this, from 0.
 * @returns SHA-256 in hexadecimal.
 */
export function fingerprint(finding: Finding, nth = 0): string {
  const { environment = '', code, resource, path = [] } = finding;
  const object = resource && [
    resource.apiVersion.replace(/\/?[^/]*$/, ''),
    resource.kind,
    resource.namespace ?? '',
    resource.name,
  ];
  const identity = [environment, code, object ?? [], path, ...(nth === 0 ? [] : [nth])];
  return createHash('sha256').update(JSON.stringify(identity)).digest('hex');
}

/**
 * The fingerprints of all findings of one run, no two the same.
 *
 * @param findings in the order in which they were found: it numbers those that are equal.
 */
export function fingerprints(findings: readonly Finding[]): Map<Finding, string> {
  const seen = new Map<string, number>();
  return new Map(
    findings.map((finding) => {
      const first = fingerprint(finding);
      const nth = seen.get(first) ?? 0;
      seen.set(first, nth + 1);
      return [finding, nth === 0 ? first : fingerprint(finding, nth)];
    }),
  );
}
