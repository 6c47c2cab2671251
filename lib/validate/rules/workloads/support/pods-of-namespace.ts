import type { PodSource } from '../../../rendered/pods.ts';
import type { RenderedObjects } from '../../../rendered/rendered-objects.ts';

const known = new WeakMap<RenderedObjects, ReadonlyMap<string, readonly PodSource[]>>();

/** The Pods and templates of a namespace, custom kinds' included; found once for all rules. */
export function podsOfNamespace(objects: RenderedObjects, namespace: string): readonly PodSource[] {
  let byNamespace = known.get(objects);
  if (byNamespace === undefined) {
    const found = new Map<string, PodSource[]>();
    for (const pod of objects.pods) {
      const same = found.get(pod.namespace);
      if (same === undefined) found.set(pod.namespace, [pod]);
      else same.push(pod);
    }
    byNamespace = found;
    known.set(objects, byNamespace);
  }
  return byNamespace.get(namespace) ?? [];
}
