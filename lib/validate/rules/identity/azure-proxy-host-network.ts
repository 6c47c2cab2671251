import { valueAt } from '../../../manifest/secret-fields.ts';
import type { Rule } from '../rule.ts';
import { isAzurePod } from './shared/azure.ts';

const PROXY = 'azure.workload.identity/inject-proxy-sidecar';

/** Azure's webhook refuses Pods that want its proxy on the network of the node. */
export const azureProxyHostNetwork: Rule = {
  code: 'identity/azure-proxy-host-network',
  *check(objects) {
    for (const pod of objects.pods) {
      if (!isAzurePod(pod) || !Object.hasOwn(pod.annotations, PROXY)) continue;
      if (valueAt(pod.spec, ['hostNetwork']) !== true) continue;
      yield {
        on: pod.manifest,
        path: [...pod.path, 'spec', 'hostNetwork'],
        fault: 'value',
        value: true,
        message: `Azure's webhook refuses these Pods: with ${PROXY} it would change the network of the node`,
        expected: 'false',
        hint: 'Take hostNetwork or the annotation away; with a current Azure SDK no proxy is needed.',
      };
    }
  },
};
