import { FINDING_CODES } from '../finding/codes.ts';
import type { Finding } from '../finding/finding.ts';
import type { Manifest } from '../manifest/parse-manifests.ts';
import { groupOf } from './rendered/rendered-objects.ts';

/**
 * Finds objects that are rendered more than once: applied one after the other, the last would win.
 * The version of the API does not tell objects apart, only its group does.
 *
 * @returns for each manifest that repeats an earlier one, what to report.
 */
export function duplicateFindings(
  manifests: readonly Manifest[],
): ReadonlyMap<Manifest, readonly Finding[]> {
  const first = new Map<string, Manifest>();
  const findings = new Map<Manifest, readonly Finding[]>();
  for (const manifest of manifests) {
    const identity = identityOf(manifest);
    const earlier = first.get(identity);
    if (earlier === undefined || !hasName(earlier)) first.set(identity, manifest);
    else if (hasName(manifest)) findings.set(manifest, [duplicate(manifest, earlier)]);
  }
  return findings;
}

/** With generateName the cluster makes up a new name each time. */
function hasName({ value }: Manifest): boolean {
  const { metadata } = value as { metadata?: { name?: unknown } };
  return typeof metadata?.name === 'string';
}

function identityOf({ resource }: Manifest): string {
  const { apiVersion, kind, namespace = '', name } = resource;
  // No part of it can have a line break.
  return `${groupOf(apiVersion)}\n${kind}\n${namespace}\n${name}`;
}

function duplicate(manifest: Manifest, earlier: Manifest): Finding {
  const { kind, namespace, name } = manifest.resource;
  const where = namespace === undefined ? '' : ` in the namespace ${namespace}`;
  return {
    code: 'manifest/duplicate',
    severity: FINDING_CODES['manifest/duplicate'].severity,
    message: `${kind} ${name}${where} is rendered twice, as manifests ${earlier.index + 1} and ${manifest.index + 1}`,
    resource: manifest.resource,
    path: ['metadata', 'name'],
    fault: 'value',
    value: name,
    expected: 'one object of that group, kind, namespace and name',
    hint: 'Rename or remove one of the two; when both are applied, the last one wins.',
  };
}
