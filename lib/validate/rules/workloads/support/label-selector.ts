import { recordOf } from '../../../rendered/pods.ts';
import type { RuleFinding } from '../../rule.ts';
import { keyFault } from '../../../metadata/name-form.ts';
import { labelValueFault } from './forms.ts';
import { hasForm } from './checks.ts';
import type { Place } from './place.ts';

/** What the API server refuses in a LabelSelector. Source: k8s.io/apimachinery v0.36.3 pkg/apis/meta/v1/validation. */
export function* selectorFaults(selector: Place): Iterable<RuleFinding> {
  yield* labelFaults(selector.at('matchLabels'));
  for (const expression of selector.at('matchExpressions').items) {
    yield* operatorFaults(expression.at('operator'));
    yield* expressionFaults(expression);
  }
}

const OPERATORS = new Set(['In', 'NotIn', 'Exists', 'DoesNotExist']);

/** The schema lists the operators of node selectors, and not these. */
function* operatorFaults(operator: Place): Iterable<RuleFinding> {
  const { text } = operator;
  if (text === undefined || OPERATORS.has(text)) return;
  const expected = [...OPERATORS].join(', ');
  yield operator.wrong(`the operator is "${text}", and must be one of ${expected}`, { expected });
}

/** Whether nothing is wrong with a selector for sure: one that asks for labels alone. */
export function isPlainSelector(selector: unknown): boolean {
  const { matchLabels, matchExpressions } = recordOf(selector);
  return matchExpressions === undefined && arePlainLabels(matchLabels);
}

/** Whether nothing is wrong with labels for sure. */
export function arePlainLabels(labels: unknown): boolean {
  const members = recordOf(labels);
  for (const key in members) {
    const value = members[key];
    if (keyFault(key) !== undefined) return false;
    if (typeof value === 'string' && labelValueFault(value) !== undefined) return false;
  }
  return true;
}

/** What the API server refuses in labels, which a selector has as a map. */
export function* labelFaults(labels: Place): Iterable<RuleFinding> {
  for (const { key, place } of labels.members) {
    const fault = keyFault(key);
    if (fault !== undefined) yield place.extra(`the label key "${key}" ${fault}`);
    yield* hasForm(place, 'label value', labelValueFault);
  }
}

/** One requirement of a selector: its operator decides whether it has values. */
export function* expressionFaults(expression: Place): Iterable<RuleFinding> {
  const operator = expression.at('operator').text;
  const values = expression.at('values');
  const count = Array.isArray(values.value) ? values.value.length : 0;
  if ((operator === 'In' || operator === 'NotIn') && count === 0)
    yield values.missing(`the operator ${operator} needs values`);
  if ((operator === 'Exists' || operator === 'DoesNotExist') && count > 0)
    yield values.extra(`the operator ${operator} takes no values`);
  if ((operator === 'Gt' || operator === 'Lt') && count !== 1)
    yield values.missing(`the operator ${operator} needs exactly one value`);
  yield* hasForm(expression.at('key'), 'label key', keyFault);
  for (const value of values.texts) yield* hasForm(value, 'label value', labelValueFault);
}

/** Whether a selector asks for anything; an empty one takes everything. */
export function isEmptySelector(selector: Place): boolean {
  const { matchExpressions } = selector.fields;
  return (
    selector.at('matchLabels').members.length === 0 &&
    !(Array.isArray(matchExpressions) && matchExpressions.length > 0)
  );
}

/**
 * Which part of a selector labels do not have.
 *
 * @returns the first of them in words, such as `app: shop`; undefined when it matches, or is not right itself.
 */
export function unmatchedPart(
  selector: Place,
  labels: Readonly<Record<string, unknown>>,
): { readonly place: Place; readonly words: string } | undefined {
  for (const { key, place } of selector.at('matchLabels').members)
    if (labels[key] !== place.value) return { place, words: `${key}: ${String(place.value)}` };
  for (const expression of selector.at('matchExpressions').items)
    if (!isMet(expression, labels)) return { place: expression, words: inWords(expression) };
  return undefined;
}

function isMet(expression: Place, labels: Readonly<Record<string, unknown>>): boolean {
  const { key, operator, values } = expression.fields;
  const label = typeof key === 'string' ? labels[key] : undefined;
  // Without values it is no expression, which `expressionFaults` says.
  const list: readonly unknown[] = Array.isArray(values) && values.length > 0 ? values : [label];
  if (operator === 'In') return list.includes(label);
  if (operator === 'NotIn') return list === values ? !list.includes(label) : true;
  if (operator === 'Exists') return label !== undefined;
  return operator !== 'DoesNotExist' || label === undefined;
}

function inWords(expression: Place): string {
  const { key, operator, values } = expression.fields;
  const list = Array.isArray(values) ? ` (${values.join(', ')})` : '';
  return `${String(key)} ${String(operator)}${list}`;
}
