import type { Rule, RuleFinding } from '../rule.ts';
import { isBetween, isNamed, isNot } from './support/checks.ts';
import { keyFault } from '../../metadata/name-form.ts';
import { expressionFaults } from './support/label-selector.ts';
import { podRule } from './support/own-pods.ts';
import type { Place } from './support/place.ts';

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';
const NOT_OF_FIELDS = ['Exists', 'DoesNotExist', 'Gt', 'Lt'];
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution';

/**
 * Affinity to nodes and Pods: weights, operators, topology keys.
 * Source: k8s.io/kubernetes v1.36.3 pkg/apis/core/validation, validateAffinity.
 */
export const affinity: Rule = podRule(
  'workloads/affinity',
  function* ({ spec }) {
    const each = spec.at('affinity');
    if (!each.isSet) return;
    yield* nodeFaults(each.at('nodeAffinity'));
    for (const kind of ['podAffinity', 'podAntiAffinity']) {
      for (const term of each.in(kind, REQUIRED).items) yield* podTermFaults(term);
      for (const weighted of each.in(kind, PREFERRED).items) {
        yield* weightFaults(weighted);
        yield* podTermFaults(weighted.at('podAffinityTerm'));
      }
    }
  },
  { about: ['affinity'], reads: ({ fields }) => fields['affinity'] },
);

function* nodeFaults(each: Place): Iterable<RuleFinding> {
  const terms = each.in(REQUIRED, 'nodeSelectorTerms');
  if (Array.isArray(terms.value) && terms.value.length === 0)
    yield terms.wrong('nodeSelectorTerms is empty, and needs at least one term');
  for (const term of terms.items) yield* nodeTermFaults(term);
  for (const weighted of each.at(PREFERRED).items) {
    yield* weightFaults(weighted);
    yield* nodeTermFaults(weighted.at('preference'));
  }
}

function* nodeTermFaults(term: Place): Iterable<RuleFinding> {
  for (const expression of term.at('matchExpressions').items) yield* expressionFaults(expression);
  for (const field of term.at('matchFields').items) {
    yield* isNot(field.at('operator'), NOT_OF_FIELDS, {
      what: 'the operator',
      expected: 'In or NotIn',
    });
    const key = field.at('key');
    if (key.text !== undefined && key.text !== 'metadata.name')
      yield key.wrong(`matchFields has the key "${key.text}", and must have metadata.name`);
    const { values } = field.fields;
    if (Array.isArray(values) && values.length !== 1)
      yield field.at('values').wrong(`matchFields has ${values.length} values, and must have one`);
  }
}

function weightFaults(weighted: Place): Iterable<RuleFinding> {
  return isBetween(weighted.at('weight'), 'the weight', { from: 1, to: 100 });
}

function* podTermFaults(term: Place): Iterable<RuleFinding> {
  const key = term.at('topologyKey');
  // The schema says it when it is absent.
  if (key.isSet) yield* isNamed(key, 'topologyKey', keyFault);
}
