import type { ResourceId } from '../finding/finding.ts';

/** What stands for the group of `v1`, which has no name. The documentation of Kubernetes calls it so. */
const CORE = 'core';

/**
 * A text for the identity of a resource: group, kind, namespace and name, such as `apps/Deployment/default/web` or
 * `core/Namespace/default`. The API version is no part of it. Two resources have the same text only if they are the same
 * object in a cluster; a `/`, `#` or `%` in a name is written as in a URL.
 */
export function resourceKey({ apiVersion, kind, namespace, name }: ResourceId): string {
  const slash = apiVersion.indexOf('/');
  const group = slash === -1 ? CORE : apiVersion.slice(0, slash);
  const parts = namespace === undefined ? [group, kind, name] : [group, kind, namespace, name];
  return parts.map((part) => part.replaceAll(/[%/#]/g, encodeURIComponent)).join('/');
}

/**
 * The keys of all resources of a render, in their order. The second resource of one identity gets `#2` at its end, the
 * third `#3`, so that each key is there once.
 */
export function resourceKeys(resources: readonly ResourceId[]): string[] {
  const counts = new Map<string, number>();
  return resources.map((resource) => {
    const key = resourceKey(resource);
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count === 1 ? key : `${key}#${count}`;
  });
}
