import type { PodSource } from '../../rendered/pods.ts';
import type { Rule } from '../rule.ts';
import { kindRule } from './support/own-pods.ts';

/** A Service that sends to a port by a name which no container of its Pods has: those Pods are no endpoints of the port. */
export const serviceTargetPort: Rule = {
  ...kindRule('workloads/service-target-port', ['/Service'], function* (object, objects) {
    const selector = object.in('spec', 'selector').fields;
    const named = object.in('spec', 'ports').items.filter((port) => port.at('targetPort').text);
    if (named.length === 0 || Object.keys(selector).length === 0) return;
    const pods = objects.podsMatching(selector, object.on.resource.namespace ?? '');
    if (pods.length === 0) return;
    for (const port of named) {
      const target = port.at('targetPort');
      const protocol = port.at('protocol').text ?? 'TCP';
      const names = pods.flatMap((pod) => portNames(pod, protocol));
      if (names.includes(target.text ?? '')) continue;
      const list = [...new Set(names)].join(', ');
      yield target.wrong(
        `no container of the selected Pods has a ${protocol} port named ${target.text}`,
        list === '' ? {} : { hint: `Their ports are named ${list}.` },
      );
    }
  }),
  looksForAbsence: true,
};

function portNames(pod: PodSource, protocol: string): string[] {
  return pod.containers.flatMap(({ value }) => {
    const { ports } = value;
    if (!Array.isArray(ports)) return [];
    return ports.flatMap((port: { name?: unknown; protocol?: unknown } | null) =>
      typeof port?.name === 'string' && (port.protocol ?? 'TCP') === protocol ? [port.name] : [],
    );
  });
}
