import { FINDING_CODES } from '../finding/codes.ts';
import type { Finding, ResourceId } from '../finding/finding.ts';
import type { Upstream } from '../sources/upstream.ts';
import { nearestName } from '../finding/nearest-name.ts';
import { listed } from './words.ts';

/** What to report about an object whose kind has no schema: what was meant, when that can be guessed. */
export function unknownKindFinding(resource: ResourceId, upstream: Upstream): Finding {
  const { apiVersion, kind } = resource;
  const base = {
    code: 'schema/unknown-kind',
    severity: FINDING_CODES['schema/unknown-kind'].severity,
    message: `no schema is known for the kind ${kind} in ${apiVersion}`,
    resource,
    fault: 'value',
  } as const;
  const versions = versionsOf(kind, upstream);
  if (versions.length > 0) {
    const expected = listed(versions, 'or');
    const hint = `${kind} is known in ${listed(versions, 'and')}.`;
    return { ...base, path: ['apiVersion'], value: apiVersion, expected, hint };
  }
  const near = nearestName(kind, kindsIn(apiVersion, upstream)) ?? nearKind(kind, upstream);
  return {
    ...base,
    path: ['kind'],
    value: kind,
    ...(near !== undefined && { expected: near }),
    hint:
      near === undefined
        ? `Check the spelling; or list "${apiVersion}/${kind}" under unknownKinds in tankard.yaml.`
        : `Did you mean ${near}?`,
  };
}

function versionsOf(kind: string, upstream: Upstream): string[] {
  return upstream
    .kinds()
    .filter((known) => known.kind === kind)
    .map((known) => known.apiVersion);
}

function kindsIn(apiVersion: string, upstream: Upstream): string[] {
  return upstream
    .kinds()
    .filter((known) => known.apiVersion === apiVersion)
    .map((known) => known.kind);
}

/** Among the kinds of all groups only another capitalization: short names are near each other by chance. */
function nearKind(kind: string, upstream: Upstream): string | undefined {
  const known = upstream.kinds().find((each) => each.kind.toLowerCase() === kind.toLowerCase());
  return known?.kind;
}
