import { keyFault } from '../../../metadata/name-form.ts';

/**
 * The names of resources, as the API server sorts them.
 * Source: k8s.io/kubernetes v1.36.3 pkg/apis/core/helper/helpers.go.
 */
const OF_CONTAINERS = new Set(['cpu', 'memory', 'ephemeral-storage']);
const COUNTED = new Set([
  'pods',
  'resourcequotas',
  'services',
  'replicationcontrollers',
  'secrets',
  'configmaps',
  'persistentvolumeclaims',
  'services.nodeports',
  'services.loadbalancers',
]);
const QUOTAS = new Set([
  ...OF_CONTAINERS,
  ...COUNTED,
  'requests.cpu',
  'requests.memory',
  'requests.storage',
  'requests.ephemeral-storage',
  'limits.cpu',
  'limits.memory',
  'limits.ephemeral-storage',
]);

/** Huge pages of one size, such as `hugepages-2Mi`. */
export function isHugePages(name: string): boolean {
  return name.startsWith('hugepages-');
}

/** What Kubernetes itself has, not a device plugin. */
function isNative(name: string): boolean {
  return !name.includes('/') || name.includes('kubernetes.io/');
}

/** A resource of a device plugin, such as `nvidia.com/gpu`. */
export function isExtended(name: string): boolean {
  return (
    !isNative(name) && !name.startsWith('requests.') && keyFault(`requests.${name}`) === undefined
  );
}

/** Whether only whole numbers of it can be had. */
export function isCounted(name: string): boolean {
  return COUNTED.has(name) || isExtended(name);
}

/** Whether the request may be smaller than the limit. */
export function isOvercommitAllowed(name: string): boolean {
  return isNative(name) && !isHugePages(name);
}

/** What is wrong with the name of a resource that a container asks for. */
export function containerResourceFault(name: string): string | undefined {
  if (OF_CONTAINERS.has(name)) return undefined;
  const fault = keyFault(name);
  if (fault !== undefined) return fault;
  if (!name.includes('/'))
    return OF_CONTAINERS.has(name) || isHugePages(name)
      ? undefined
      : 'is none that a container has: cpu, memory, ephemeral-storage, hugepages-SIZE, or DOMAIN/NAME';
  return isNative(name) || isExtended(name) ? undefined : 'is no name of an extended resource';
}

/** What is wrong with the name of a resource that a quota limits. */
export function quotaResourceFault(name: string): string | undefined {
  const fault = keyFault(name);
  if (fault !== undefined) return fault;
  const isKnown = name.includes('/') || QUOTAS.has(name) || /^(?:requests\.)?hugepages-/.test(name);
  return isKnown
    ? undefined
    : 'is none that a quota can limit; count objects as count/RESOURCE.GROUP';
}
