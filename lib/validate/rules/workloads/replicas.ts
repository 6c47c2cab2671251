import type { Rule, RuleFinding } from '../rule.ts';
import { areCounts } from './support/checks.ts';
import { kindRule } from './support/own-pods.ts';
import type { Place } from './support/place.ts';

const COUNTS = ['replicas', 'minReadySeconds', 'revisionHistoryLimit', 'progressDeadlineSeconds'];
/** What a Deployment has that says nothing. */
const PROGRESS_DEADLINE = 600;

/**
 * Numbers of a workload that cannot be.
 * Source: k8s.io/kubernetes v1.36.3 pkg/apis/apps/validation.
 */
export const replicas: Rule = kindRule(
  'workloads/replicas',
  [
    'apps/Deployment',
    'apps/ReplicaSet',
    'apps/StatefulSet',
    'apps/DaemonSet',
    '/ReplicationController',
  ],
  function* (object) {
    const spec = object.at('spec');
    // A StatefulSet's revisionHistoryLimit may be anything.
    const isStatefulSet = object.fields['kind'] === 'StatefulSet';
    yield* areCounts(
      spec,
      COUNTS.filter((field) => !(isStatefulSet && field === 'revisionHistoryLimit')),
    );
    yield* areCounts(spec.at('ordinals'), ['start']);
    if (object.fields['kind'] === 'Deployment') yield* deadlineFaults(spec);
  },
  {
    reads: ({ fields, spec }) => [
      fields['kind'],
      spec['ordinals'],
      COUNTS.map((field) => spec[field]),
    ],
  },
);

function* deadlineFaults(spec: Place): Iterable<RuleFinding> {
  const place = spec.at('progressDeadlineSeconds');
  const ready = spec.at('minReadySeconds').number ?? 0;
  const deadline = place.number ?? PROGRESS_DEADLINE;
  if (deadline < 0 || ready < 0 || deadline > ready) return;
  const wrong = place.isSet ? place : spec.at('minReadySeconds');
  yield wrong.wrong(
    `progressDeadlineSeconds is ${deadline}, and must be more than minReadySeconds, ${ready}`,
  );
}
