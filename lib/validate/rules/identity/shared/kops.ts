import type { Manifest } from '../../../../manifest/parse-manifests.ts';
import { isRecord } from '../../../../manifest/is-record.ts';
import { recordAt } from '../../../rendered/pods.ts';
import type { RenderedObjects } from '../../../rendered/rendered-objects.ts';
import { itemsOf } from './containers.ts';
import { entryField, webhookEntries } from './webhook-config.ts';

/** The audience of all that kOps makes: the provider, the webhook, its ConfigMap. */
export const KOPS_AUDIENCE = 'amazonaws.com';

/** Where the permissions of ServiceAccounts stand in a Cluster. */
export const KOPS_PERMISSIONS = ['spec', 'iam', 'serviceAccountExternalPermissions'] as const;

/** The Clusters of kOps of the version whose fields are known. */
export function kopsClusters(objects: RenderedObjects): Manifest[] {
  return objects
    .of('kops.k8s.io', 'Cluster')
    .filter(({ resource }) => resource.apiVersion === 'kops.k8s.io/v1alpha2');
}

/** The permissions of ServiceAccounts of a Cluster. */
export function kopsPermissions(cluster: Manifest): ReturnType<typeof itemsOf> {
  return itemsOf(recordAt(cluster.value, ['spec', 'iam'])['serviceAccountExternalPermissions']);
}

/** Whether the cluster is surely one of kOps: it is rendered, or the webhook's roles are named as kOps names them. */
export function isKops(objects: RenderedObjects): boolean {
  return (
    kopsClusters(objects).length > 0 ||
    webhookEntries(objects).some(({ value }) => hasKopsRole(value))
  );
}

function hasKopsRole(entry: unknown): boolean {
  const arn = isRecord(entry) ? entryField(entry, 'RoleARN') : undefined;
  // SERVICEACCOUNT.NAMESPACE.sa.CLUSTER; source: kOps, docs/cluster_spec.md, service account external permissions.
  return typeof arn === 'string' && /:role\/[^/.]+\.[^/.]+\.sa\.[^/]+\.[^/]+$/.test(arn);
}
