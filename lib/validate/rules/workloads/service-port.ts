import type { Rule, RuleFinding } from '../rule.ts';
import { areUnique, hasForm, isPortOrName } from './support/checks.ts';
import { keyFault } from '../../metadata/name-form.ts';
import { dnsLabelFault } from './support/forms.ts';
import { kindRule } from './support/own-pods.ts';
import type { Place } from './support/place.ts';

/** What an API server takes without --service-node-port-range. */
const NODE_PORTS = { from: 30_000, to: 32_767 };

/**
 * The ports of a Service.
 * Source: k8s.io/kubernetes v1.36.3 pkg/apis/core/validation, validateService, validateServicePort.
 */
export const servicePort: Rule = kindRule(
  'workloads/service-port',
  ['/Service'],
  function* (object) {
    const spec = object.at('spec');
    const ports = spec.at('ports').items;
    const type = spec.at('type').text ?? 'ClusterIP';
    if (ports.length === 0 && type !== 'ExternalName' && spec.fields['clusterIP'] !== 'None')
      yield spec.at('ports').missing('the Service has no ports', {
        hint: 'Only a headless Service (clusterIP: None) and one of type ExternalName need none.',
      });
    for (const port of ports) {
      yield* portFaults(port, ports.length > 1);
      yield* nodePortFaults(port.at('nodePort'), type);
    }
    const named = ports.map((port) => ({
      key: port.at('name').text || undefined,
      place: port.at('name'),
    }));
    yield* areUnique(named, (name) => `two ports of the Service are named ${name}`);
    yield* areUnique(keyed(ports, 'port'), (key) => `the Service has the port ${key} twice`);
    yield* areUnique(
      keyed(ports, 'nodePort'),
      (key) => `the Service has the node port ${key} twice`,
    );
  },
  { reads: ({ spec }) => [spec['ports'], spec['type'], spec['clusterIP']] },
);

function keyed(
  ports: readonly Place[],
  field: string,
): { key: string | undefined; place: Place }[] {
  return ports.map((port) => {
    const place = port.at(field);
    const { number } = place;
    const protocol = port.at('protocol').text ?? 'TCP';
    return {
      key: number === undefined || number === 0 ? undefined : `${protocol} ${number}`,
      place,
    };
  });
}

function* portFaults(port: Place, isNameNeeded: boolean): Iterable<RuleFinding> {
  const name = port.at('name');
  if (isNameNeeded && name.isEmpty)
    yield name.missing('a Service with several ports needs a name for each');
  yield* hasForm(name, 'port name', dnsLabelFault);
  if (port.at('port').number !== undefined) yield* isPortOrName(port.at('port'), 'the port');
  // 0 and the empty name mean the port of the Service.
  const target = port.at('targetPort');
  if (target.value !== 0 && target.value !== '') yield* isPortOrName(target, 'targetPort');
  yield* hasForm(port.at('appProtocol'), 'appProtocol', keyFault);
}

function* nodePortFaults(port: Place, type: string): Iterable<RuleFinding> {
  const { number } = port;
  if (number === undefined || number === 0) return;
  if (type === 'ClusterIP')
    yield port.extra('nodePort needs the type NodePort or LoadBalancer, and the type is ClusterIP');
  else if (type !== 'ExternalName' && (number < NODE_PORTS.from || number > NODE_PORTS.to))
    yield {
      ...port.wrong(
        `nodePort is ${number}, and a cluster refuses it unless its range is another than ${NODE_PORTS.from} to ${NODE_PORTS.to}`,
        { expected: `${NODE_PORTS.from} to ${NODE_PORTS.to}` },
      ),
      severity: 'warning',
    };
}
