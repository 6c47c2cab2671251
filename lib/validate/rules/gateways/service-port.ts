import type { PodSource } from '../../rendered/pods.ts';
import { recordAt } from '../../rendered/pods.ts';
import { objectsAt } from '../../rendered/items.ts';
import { remembered } from '../../rendered/remembered.ts';
import type { RenderedObjects } from '../../rendered/rendered-objects.ts';
import { serverRule } from './server-rule.ts';

/** A server listens on a port that no Service of the gateway's workload leads to. */
export const servicePort = serverRule('gateways/service-port', function* check(server, objects) {
  const { number, path, gateway, bind } = server;
  const selector = recordAt(gateway.value, ['spec', 'selector']);
  if (number === undefined || number === 0 || bind !== '' || Object.keys(selector).length === 0)
    return;
  const known = portsByPod(objects);
  const ports = objects.podsMatching(selector).flatMap((pod) => known(pod));
  if (ports.length === 0 || ports.includes(number)) return;
  const numbers = [...new Set(ports)].sort((one, other) => one - other);
  yield {
    path: [...path, 'port', 'number'],
    fault: 'value',
    value: number,
    message: `no Service of the workload of this Gateway has the port ${number}, so nothing reaches it; they have ${numbers.join(', ')}`,
    expected: 'a port of a Service that selects the gateway workload, or its targetPort',
    hint: 'Add the port to the Service of the gateway, or mend the number here.',
  };
});

/** Many Gateways have the same workload. */
const portsByPod = remembered((objects: RenderedObjects) => {
  const known = new Map<PodSource, number[]>();
  return (pod: PodSource): number[] => {
    const ports = known.get(pod) ?? portsOf(pod, objects);
    known.set(pod, ports);
    return ports;
  };
});

/** Ports and numeric target ports. Source: istio/istio, pkg/config/analysis/analyzers/gateway/gateway.go. */
function portsOf(pod: PodSource, objects: RenderedObjects): number[] {
  return objects
    .of('', 'Service')
    .filter(({ resource, value }) => {
      const labels = Object.entries(recordAt(value, ['spec', 'selector']));
      return (
        (resource.namespace ?? '') === pod.namespace &&
        labels.length > 0 &&
        labels.every(([label, wanted]) => pod.labels[label] === wanted)
      );
    })
    .flatMap(({ value }) => objectsAt(value, ['spec', 'ports']))
    .flatMap(({ value }) =>
      [value['port'], value['targetPort']].filter((port) => typeof port === 'number'),
    );
}
