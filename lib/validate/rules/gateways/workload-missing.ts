import { gatewayNamespaces } from '../../rendered/gateway-workloads.ts';
import { ISTIO } from '../../rendered/istio-servers.ts';
import { itemsAt } from '../../rendered/items.ts';
import { recordAt, type PodSource } from '../../rendered/pods.ts';
import type { Rule } from '../rule.ts';

/** Gateway workloads are rendered, and the selector of a Gateway matches none of them. */
export const workloadMissing: Rule = {
  code: 'gateways/workload-missing',
  looksForAbsence: true,
  *check(objects) {
    const gateways = objects.of(ISTIO, 'Gateway');
    if (gateways.length === 0) return;
    const workloads = objects.pods.filter(isGateway);
    if (workloads.length === 0) return;
    for (const gateway of gateways) {
      const selector = recordAt(gateway.value, ['spec', 'selector']);
      if (Object.keys(selector).length === 0 || objects.podsMatching(selector).length > 0) continue;
      if (gatewayNamespaces(objects, gateway).length > 0) continue;
      const names = workloads.map(({ manifest }) => manifest.resource.name).join(', ');
      yield {
        on: gateway,
        path: ['spec', 'selector'],
        fault: 'value',
        value: selector,
        message: `the selector matches no Pods that are rendered, not those of ${names} either, so no gateway has the servers`,
        expected: 'labels of the Pods of a gateway',
        hint: 'Mend the labels; when the gateway is installed elsewhere, say so under gateways in tankard.yaml.',
      };
    }
  },
};

/** Source: istio.io, "Installing Gateways": the template of injection, or the proxy's arguments. */
function isGateway({ annotations, containers }: PodSource): boolean {
  const templates = annotations['inject.istio.io/templates'];
  if (typeof templates === 'string' && templates.split(',').includes('gateway')) return true;
  return containers.some(
    ({ value }) =>
      value['name'] === 'istio-proxy' &&
      itemsAt(value, ['args']).some((argument) => argument.value === 'router'),
  );
}
