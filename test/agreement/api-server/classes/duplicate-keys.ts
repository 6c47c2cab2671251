import { valueAt } from '../../../../lib/manifest/secret-fields.ts';
import type { Json } from '../../../../lib/model/node.ts';
import { type DefectClass, edited, label } from '../corpus.ts';

const POD = ['spec', 'template', 'spec'];

/** Lists that are maps by the schema, whose first item is repeated: some the API server refuses, some it does not. */
const PLACES: readonly (readonly [string, readonly (string | number)[]])[] = [
  ['Deployment', [...POD, 'containers']],
  ['Deployment', [...POD, 'initContainers']],
  ['Deployment', [...POD, 'topologySpreadConstraints']],
  ['Deployment', [...POD, 'containers', 0, 'ports']],
  ['StatefulSet', [...POD, 'containers', 0, 'volumeMounts']],
  ['StatefulSet', ['spec', 'volumeClaimTemplates']],
  ['Pod', ['spec', 'volumes']],
  ['Pod', ['spec', 'containers']],
  ['Pod', ['spec', 'tolerations']],
  ['Pod', ['spec', 'containers', 0, 'env']],
  ['Pod', ['spec', 'containers', 0, 'envFrom']],
  ['Pod', ['spec', 'containers', 0, 'volumeMounts']],
  ['ServiceAccount', ['imagePullSecrets']],
  ['Service', ['spec', 'ports']],
  ['Ingress', ['spec', 'tls']],
  ['Ingress', ['spec', 'rules']],
  ['EndpointSlice', ['ports']],
  ['EndpointSlice', ['endpoints']],
  ['ValidatingWebhookConfiguration', ['webhooks']],
  ['MutatingWebhookConfiguration', ['webhooks']],
  ['ValidatingAdmissionPolicy', ['spec', 'validations']],
  ['HorizontalPodAutoscaler', ['spec', 'metrics']],
  ['Node', ['spec', 'taints']],
  ['Check', ['spec', 'names']],
  ['Check', ['spec', 'ports']],
  ['Gateway', ['spec', 'listeners']],
];

/** Items of lists that are there twice. */
export const duplicateKeys: DefectClass = {
  name: 'duplicate key',
  cases: (valid) =>
    PLACES.flatMap(([kind, path]) =>
      valid
        .filter((one) => one.kind.kind === kind)
        .flatMap((one) => {
          const list = valueAt(one.value, path);
          if (!Array.isArray(list) || list.length === 0) return [];
          const items = list as Json[];
          return [
            {
              name: `${label(one)}: ${path.join('.')}`,
              value: edited(one, [...path, items.length], items[0]),
            },
          ];
        }),
    ),
};
