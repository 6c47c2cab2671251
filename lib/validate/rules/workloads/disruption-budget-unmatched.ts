import { isRecord } from '../../../manifest/is-record.ts';
import type { Manifest } from '../../../manifest/parse-manifests.ts';
import { recordOf } from '../../rendered/pods.ts';
import type { RenderedObjects } from '../../rendered/rendered-objects.ts';
import type { Rule } from '../rule.ts';
import { unmatchedPart } from './support/label-selector.ts';
import { kindRule } from './support/own-pods.ts';
import type { Place } from './support/place.ts';
import { podsOfNamespace } from './support/pods-of-namespace.ts';

/**
 * A budget whose selector takes none of the Pods that are rendered beside it: it protects nothing. It is found only beside
 * Pods that have one of its labels with another value: else the Pods are most likely made elsewhere.
 */
export const disruptionBudgetUnmatched: Rule = {
  ...kindRule(
    'workloads/disruption-budget-unmatched',
    ['policy/PodDisruptionBudget'],
    function* (object, objects) {
      const selector = object.in('spec', 'selector');
      const { namespace = '' } = object.on.resource;
      const pods = podsOfNamespace(objects, namespace);
      if (!selector.isSet || !pods.some(({ labels }) => hasOneOf(labels, selector))) return;
      if (pods.some(({ labels }) => unmatchedPart(selector, labels) === undefined)) return;
      yield selector.wrong(
        `the selector matches the labels of no Pod that is rendered in the namespace ${namespace}`,
        {
          hint: 'Use the labels of the template of the workload that the budget is for. When a controller makes the Pods, accept this finding.',
        },
      );
    },
    { mayBeWrong: ({ manifest, spec, objects }) => !takesPods(manifest, spec, objects) },
  ),
  looksForAbsence: true,
};

function hasOneOf(labels: Readonly<Record<string, unknown>>, selector: Place): boolean {
  const keys = [
    ...selector.at('matchLabels').members.map(({ key }) => key),
    ...selector.at('matchExpressions').items.map((one) => one.fields['key']),
  ];
  return keys.some((key) => typeof key === 'string' && Object.hasOwn(labels, key));
}

/** Whether it asks for labels alone, and Pods have them. */
function takesPods(
  { resource: { namespace = '' } }: Manifest,
  spec: Readonly<Record<string, unknown>>,
  objects: RenderedObjects,
): boolean {
  const { matchLabels, matchExpressions } = recordOf(spec['selector']);
  if (!isRecord(matchLabels) || matchExpressions !== undefined) return false;
  return objects.podsMatching(matchLabels, namespace).length > 0;
}
