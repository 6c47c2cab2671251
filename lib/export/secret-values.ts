import type { ResourceId } from '../finding/finding.ts';
import { isRecord } from '../manifest/is-record.ts';
import type { Manifest } from '../manifest/parse-manifests.ts';

/** The Secrets among objects that have values, which an export would write into Git as they are. */
export function secretsWithValues(manifests: readonly Manifest[]): ResourceId[] {
  return manifests.filter(hasValues).map(({ resource }) => resource);
}

function hasValues({ resource, value }: Manifest): boolean {
  if (resource.apiVersion !== 'v1' || resource.kind !== 'Secret') return false;
  return [value['data'], value['stringData']].some((fields) => {
    // What is no object has no place in a Secret, and may be anything.
    if (!isRecord(fields)) return fields !== undefined && fields !== null;
    return Object.values(fields).some((field) => field !== null && field !== '');
  });
}
