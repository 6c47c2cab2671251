import type { Path } from '../../finding/finding.ts';
import { itemsAt, textAt } from './values-at.ts';

/** A store of External Secrets, as an object names it. */
export interface StoreReference {
  /** Where the reference stands. */
  readonly path: Path;
  /** SecretStore or ClusterSecretStore. */
  readonly kind: string;
  readonly name: string;
}

/**
 * The stores that an ExternalSecret reads; those of other kinds, such as generators, are left out.
 *
 * @param value the manifest.
 * @param spec where the spec of an ExternalSecret stands in it.
 */
export function storeReferences(value: unknown, spec: Path = ['spec']): StoreReference[] {
  return placesOf(value, spec).flatMap((path) => {
    const name = textAt(value, [...path, 'name']);
    const kind = textAt(value, [...path, 'kind']) ?? 'SecretStore';
    return name === undefined || !KINDS.has(kind) ? [] : [{ path, kind, name }];
  });
}

const KINDS: ReadonlySet<string> = new Set(['SecretStore', 'ClusterSecretStore']);

/** Where a store is named: for all values, and for some. */
function placesOf(value: unknown, spec: Path): Path[] {
  const items = ['data', 'dataFrom'].flatMap((list) => itemsAt(value, [...spec, list]));
  return [
    [...spec, 'secretStoreRef'],
    ...items.map(({ path }) => [...path, 'sourceRef', 'storeRef']),
  ];
}
