import type { Json } from '../../../lib/model/node.ts';

/** An object of Kubernetes. */
export type KubernetesObject = { readonly kind: string; readonly [key: string]: Json };

/** What is done to a valid object: its name, where (members and indexes with dots between them), and what is put there. */
export type Edit = readonly [name: string, path: string, value: Json | undefined];

/** A copy of an object with one value replaced, added, or, for undefined, taken away. */
export function edited(object: KubernetesObject, [name, place, value]: Edit): KubernetesObject {
  const copy = structuredClone(object);
  const path = place.split('.');
  const last = path.pop() ?? '';
  let parent: unknown = copy;
  for (const key of path) parent = (parent as Record<string, unknown>)[key];
  if (typeof parent !== 'object' || parent === null) throw new Error(`${name}: no place ${place}`);
  if (value === undefined) delete (parent as Record<string, unknown>)[last];
  else (parent as Record<string, unknown>)[last] = value;
  return copy;
}
