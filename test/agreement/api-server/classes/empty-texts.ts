import { type DefectClass, edited, label, type Valid } from '../corpus.ts';

const POD = ['spec', 'template', 'spec'];

/** Enums of Kubernetes' own kinds, some of which may be empty. */
const PLACES: readonly (readonly [string, readonly (string | number)[]])[] = [
  ['Deployment', ['spec', 'strategy', 'type']],
  ['Deployment', [...POD, 'restartPolicy']],
  ['Deployment', [...POD, 'dnsPolicy']],
  ['Deployment', [...POD, 'containers', 0, 'terminationMessagePolicy']],
  ['Deployment', [...POD, 'containers', 0, 'imagePullPolicy']],
  ['Deployment', [...POD, 'containers', 0, 'livenessProbe', 'httpGet', 'scheme']],
  ['Deployment', [...POD, 'topologySpreadConstraints', 0, 'whenUnsatisfiable']],
  ['StatefulSet', ['spec', 'podManagementPolicy']],
  ['DaemonSet', ['spec', 'updateStrategy', 'type']],
  ['Pod', ['spec', 'tolerations', 0, 'effect']],
  ['Pod', ['spec', 'tolerations', 0, 'operator']],
  ['Pod', ['spec', 'volumes', 0, 'emptyDir', 'medium']],
  ['Pod', ['spec', 'preemptionPolicy']],
  ['Service', ['spec', 'sessionAffinity']],
  ['Service', ['spec', 'externalTrafficPolicy']],
  ['Service', ['spec', 'internalTrafficPolicy']],
  ['Service', ['spec', 'ipFamilyPolicy']],
  ['Service', ['spec', 'ports', 1, 'protocol']],
  ['Endpoints', ['subsets', 0, 'ports', 0, 'protocol']],
  ['EndpointSlice', ['ports', 0, 'protocol']],
  ['CronJob', ['spec', 'concurrencyPolicy']],
  ['Job', ['spec', 'completionMode']],
  ['PersistentVolume', ['spec', 'persistentVolumeReclaimPolicy']],
  ['PersistentVolumeClaim', ['spec', 'volumeMode']],
  ['Ingress', ['spec', 'rules', 0, 'http', 'paths', 0, 'pathType']],
];

/** Empty strings where one of several words is wanted. */
export const emptyTexts: DefectClass = {
  name: 'empty text',
  cases: (valid) =>
    PLACES.map(([kind, path]) => {
      const one = valid.find((each) => each.kind.kind === kind) as Valid;
      return { name: `${label(one)}: ${path.join('.')}`, value: edited(one, path, '') };
    }),
};
