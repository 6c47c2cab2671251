import type { Rule } from '../rule.ts';
import { handlerFaults, unknownPort } from './support/handlers.ts';
import { containerRule } from './support/own-pods.ts';

const KINDS = ['exec', 'httpGet', 'tcpSocket', 'sleep'];
/** What a Pod has that says nothing. */
const GRACE_PERIOD = 30;

/**
 * Hooks at the start and the end of a container.
 * Source: k8s.io/kubernetes v1.36.3 pkg/apis/core/validation, validateLifecycle, validateSleepAction.
 */
export const lifecycle: Rule = containerRule(
  'workloads/lifecycle',
  function* ({ place, list, pod: { spec } }) {
    if (list !== 'containers' && place.fields['restartPolicy'] !== 'Always') return;
    const grace = spec.at('terminationGracePeriodSeconds').number ?? GRACE_PERIOD;
    for (const name of ['postStart', 'preStop']) {
      const hook = place.in('lifecycle', name);
      if (!hook.isSet) continue;
      yield* handlerFaults(hook, KINDS, name);
      yield* unknownPort(hook, place);
      const seconds = hook.in('sleep', 'seconds');
      if (seconds.number !== undefined && (seconds.number < 0 || seconds.number > grace))
        yield seconds.wrong(
          `${name} sleeps for ${seconds.number} seconds, and terminationGracePeriodSeconds is ${grace}`,
          { expected: `0 to ${grace}` },
        );
    }
  },
  { about: ['lifecycle'] },
);
