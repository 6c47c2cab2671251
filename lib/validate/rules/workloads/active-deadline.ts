import type { Rule } from '../rule.ts';
import { isBetween } from './support/checks.ts';
import { podRule } from './support/own-pods.ts';

const RUNNING_ON = new Set([
  'Deployment',
  'ReplicaSet',
  'DaemonSet',
  'StatefulSet',
  'ReplicationController',
]);
const MOST = 2 ** 31 - 1;

/**
 * A time limit of Pods: for those that run on there is none.
 * Source: k8s.io/kubernetes v1.36.3 pkg/apis/apps/validation, pkg/apis/core/validation, ValidatePodSpec.
 */
export const activeDeadline: Rule = podRule(
  'workloads/active-deadline',
  function* ({ kind, spec }) {
    const deadline = spec.at('activeDeadlineSeconds');
    if (!deadline.isSet) return;
    if (RUNNING_ON.has(kind))
      yield deadline.extra(`the Pods of a ${kind} run on, and cannot have activeDeadlineSeconds`, {
        hint: 'Use a Job for what shall end; progressDeadlineSeconds of a Deployment limits its rollout.',
      });
    else yield* isBetween(deadline, 'activeDeadlineSeconds', { from: 1, to: MOST });
  },
  { about: ['activeDeadlineSeconds'] },
);
