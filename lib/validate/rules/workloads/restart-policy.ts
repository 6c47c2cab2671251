import type { Rule } from '../rule.ts';
import { podRule } from './support/own-pods.ts';

const ALWAYS = new Set([
  'Deployment',
  'ReplicaSet',
  'DaemonSet',
  'StatefulSet',
  'ReplicationController',
]);
const ENDING = new Set(['Job', 'CronJob']);

/**
 * The restartPolicy that the kind takes: Always for what runs on, OnFailure or Never for what ends.
 * Source: k8s.io/kubernetes v1.36.3 pkg/apis/apps/validation, pkg/apis/batch/validation.
 */
export const restartPolicy: Rule = podRule(
  'workloads/restart-policy',
  function* ({ kind, spec }) {
    const policy = spec.at('restartPolicy');
    if (ALWAYS.has(kind) && !policy.isEmpty && policy.value !== 'Always')
      yield policy.wrong(
        `restartPolicy is ${String(policy.value)}, and a ${kind} takes only Always`,
        {
          expected: 'Always',
          hint: 'Leave it out. What shall run once and end is a Job.',
        },
      );
    if (!ENDING.has(kind)) return;
    const expected = 'OnFailure or Never';
    if (policy.isEmpty)
      yield policy.missing(
        `restartPolicy is missing: a Job's Pods need OnFailure or Never, and Always is the default`,
        { expected },
      );
    else if (policy.value === 'Always')
      yield policy.wrong(`restartPolicy is Always, and a Job's Pods take only OnFailure or Never`, {
        expected,
      });
  },
  { reads: ({ kind, fields }) => [kind, fields['restartPolicy']] },
);
