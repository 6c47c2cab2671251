import type { Rule, RuleFinding } from '../rule.ts';
import { hasForm, isNot } from './support/checks.ts';
import { keyFault } from '../../metadata/name-form.ts';
import { labelValueFault } from './support/forms.ts';
import { podRule } from './support/own-pods.ts';
import type { Place } from './support/place.ts';

/** They are behind a gate that is closed by default. */
const COMPARISONS = ['Lt', 'Gt'];

/**
 * Tolerations whose operator, value and effect do not fit.
 * Source: k8s.io/kubernetes v1.36.3 pkg/apis/core/validation, ValidateTolerations.
 */
export const toleration: Rule = podRule(
  'workloads/toleration',
  function* ({ spec }) {
    for (const each of spec.at('tolerations').items) yield* tolerationFaults(each);
  },
  { about: ['tolerations'], reads: ({ fields }) => fields['tolerations'] },
);

function* tolerationFaults(each: Place): Iterable<RuleFinding> {
  const operator = each.at('operator');
  const value = each.at('value');
  const effect = each.at('effect');
  yield* isNot(operator, COMPARISONS, { what: 'the operator', expected: 'Equal or Exists' });
  yield* hasForm(each.at('key'), 'key', keyFault);
  if (each.at('key').isEmpty && operator.value !== 'Exists')
    yield each
      .at('key')
      .missing('a toleration without a key is for every taint, and needs the operator Exists', {
        hint: 'Name the key of the taint, or set operator: Exists.',
      });
  if (operator.value === 'Exists' && !value.isEmpty)
    yield value.extra('the operator Exists takes no value', {
      hint: 'Leave the value out, or use the operator Equal.',
    });
  else yield* hasForm(value, 'value', labelValueFault);
  if (each.has('tolerationSeconds') && effect.value !== 'NoExecute')
    yield effect.isEmpty
      ? effect.missing('tolerationSeconds needs the effect NoExecute', { expected: 'NoExecute' })
      : effect.wrong(
          `tolerationSeconds needs the effect NoExecute, and it is ${String(effect.value)}`,
          {
            expected: 'NoExecute',
          },
        );
}
