import type { Rule, RuleFinding } from '../rule.ts';
import { areUnique, isBetween, isNamed } from './support/checks.ts';
import { keyFault } from '../../metadata/name-form.ts';
import { podRule } from './support/own-pods.ts';
import type { Place } from './support/place.ts';

/**
 * Constraints on how Pods are spread.
 * Source: k8s.io/kubernetes v1.36.3 pkg/apis/core/validation, validateTopologySpreadConstraints.
 */
export const topologySpread: Rule = podRule(
  'workloads/topology-spread',
  function* ({ spec }) {
    const constraints = spec.at('topologySpreadConstraints').items;
    for (const constraint of constraints) yield* constraintFaults(constraint);
    const keyed = constraints.map((constraint) => {
      const { topologyKey, whenUnsatisfiable } = constraint.fields;
      return {
        key: `${String(topologyKey)} with ${String(whenUnsatisfiable)}`,
        place: constraint.at('topologyKey'),
      };
    });
    yield* areUnique(keyed, (key) => `two constraints are for ${key}`);
  },
  {
    about: ['topologySpreadConstraints'],
    reads: ({ fields }) => fields['topologySpreadConstraints'],
  },
);

function* constraintFaults(constraint: Place): Iterable<RuleFinding> {
  yield* isBetween(constraint.at('maxSkew'), 'maxSkew', { from: 1 });
  const key = constraint.at('topologyKey');
  if (key.value === '') yield* isNamed(key, 'topologyKey', keyFault);
  const domains = constraint.at('minDomains');
  yield* isBetween(domains, 'minDomains', { from: 1 });
  if (domains.isSet && constraint.fields['whenUnsatisfiable'] === 'ScheduleAnyway')
    yield domains.extra('minDomains needs whenUnsatisfiable: DoNotSchedule');
  const inSelector = constraint.in('labelSelector', 'matchLabels').fields;
  for (const label of constraint.at('matchLabelKeys').texts) {
    const text = label.text ?? '';
    if (!constraint.has('labelSelector'))
      yield label.extra('matchLabelKeys needs a labelSelector beside it');
    else if (Object.hasOwn(inSelector, text))
      yield label.wrong(`the label ${text} is in matchLabelKeys and in labelSelector`);
  }
}
