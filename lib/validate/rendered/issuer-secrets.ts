import type { Manifest } from '../../manifest/parse-manifests.ts';
import type { Path } from '../../finding/finding.ts';
import { isRecord } from '../../manifest/is-record.ts';
import { valueAt } from '../../manifest/secret-fields.ts';
import type { RenderedObjects } from './rendered-objects.ts';
import { itemsAt, textAt } from './values-at.ts';

/** A Secret that cert-manager, or another controller, reads for an object. */
export interface SecretUse {
  /** Where the object names it; the name stands below. */
  readonly path: Path;
  readonly name: string;
}

/** The Secrets that an Issuer or ClusterIssuer reads, such as those of its solvers. */
export function issuerSecrets(issuer: Manifest): SecretUse[] {
  return secretUses(issuer, ['spec']);
}

/** The Secrets that fields such as `tokenSecretRef` name below a place. */
export function secretUses(on: Manifest, path: Path): SecretUse[] {
  return referencesIn(valueAt(on.value, path), path).map((place) => ({
    path: place,
    name: textAt(on.value, [...place, 'name']) ?? '',
  }));
}

/** Where a Secret is read, and not written as the account's key is: `privateKeySecretRef` below `acme`. */
function referencesIn(value: unknown, path: Path): Path[] {
  if (!isRecord(value) && !Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const place = [...path, Array.isArray(value) ? Number(key) : key];
    const isReference =
      /SecretRef$|SecretAccessKeyRef$/i.test(key) && typeof valueAt(inner, ['name']) === 'string';
    if (isReference) return key === 'privateKeySecretRef' ? [] : [place];
    return referencesIn(inner, place);
  });
}

/** The namespace in which cert-manager reads the Secrets of an Issuer or ClusterIssuer. */
export function issuerSecretNamespace(objects: RenderedObjects, { resource }: Manifest): string {
  return resource.kind === 'ClusterIssuer'
    ? clusterNamespace(objects)
    : (resource.namespace ?? '');
}

const FLAG = '--cluster-resource-namespace=';

/** That of cert-manager's own Pods; `cert-manager`, as its manifests and the documentation of its chart say, when not rendered. */
function clusterNamespace(objects: RenderedObjects): string {
  const controller = objects.podsMatching({
    'app.kubernetes.io/name': 'cert-manager',
    'app.kubernetes.io/component': 'controller',
  })[0];
  const words = controller?.containers.flatMap(({ value }) => itemsAt(value, ['args'])) ?? [];
  const flags = words.map((word) => textAt(word.value, []) ?? '');
  const named = flags.find((word) => word.startsWith(FLAG))?.slice(FLAG.length);
  const isPlain = named !== undefined && /^[a-z0-9-]+$/.test(named);
  return isPlain ? named : (controller?.namespace ?? 'cert-manager');
}
