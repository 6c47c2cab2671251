import { nearestName } from '../../../../finding/nearest-name.ts';
import type { RenderedObjects } from '../../../rendered/rendered-objects.ts';

/** A ServiceAccount that is rendered, and was probably meant. */
export interface SimilarServiceAccount {
  readonly namespace: string;
  readonly name: string;
  /** What of the name given is other. */
  readonly differs: 'name' | 'namespace';
}

/** Where the ServiceAccounts of an environment are. */
interface Places {
  /** The namespace of the first of each name. */
  readonly byName: ReadonlyMap<string, string>;
  readonly byNamespace: ReadonlyMap<string, readonly string[]>;
}

/** In a namespace with more, names are not compared letter by letter: that would take too long for each that is missing. */
const MOST_NAMES = 50;

/** Several rules ask, and often none. */
const PLACES = new WeakMap<RenderedObjects, Places>();

/**
 * Looks for what was meant by a name that no ServiceAccount has: one of that name in another namespace, else one of nearly
 * that name in the namespace.
 */
export function similarServiceAccount(
  objects: RenderedObjects,
  { namespace, name }: { readonly namespace: string; readonly name: string },
): SimilarServiceAccount | undefined {
  const { byName, byNamespace } = placesOf(objects);
  const elsewhere = byName.get(name);
  if (elsewhere !== undefined) return { namespace: elsewhere, name, differs: 'namespace' };
  const here = byNamespace.get(namespace) ?? [];
  const near = here.length > MOST_NAMES ? undefined : nearestName(name, here);
  return near === undefined ? undefined : { namespace, name: near, differs: 'name' };
}

function placesOf(objects: RenderedObjects): Places {
  const known = PLACES.get(objects);
  if (known !== undefined) return known;
  const byName = new Map<string, string>();
  const byNamespace = new Map<string, string[]>();
  for (const { resource } of objects.of('', 'ServiceAccount')) {
    const { namespace = '', name } = resource;
    if (!byName.has(name)) byName.set(name, namespace);
    const here = byNamespace.get(namespace);
    if (here === undefined) byNamespace.set(namespace, [name]);
    else here.push(name);
  }
  const places = { byName, byNamespace };
  PLACES.set(objects, places);
  return places;
}

/** A namespace in a message: `the namespace shop`; an object may name none. */
export function namespaceWords(namespace: string): string {
  return namespace === '' ? 'its namespace' : `the namespace ${namespace}`;
}
