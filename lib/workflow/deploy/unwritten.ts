import type { ResourceId } from '../../finding/finding.ts';
import type { WrittenObject } from '../../tanka/apply.ts';

/**
 * The objects of which kubectl does not say that they were written. It writes in their order, and names no namespaces: each line
 * is the next object of that name. Only those of one kind, namespace and name, whose groups differ, tk puts in another order each
 * time. Source: Tanka v0.38.0, pkg/process/sort.go.
 *
 * @param resources what was applied, in tk's order.
 * @returns in the order of `resources`.
 */
export function unwritten(
  resources: readonly ResourceId[],
  written: readonly WrittenObject[],
): ResourceId[] {
  const missing = new Set(resources);
  let next = 0;
  for (const same of alike(resources)) {
    for (;;) {
      const object = written[next]?.object;
      const found = same.find((one) => missing.has(one) && kubectlName(one) === object);
      if (found === undefined) break;
      missing.delete(found);
      next += 1;
    }
  }
  return [...missing];
}

/** Those that stand together and have one kind, namespace and name. */
function alike(resources: readonly ResourceId[]): ResourceId[][] {
  const runs: ResourceId[][] = [];
  for (const resource of resources) {
    const last = runs.at(-1);
    if (last?.[0] !== undefined && isAlike(last[0], resource)) last.push(resource);
    else runs.push([resource]);
  }
  return runs;
}

function isAlike(one: ResourceId, other: ResourceId): boolean {
  return one.kind === other.kind && one.namespace === other.namespace && one.name === other.name;
}

function kubectlName({ apiVersion, kind, name }: ResourceId): string {
  const [group, version] = apiVersion.split('/');
  const suffix = version === undefined ? '' : `.${group}`;
  return `${kind.toLowerCase()}${suffix}/${name}`;
}
