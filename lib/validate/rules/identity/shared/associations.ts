import type { Manifest } from '../../../../manifest/parse-manifests.ts';
import { recordAt } from '../../../rendered/pods.ts';
import type { RenderedObjects } from '../../../rendered/rendered-objects.ts';
import { textIn } from './service-account.ts';

/** The group of the kinds of ACK's controller for EKS. */
export const ASSOCIATION_GROUP = 'eks.services.k8s.aws';

/** A PodIdentityAssociation of ACK: it gives a ServiceAccount of a cluster a role by EKS Pod Identity. */
export interface Association {
  readonly manifest: Manifest;
  readonly namespace: string | undefined;
  readonly serviceAccount: string | undefined;
  /** The same for associations of the same cluster; undefined when the object does not say which. */
  readonly cluster: string | undefined;
  /** Undefined also when a Role object is named instead. */
  readonly roleArn: string | undefined;
}

/** The associations that are rendered. */
export function associationsOf(objects: RenderedObjects): Association[] {
  return objects.of(ASSOCIATION_GROUP, 'PodIdentityAssociation').map((manifest) => {
    const spec = recordAt(manifest.value, ['spec']);
    return {
      manifest,
      namespace: textIn(spec, 'namespace'),
      serviceAccount: textIn(spec, 'serviceAccount'),
      cluster: clusterOf(manifest),
      roleArn: textIn(spec, 'roleARN'),
    };
  });
}

function clusterOf({ value, resource }: Manifest): string | undefined {
  const name = textIn(recordAt(value, ['spec']), 'clusterName');
  if (name !== undefined) return name;
  const reference = recordAt(value, ['spec', 'clusterRef', 'from']);
  const object = textIn(reference, 'name');
  if (object === undefined) return undefined;
  return `${textIn(reference, 'namespace') ?? resource.namespace ?? ''}/${object}`;
}

/** Associations by `NAMESPACE/SERVICEACCOUNT`; the first where there are several. */
export function associationsByServiceAccount(objects: RenderedObjects): Map<string, Association> {
  const found = new Map<string, Association>();
  for (const association of associationsOf(objects)) {
    const { namespace, serviceAccount } = association;
    const key = `${namespace}/${serviceAccount}`;
    if (namespace !== undefined && serviceAccount !== undefined && !found.has(key))
      found.set(key, association);
  }
  return found;
}
