import type { Rule, RuleFinding } from '../rule.ts';
import { hasForm, isBetween } from './support/checks.ts';
import { pathSegmentFault } from './support/forms.ts';
import { kindRule } from './support/own-pods.ts';
import type { Place } from './support/place.ts';
import { parseQuantity } from './support/quantity.ts';

const MOST_SECONDS = 1800;
const MOST_WINDOW = 3600;

/**
 * Autoscalers: bounds, metrics, behaviour.
 * Source: k8s.io/kubernetes v1.36.3 pkg/apis/autoscaling/validation.
 */
export const autoscaler: Rule = kindRule(
  'workloads/autoscaler',
  ['autoscaling/HorizontalPodAutoscaler'],
  function* (object) {
    const spec = object.at('spec');
    yield* boundFaults(spec);
    for (const field of ['kind', 'name']) {
      const place = spec.in('scaleTargetRef', field);
      if (place.value === '') yield place.missing(`the ${field} of the target is empty`);
      yield* hasForm(place, `${field} of the target`, pathSegmentFault);
    }
    for (const metric of spec.at('metrics').items) yield* metricFaults(metric);
    for (const direction of ['scaleUp', 'scaleDown'])
      yield* behaviorFaults(spec.in('behavior', direction));
  },
);

function* boundFaults(spec: Place): Iterable<RuleFinding> {
  const most = spec.at('maxReplicas');
  const least = spec.at('minReplicas');
  yield* isBetween(most, 'maxReplicas', { from: 1 });
  yield* isBetween(least, 'minReplicas', { from: 1 });
  if (most.number === undefined || least.number === undefined || most.number < 1) return;
  if (least.number > most.number)
    yield most.wrong(`maxReplicas is ${most.number}, and minReplicas ${least.number}`, {
      expected: `${least.number} or more`,
    });
}

const SOURCES: Readonly<Record<string, string>> = {
  Resource: 'resource',
  ContainerResource: 'containerResource',
  Pods: 'pods',
  Object: 'object',
  External: 'external',
};

function* metricFaults(metric: Place): Iterable<RuleFinding> {
  const type = metric.at('type').text ?? '';
  const field = SOURCES[type];
  if (field === undefined) return;
  if (!metric.has(field))
    yield metric.at(field).missing(`the metric is of type ${type}, and has no ${field}`);
  for (const other of Object.values(SOURCES))
    if (other !== field && metric.has(other))
      yield metric.at(other).extra(`the metric is of type ${type}, and has ${other}`);
  const source = metric.at(field);
  if (source.isSet) yield* targetFaults(source.at('target'), field);
}

function* targetFaults(target: Place, field: string): Iterable<RuleFinding> {
  for (const value of ['value', 'averageValue']) {
    const quantity = parseQuantity(target.at(value).value);
    if (quantity !== undefined && quantity <= 0n)
      yield target.at(value).wrong(`${value} of the target must be more than 0`);
  }
  yield* isBetween(target.at('averageUtilization'), 'averageUtilization', { from: 1 });
  const [takes, excludes] = TARGETS[field] ?? [];
  if (takes === undefined || excludes === undefined) return;
  if (!takes.some((each) => target.has(each)))
    yield target
      .at(takes[0] ?? '')
      .missing(`the target of the metric has no ${takes.join(' and no ')}`);
  if (excludes.length > 0 && excludes.every((each) => target.has(each)))
    yield target
      .at(excludes[1] ?? '')
      .extra(`the target has ${excludes.join(' and ')}, and may have only one`);
}

/** By source: of which fields the target needs one, and which exclude each other. */
const TARGETS: Readonly<Record<string, readonly [readonly string[], readonly string[]]>> = {
  resource: [
    ['averageUtilization', 'averageValue'],
    ['averageUtilization', 'averageValue'],
  ],
  containerResource: [
    ['averageUtilization', 'averageValue'],
    ['averageUtilization', 'averageValue'],
  ],
  pods: [['averageValue'], []],
  object: [['value', 'averageValue'], []],
  external: [
    ['value', 'averageValue'],
    ['value', 'averageValue'],
  ],
};

function* behaviorFaults(rules: Place): Iterable<RuleFinding> {
  yield* isBetween(rules.at('stabilizationWindowSeconds'), 'stabilizationWindowSeconds', {
    from: 0,
    to: MOST_WINDOW,
  });
  const policies = rules.at('policies');
  if (Array.isArray(policies.value) && policies.value.length === 0)
    yield policies.wrong('the list of policies is empty', {
      hint: 'Leave policies out for the default; selectPolicy: Disabled forbids scaling.',
    });
  for (const policy of policies.items) {
    yield* isBetween(policy.at('value'), 'the value of the policy', { from: 1 });
    yield* isBetween(policy.at('periodSeconds'), 'periodSeconds', { from: 1, to: MOST_SECONDS });
  }
}
