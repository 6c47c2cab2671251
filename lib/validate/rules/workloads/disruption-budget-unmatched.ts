import type { Rule } from '../rule.ts';
import { unmatchedPart } from './support/label-selector.ts';
import { kindRule } from './support/own-pods.ts';
import { podsOfNamespace } from './support/pods-of-namespace.ts';

/** A budget whose selector takes none of the Pods that are rendered beside it: it protects nothing. */
export const disruptionBudgetUnmatched: Rule = {
  ...kindRule(
    'workloads/disruption-budget-unmatched',
    ['policy/PodDisruptionBudget'],
    function* (object, objects) {
      const selector = object.in('spec', 'selector');
      const { namespace = '' } = object.on.resource;
      const pods = podsOfNamespace(objects, namespace);
      if (!selector.isSet || pods.length === 0) return;
      if (pods.some(({ labels }) => unmatchedPart(selector, labels) === undefined)) return;
      yield selector.wrong(
        `the selector takes none of the ${pods.length} rendered Pods and templates of the namespace ${namespace}`,
        { hint: 'Use the labels of the template of the workload that the budget is for.' },
      );
    },
  ),
  looksForAbsence: true,
};
