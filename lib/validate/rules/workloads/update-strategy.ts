import type { Rule, RuleFinding } from '../rule.ts';
import { areCounts, isCountOrPercent } from './support/checks.ts';
import { kindRule } from './support/own-pods.ts';
import type { Place } from './support/place.ts';

/**
 * How a workload is updated.
 * Source: k8s.io/kubernetes v1.36.3 pkg/apis/apps/validation, ValidateDeploymentStrategy, ValidateDaemonSetUpdateStrategy,
 * validateRollingUpdateStatefulSet.
 */
export const updateStrategy: Rule = kindRule(
  'workloads/update-strategy',
  ['apps/Deployment', 'apps/DaemonSet', 'apps/StatefulSet'],
  function* (object) {
    const kind = object.at('kind').text;
    const strategy = object.in('spec', kind === 'Deployment' ? 'strategy' : 'updateStrategy');
    if (!strategy.isSet) return;
    const rolling = strategy.at('rollingUpdate');
    const type = strategy.at('type').text;
    if (
      rolling.isSet &&
      type === (kind === 'Deployment' ? 'Recreate' : 'OnDelete') &&
      kind !== 'DaemonSet'
    )
      yield rolling.extra(`rollingUpdate is for the type RollingUpdate, and the type is ${type}`, {
        hint: 'Write the strategy with `strategy: {...}` instead of `strategy+:`, which keeps what was there.',
      });
    else if (rolling.isSet && type !== 'OnDelete') yield* rollingFaults(rolling, kind ?? '');
  },
  { reads: ({ fields, spec }) => [fields['kind'], spec['strategy'], spec['updateStrategy']] },
);

function* rollingFaults(rolling: Place, kind: string): Iterable<RuleFinding> {
  const surge = rolling.at('maxSurge');
  const unavailable = rolling.at('maxUnavailable');
  // More Pods than there are may be added, but a Deployment alone may do so.
  yield* isCountOrPercent(surge, 'maxSurge', { isUnbounded: kind === 'Deployment' });
  yield* isCountOrPercent(unavailable, 'maxUnavailable');
  yield* areCounts(rolling, ['partition']);
  if (kind === 'StatefulSet') {
    if (unavailable.isSet && isZero(unavailable.value))
      yield unavailable.wrong('maxUnavailable is 0, so that no Pod could be updated');
    return;
  }
  const surgeDefault = kind === 'Deployment' ? '25%' : 0;
  const unavailableDefault = kind === 'Deployment' ? '25%' : 1;
  const hasSurge = !isZero(surge.value ?? surgeDefault);
  const hasUnavailable = !isZero(unavailable.value ?? unavailableDefault);
  if (!hasSurge && !hasUnavailable)
    yield unavailable.wrong(
      'maxUnavailable and maxSurge are both 0, so that no Pod could be updated',
    );
  if (kind === 'DaemonSet' && hasSurge && hasUnavailable)
    yield surge.wrong('a DaemonSet with maxSurge needs maxUnavailable: 0');
}

function isZero(value: unknown): boolean {
  return value === 0 || (typeof value === 'string' && /^0+%$/.test(value));
}
