import { isRecord } from '../../../manifest/is-record.ts';
import type { Manifest } from '../../../manifest/parse-manifests.ts';
import { valueAt } from '../../../manifest/secret-fields.ts';
import type { Path } from '../../../finding/finding.ts';
import type { RenderedObjects } from '../../rendered/rendered-objects.ts';
import { textAt } from '../../rendered/values-at.ts';

/** Where a store names the ServiceAccount as which External Secrets reads it. */
export interface StoreServiceAccount {
  readonly on: Manifest;
  readonly path: Path;
  readonly name: string;
  /** Undefined when the store does not say it. */
  readonly namespace: string | undefined;
  readonly isCluster: boolean;
}

/** The ServiceAccounts that SecretStores and ClusterSecretStores name, of whatever provider. */
export function storeServiceAccountsOf(objects: RenderedObjects): StoreServiceAccount[] {
  return ['SecretStore', 'ClusterSecretStore'].flatMap((kind) =>
    objects.of('external-secrets.io', kind).flatMap((on) =>
      placesIn(valueAt(on.value, PROVIDER), PROVIDER).flatMap((path) => {
        const name = textAt(on.value, [...path, 'name']);
        const namespace = textAt(on.value, [...path, 'namespace']);
        const isCluster = kind === 'ClusterSecretStore';
        return name === undefined ? [] : [{ on, path, name, namespace, isCluster }];
      }),
    ),
  );
}

const PROVIDER: Path = ['spec', 'provider'];

function placesIn(value: unknown, path: Path): Path[] {
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'serviceAccountRef' ? [[...path, key]] : placesIn(inner, [...path, key]),
  );
}
