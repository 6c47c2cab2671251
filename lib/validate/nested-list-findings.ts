import { FINDING_CODES } from '../finding/codes.ts';
import type { Finding } from '../finding/finding.ts';
import type { Manifest } from '../manifest/parse-manifests.ts';

/**
 * Finds what tk left of a List in a List. tk takes every object with an array `items` apart, and adds what was in it to the map
 * that it walks through: Go visits such additions or not, at random, so that the next run may render something else.
 * Source: Tanka v0.38.0, pkg/process/extract.go, `Unwrap`; The Go Programming Language Specification, For statements with range
 * clause.
 *
 * @param manifests as tk printed them: one with `items` can only be such a remainder.
 */
export function nestedListFindings(manifests: readonly Manifest[]): ReadonlyMap<Manifest, Finding> {
  const lists = manifests.filter(({ value }) => Array.isArray(value['items']));
  return new Map(lists.map((manifest) => [manifest, nestedList(manifest)]));
}

function nestedList({ resource }: Manifest): Finding {
  return {
    code: 'environment/nested-list',
    severity: FINDING_CODES['environment/nested-list'].severity,
    message: `a ${resource.kind} in another List: tk takes it apart or leaves it as it is, at random`,
    resource,
    path: ['items'],
    fault: 'key',
    expected: 'objects, or Lists with no Lists in them',
    hint: 'Render the items themselves: an array, or an object with any names, needs no List around it.',
  };
}
