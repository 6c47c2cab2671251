import type { RenderedObjects } from './rendered-objects.ts';

/**
 * Computes once for an environment what several rules look at.
 *
 * @returns a function that computes when it is first asked about an environment, and then remembers.
 */
export function perEnvironment<T>(
  compute: (objects: RenderedObjects) => T,
): (objects: RenderedObjects) => T {
  const known = new WeakMap<RenderedObjects, { readonly value: T }>();
  return (objects) => {
    const found = known.get(objects) ?? { value: compute(objects) };
    known.set(objects, found);
    return found.value;
  };
}
