import { API_LIFECYCLE } from '../../../../lib/gen/api-lifecycle.ts';
import type { DefectClass } from '../corpus.ts';

/** What can be posted to a collection; reviews and subresources are left out. */
const OBJECTS =
  /(?:Deployment|StatefulSet|DaemonSet|ReplicaSet|Ingress|CronJob|PodSecurityPolicy|PodDisruptionBudget|HorizontalPodAutoscaler|Role|ClusterRole|EndpointSlice|Lease|FlowSchema|StorageClass|CSIDriver|PriorityClass|RuntimeClass|CustomResourceDefinition|APIService)$/;

const CUSTOM = [
  ['external-secrets.io/v1beta1', 'ExternalSecret'],
  ['external-secrets.io/v1alpha1', 'SecretStore'],
  ['cert-manager.io/v1alpha2', 'Certificate'],
  ['networking.istio.io/v1beta2', 'Gateway'],
  ['gateway.networking.k8s.io/v1alpha1', 'HTTPRoute'],
  ['bitnami.com/v1', 'SealedSecret'],
] as const;

/** Versions of APIs that Kubernetes 1.36 no longer serves, and versions of CRDs that were never there or are gone. */
export const removedVersions: DefectClass = {
  name: 'removed version',
  cases: () => {
    const builtIn = Object.entries(API_LIFECYCLE)
      .filter(([name, { removed }]) => OBJECTS.test(name) && Number(removed.split('.')[1]) <= 36)
      .map(([name]) => name.split(' ') as [string, string]);
    return [...builtIn, ...CUSTOM].map(([apiVersion, kind]) => ({
      name: `${apiVersion} ${kind}`,
      value: { apiVersion, kind, metadata: { name: 'a', namespace: 'default' }, spec: {} },
    }));
  },
};
