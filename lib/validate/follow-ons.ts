import type { Finding, Path, ResourceId } from '../finding/finding.ts';

/**
 * Leaves out what rules of workloads find only because a schema finds something there already: of a misspelt or misplaced field, that the
 * right one is missing; of a value of the wrong type, that it is none. One mistake is one finding.
 *
 * @param findings those of schemas, and others; objects are told apart by their `resource`, which is one value for each.
 */
export function withoutFollowOns(
  findings: readonly Finding[],
  ofRules: readonly Finding[],
): Finding[] {
  const bySchema = new Map<ResourceId, Finding[]>();
  for (const finding of findings) {
    const isOfSchema = finding.severity === 'error' && finding.code.startsWith('schema/');
    if (finding.resource === undefined || !isOfSchema) continue;
    const same = bySchema.get(finding.resource);
    if (same === undefined) bySchema.set(finding.resource, [finding]);
    else same.push(finding);
  }
  if (bySchema.size === 0) return [...ofRules];
  return ofRules.filter((found) => {
    // The other areas look at such objects themselves.
    if (!found.code.startsWith('workloads/')) return true;
    const known = found.resource === undefined ? undefined : bySchema.get(found.resource);
    return known === undefined || !known.some((finding) => follows(found, finding));
  });
}

function follows(found: Finding, { path, fault }: Finding): boolean {
  if (path === undefined || found.path === undefined) return false;
  if (isPrefix(found.path, path) || isPrefix(path, found.path)) return true;
  return fault === 'key' && found.fault === 'missing' && isPrefix(path.slice(0, -1), found.path);
}

function isPrefix(short: Path, long: Path): boolean {
  return short.length <= long.length && short.every((step, index) => step === long[index]);
}
