import type { Rule, RuleFinding } from '../rule.ts';
import { areCounts, isBetween } from './support/checks.ts';
import { handlerFaults, unknownPort } from './support/handlers.ts';
import { containerRule } from './support/own-pods.ts';
import type { Place } from './support/place.ts';

const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'];
const KINDS = ['httpGet', 'tcpSocket', 'exec', 'grpc'];
const TIMES = ['initialDelaySeconds', 'timeoutSeconds', 'periodSeconds', 'failureThreshold'];

/**
 * Probes: one thing to do, and numbers that make sense.
 * Source: k8s.io/kubernetes v1.36.3 pkg/apis/core/validation, validateProbe.
 */
export const probe: Rule = containerRule(
  'workloads/probe',
  function* ({ place }) {
    for (const name of PROBES) {
      const each = place.at(name);
      if (!each.isSet) continue;
      yield* handlerFaults(each, KINDS, `the ${name}`);
      yield* unknownPort(each, place);
      yield* areCounts(each, TIMES);
      yield* thresholdFaults(each, name);
    }
  },
  {
    about: PROBES,
    reads: ({ fields }) => [fields['ports'], ...PROBES.map((name) => fields[name])],
  },
);

function* thresholdFaults(each: Place, name: string): Iterable<RuleFinding> {
  const threshold = each.at('successThreshold');
  if (name === 'readinessProbe') yield* isBetween(threshold, 'successThreshold', { from: 0 });
  else if (threshold.number !== undefined && threshold.number !== 1 && threshold.number !== 0)
    yield threshold.wrong(`successThreshold is ${threshold.number}, and must be 1 in a ${name}`, {
      expected: '1',
    });
  const grace = each.at('terminationGracePeriodSeconds');
  if (grace.isSet && name === 'readinessProbe')
    yield grace.extra(
      'a readinessProbe never ends the container, so it has no terminationGracePeriodSeconds',
    );
  else yield* isBetween(grace, 'terminationGracePeriodSeconds', { from: 1 });
}
