import type { Rule } from '../rule.ts';
import { kindRule } from './support/own-pods.ts';

/** The greatest value that is not kept for Kubernetes itself. */
const MOST = 1_000_000_000;
const SYSTEM = new Set(['system-cluster-critical', 'system-node-critical']);

/** Priorities that are kept for Kubernetes. Source: k8s.io/kubernetes v1.36.3 pkg/apis/scheduling/validation. */
export const priorityClass: Rule = kindRule(
  'workloads/priority-class',
  ['scheduling.k8s.io/PriorityClass'],
  function* (object) {
    const name = object.in('metadata', 'name');
    const value = object.at('value');
    if (name.text?.startsWith('system-') === true) {
      if (!SYSTEM.has(name.text))
        yield name.wrong('names that begin with "system-" are kept for Kubernetes');
    } else if (value.number !== undefined && value.number > MOST)
      yield value.wrong(
        `the value is ${value.number}, and ${MOST} is the most that is not kept for Kubernetes`,
      );
  },
);
