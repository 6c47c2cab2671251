import { FINDING_CODES } from '../finding/codes.ts';
import type { Finding, ResourceId } from '../finding/finding.ts';
import type { Upstream, UpstreamKind } from '../sources/upstream.ts';
import { nearestName } from '../finding/nearest-name.ts';
import { removedFinding } from './api-lifecycle-findings.ts';
import { listed } from './words.ts';
import { groupOf } from './rendered/rendered-objects.ts';

/** What to report about an object whose kind has no schema: what was meant, when that can be guessed. */
export function unknownKindFinding(resource: ResourceId, upstream: Upstream): Finding {
  const { apiVersion, kind } = resource;
  const removed = removedFinding(resource, upstream);
  if (removed !== undefined) return removed;
  const base = {
    code: 'schema/unknown-kind',
    severity: FINDING_CODES['schema/unknown-kind'].severity,
    message: `no schema is known for the kind ${kind} in ${apiVersion}`,
    resource,
    fault: 'value',
  } as const;
  const candidates = candidatesFor(apiVersion, upstream);
  const versions = versionsOf(kind, candidates);
  if (versions.length > 0) {
    const expected = listed(versions, 'or');
    const hint = `${kind} is known in ${listed(versions, 'and')}.`;
    return { ...base, path: ['apiVersion'], value: apiVersion, expected, hint };
  }
  const near = nearKind(kind, candidates);
  return {
    ...base,
    path: ['kind'],
    value: kind,
    ...(near !== undefined && { expected: near }),
    hint:
      near === undefined
        ? `Check the spelling; or give Tankard its CRD (\`tankard import\`), or list "${apiVersion}/${kind}" under unknownKinds in tankard.yaml.`
        : `Did you mean ${near}?`,
  };
}

/** Groups that were renamed. Source: the upgrade notes of cert-manager v0.11. */
const RENAMED: ReadonlyMap<string, string> = new Map([['certmanager.k8s.io', 'cert-manager.io']]);

/** How many letters of a group may be wrong: `networking.x-k8s.io` is not meant to be `networking.istio.io`. */
const MOST_WRONG = 2;

/** The kinds that may have been meant, by how likely that is. */
interface Candidates {
  /** Those of the same group, under its name of today and spelt right. */
  readonly sameGroup: readonly UpstreamKind[];
  readonly others: readonly UpstreamKind[];
}

/**
 * Another vendor may well have a Service of its own, so the kinds of other groups are candidates only where every kind
 * of the group is known: in those with schemas, and in those without a dot, such as extensions, which are Kubernetes'
 * own: the group of a custom resource must have one. Source: k8s.io/apiextensions-apiserver,
 * pkg/apis/apiextensions/validation/validation.go.
 */
function candidatesFor(apiVersion: string, upstream: Upstream): Candidates {
  const group = groupOf(apiVersion);
  const all = upstream.kinds();
  const groups = [...new Set(all.map((known) => groupOf(known.apiVersion)))];
  const meant = RENAMED.get(group) ?? nearestName(group, groups, MOST_WRONG);
  return {
    sameGroup: all.filter((known) => groupOf(known.apiVersion) === meant),
    others: groups.includes(group) || !group.includes('.') ? all : [],
  };
}

function versionsOf(kind: string, { sameGroup, others }: Candidates): string[] {
  const own = sameGroup.filter((known) => known.kind === kind);
  const found = own.length > 0 ? own : others.filter((known) => known.kind === kind);
  return found.map((known) => known.apiVersion);
}

/** In other groups only another capitalization: short names are near each other by chance. */
function nearKind(kind: string, { sameGroup, others }: Candidates): string | undefined {
  const names = sameGroup.map((known) => known.kind);
  return (
    nearestName(kind, names) ??
    others.find((known) => known.kind.toLowerCase() === kind.toLowerCase())?.kind
  );
}
