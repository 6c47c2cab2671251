import type { Rule, RuleFinding } from '../rule.ts';
import { areUnique, isPortOrName } from './support/checks.ts';
import { portNameFault } from './support/forms.ts';
import { type OwnPod, podRule } from './support/own-pods.ts';
import type { Place } from './support/place.ts';

/**
 * Ports of containers: numbers, names and host ports.
 * Source: k8s.io/kubernetes v1.36.3 pkg/apis/core/validation, validateContainerPorts, checkHostPortConflicts,
 * validatePodHostNetworkDeps.
 */
export const containerPort: Rule = podRule(
  'workloads/container-port',
  function* (pod) {
    const lists = pod.containers.map(({ place, list }) => ({
      list,
      ports: place.at('ports').items,
    }));
    for (const { ports } of lists) yield* portFaults(ports);
    for (const { list, ports } of lists)
      if (list === 'initContainers') yield* hostPortsTwice(ports);
    const regular = lists.filter(({ list }) => list === 'containers').flatMap(({ ports }) => ports);
    yield* hostPortsTwice(regular);
    if (pod.spec.fields['hostNetwork'] === true) yield* hostNetworkFaults(pod, regular);
  },
  {
    reads: ({ fields, containers }) => [
      fields['hostNetwork'],
      containers.map((container) => [container.list, container.fields['ports']]),
    ],
  },
);

function* portFaults(ports: readonly Place[]): Iterable<RuleFinding> {
  for (const port of ports) {
    const name = port.at('name');
    if (name.text !== undefined && name.text !== '') {
      const fault = portNameFault(name.text);
      if (fault !== undefined) yield name.wrong(`the port name "${name.text}" ${fault}`);
    }
    yield* isNumber(port.at('containerPort'));
    if (port.fields['hostPort'] !== 0) yield* isNumber(port.at('hostPort'));
  }
  const names = ports.map((port) => ({
    key: port.at('name').text || undefined,
    place: port.at('name'),
  }));
  yield* areUnique(names, (name) => `two ports of the container are named ${name}`);
}

function* isNumber(port: Place): Iterable<RuleFinding> {
  if (port.number !== undefined) yield* isPortOrName(port, String(port.path.at(-1)));
}

function hostPortsTwice(ports: readonly Place[]): Iterable<RuleFinding> {
  const keyed = ports.map((port) => {
    const { protocol = 'TCP', hostIP = '', hostPort } = port.fields;
    const isTaken = typeof hostPort === 'number' && hostPort !== 0;
    return {
      key: isTaken ? [protocol, hostIP, hostPort].join(' ') : undefined,
      place: port.at('hostPort'),
    };
  });
  return areUnique(keyed, (key) => `two containers of the Pod want the same host port: ${key}`);
}

function* hostNetworkFaults({ kind }: OwnPod, ports: readonly Place[]): Iterable<RuleFinding> {
  for (const port of ports) {
    const { hostPort, containerPort: inner } = port.fields;
    // A Pod or a Deployment gets the number of the container when it says none.
    if (typeof hostPort !== 'number' || hostPort === 0 || hostPort === inner) continue;
    yield port
      .at('hostPort')
      .wrong(
        `hostPort is ${hostPort}, containerPort ${String(inner)}: with hostNetwork they are the same port`,
        {
          hint: `Set both to the port that the program in the container listens on${kind === 'Pod' ? '' : ', or leave hostPort out'}.`,
        },
      );
  }
}
