import type { Rule } from '../rule.ts';
import { areUnique, hasForm } from './support/checks.ts';
import { dnsLabelFault } from './support/forms.ts';
import { type OwnContainer, podRule } from './support/own-pods.ts';

/**
 * The name of a container is missing, taken, or no DNS label.
 * Source: k8s.io/kubernetes v1.36.3 pkg/apis/core/validation, validateContainers, validateInitContainers.
 */
export const containerName: Rule = podRule(
  'workloads/container-name',
  function* ({ containers }) {
    const names = containers.map(({ place }) => place.at('name'));
    for (const name of names) {
      if (name.value === '') yield name.wrong('the container has an empty name');
      yield* hasForm(name, 'container name', dnsLabelFault);
    }
    const keyed = names.map((place) => ({ key: place.text || undefined, place }));
    yield* areUnique(
      keyed,
      (name) => `two containers of the Pod are named ${name}; init containers count too`,
    );
  },
  { mayBeWrong: ({ containers }) => !areNamed(containers) },
);

/** Each has a name of its own that can be one. */
function areNamed(containers: readonly OwnContainer[]): boolean {
  for (const [index, { fields }] of containers.entries()) {
    const { name } = fields;
    if (typeof name !== 'string' || dnsLabelFault(name) !== undefined) return false;
    for (let before = 0; before < index; before++)
      if (containers[before]?.fields['name'] === name) return false;
  }
  return true;
}
