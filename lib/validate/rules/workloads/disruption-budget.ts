import type { Rule } from '../rule.ts';
import { isCountOrPercent } from './support/checks.ts';
import { kindRule } from './support/own-pods.ts';

/**
 * Budgets that say how many Pods may go, or stay.
 * Source: k8s.io/kubernetes v1.36.3 pkg/apis/policy/validation, ValidatePodDisruptionBudgetSpec.
 */
export const disruptionBudget: Rule = kindRule(
  'workloads/disruption-budget',
  ['policy/PodDisruptionBudget'],
  function* (object) {
    const spec = object.at('spec');
    const least = spec.at('minAvailable');
    const most = spec.at('maxUnavailable');
    if (least.isSet && most.isSet)
      yield most.extra('minAvailable and maxUnavailable are both set, and exclude each other');
    yield* isCountOrPercent(least, 'minAvailable');
    yield* isCountOrPercent(most, 'maxUnavailable');
  },
);
