import type { Rule } from '../rule.ts';
import { podRule } from './support/own-pods.ts';

/** A Pod without containers. Source: k8s.io/kubernetes v1.36.3 pkg/apis/core/validation, validateContainers. */
export const noContainers: Rule = podRule(
  'workloads/no-containers',
  function* ({ spec }) {
    const containers = spec.at('containers');
    if (Array.isArray(containers.value) && containers.value.length === 0)
      yield containers.wrong('the list of containers is empty', {
        hint: 'A Pod needs at least one container; a function that filters containers may have dropped all of them.',
      });
  },
  {
    mayBeWrong: ({ fields: { containers } }) =>
      Array.isArray(containers) && containers.length === 0,
  },
);
