import type { LiveObject } from '../../lib/rollout/live-object.ts';
import { holds, NOT_REPORTED, NOT_SEEN } from './holds.ts';
import { condition, live } from './objects.ts';

function deployment(status: object | undefined, spec: object = {}): LiveObject {
  return live('apps/v1', 'Deployment', { spec: { replicas: 3, ...spec }, status });
}

holds('Deployment', [
  ['has no status', deployment({}), NOT_REPORTED],
  [
    'is of an older generation',
    deployment({ observedGeneration: 1, replicas: 3, updatedReplicas: 3, availableReplicas: 3 }),
    NOT_SEEN,
  ],
  [
    'failed with its older generation',
    deployment({
      observedGeneration: 1,
      conditions: [condition('Progressing', 'False', 'ProgressDeadlineExceeded', 'timed out')],
    }),
    NOT_SEEN,
  ],
  [
    'has Pods of the old revision only',
    deployment({ observedGeneration: 2, replicas: 3, updatedReplicas: 1, availableReplicas: 3 }),
    'progressing: 1 of 3 replicas are updated',
  ],
  [
    'still has an old Pod',
    deployment({ observedGeneration: 2, replicas: 4, updatedReplicas: 3, availableReplicas: 4 }),
    'progressing: 1 old Pod is still there',
  ],
  [
    'is not available',
    deployment({ observedGeneration: 2, replicas: 3, updatedReplicas: 3, availableReplicas: 2 }),
    'progressing: 2 of 3 replicas are available',
  ],
  [
    'is complete',
    deployment({ observedGeneration: 2, replicas: 3, updatedReplicas: 3, availableReplicas: 3 }),
    'ready: 3 replicas are available',
  ],
  [
    'is scaled to nothing',
    deployment({ observedGeneration: 2 }, { replicas: 0 }),
    'ready: 0 replicas are available',
  ],
  [
    'exceeded its deadline',
    deployment({
      observedGeneration: 2,
      replicas: 3,
      updatedReplicas: 3,
      conditions: [
        condition('Available', 'False', 'MinimumReplicasUnavailable'),
        condition(
          'Progressing',
          'False',
          'ProgressDeadlineExceeded',
          'ReplicaSet "web-5d" has timed out progressing.',
        ),
      ],
    }),
    'failed: ProgressDeadlineExceeded: ReplicaSet "web-5d" has timed out progressing.',
  ],
  [
    'may not create Pods',
    deployment({
      observedGeneration: 2,
      conditions: [
        condition('ReplicaFailure', 'True', 'FailedCreate', 'pods "web-1" is forbidden: quota'),
      ],
    }),
    'progressing: FailedCreate: pods "web-1" is forbidden: quota',
  ],
  [
    'is paused',
    deployment({ observedGeneration: 2, replicas: 3, updatedReplicas: 0 }, { paused: true }),
    'ready: paused: changes of its Pods are not rolled out',
  ],
]);

function statefulSet(status: object, updateStrategy: object = { type: 'RollingUpdate' }) {
  return live('apps/v1', 'StatefulSet', { spec: { replicas: 3, updateStrategy }, status });
}
const STATEFUL = { observedGeneration: 2, replicas: 3, readyReplicas: 3, availableReplicas: 3 };

holds('StatefulSet', [
  ['has no status', statefulSet({ replicas: 0 }), NOT_REPORTED],
  [
    'starts one Pod after the other',
    statefulSet({ ...STATEFUL, replicas: 1, readyReplicas: 0 }),
    'progressing: 1 of 3 replicas are there',
  ],
  [
    'has a Pod that is not ready',
    statefulSet({ ...STATEFUL, updatedReplicas: 3, readyReplicas: 2 }),
    'progressing: 2 of 3 replicas are ready',
  ],
  [
    'is in the middle of an update',
    statefulSet({ ...STATEFUL, updatedReplicas: 1 }),
    'progressing: 1 of 3 replicas are updated',
  ],
  [
    'waits for minReadySeconds',
    statefulSet({ ...STATEFUL, updatedReplicas: 3, availableReplicas: 1 }),
    'progressing: 1 of 3 replicas are available',
  ],
  [
    'must lose Pods',
    statefulSet({ ...STATEFUL, replicas: 5, updatedReplicas: 3 }),
    'progressing: 2 of its Pods must go',
  ],
  [
    'is complete',
    statefulSet({ ...STATEFUL, updatedReplicas: 3 }),
    'ready: 3 replicas are available',
  ],
  [
    'is updated down to its partition',
    statefulSet(
      { ...STATEFUL, updatedReplicas: 1 },
      { type: 'RollingUpdate', rollingUpdate: { partition: 2 } },
    ),
    'ready: 3 replicas are available, 2 of the old revision (partition 2)',
  ],
  [
    'is not updated down to its partition',
    statefulSet(
      { ...STATEFUL, updatedReplicas: 0 },
      { type: 'RollingUpdate', rollingUpdate: { partition: 2 } },
    ),
    'progressing: 0 of 1 replicas are updated',
  ],
  [
    'leaves the update to the user',
    statefulSet({ ...STATEFUL, updatedReplicas: 0 }, { type: 'OnDelete' }),
    'ready: 3 replicas are available, 3 of the old revision (OnDelete)',
  ],
]);

function daemonSet(status: object, type = 'RollingUpdate'): LiveObject {
  return live('apps/v1', 'DaemonSet', { spec: { updateStrategy: { type } }, status });
}
const DAEMON = { observedGeneration: 2, desiredNumberScheduled: 4, currentNumberScheduled: 4 };

holds('DaemonSet', [
  ['has no status', daemonSet({ desiredNumberScheduled: 0, numberReady: 0 }), NOT_REPORTED],
  [
    'lacks Pods',
    daemonSet({ ...DAEMON, currentNumberScheduled: 1 }),
    'progressing: 1 of 4 nodes have its Pod',
  ],
  [
    'is in the middle of an update',
    daemonSet({ ...DAEMON, updatedNumberScheduled: 2, numberAvailable: 4 }),
    'progressing: 2 of 4 Pods are updated',
  ],
  [
    'is not available',
    daemonSet({ ...DAEMON, updatedNumberScheduled: 4, numberAvailable: 3 }),
    'progressing: 3 of 4 Pods are available',
  ],
  [
    'is complete',
    daemonSet({ ...DAEMON, updatedNumberScheduled: 4, numberAvailable: 4 }),
    'ready: available on 4 nodes',
  ],
  [
    'leaves the update to the user',
    daemonSet({ ...DAEMON, numberAvailable: 4 }, 'OnDelete'),
    'ready: available on 4 nodes',
  ],
  [
    'fits no node',
    daemonSet({ observedGeneration: 2, desiredNumberScheduled: 0 }),
    'ready: no node is to have its Pod',
  ],
]);

holds('ReplicaSet', [
  [
    'is not available',
    live('apps/v1', 'ReplicaSet', {
      spec: { replicas: 2 },
      status: { observedGeneration: 2, replicas: 2, availableReplicas: 1 },
    }),
    'progressing: 1 of 2 replicas are available',
  ],
  [
    'is complete',
    live('v1', 'ReplicationController', {
      status: { observedGeneration: 2, replicas: 1, availableReplicas: 1 },
    }),
    'ready: 1 replica is available',
  ],
]);

function job(status: object, spec: object = {}): LiveObject {
  return live('batch/v1', 'Job', { spec: { completions: 2, parallelism: 1, ...spec }, status });
}

holds('Job', [
  ['has no status', job({}), NOT_REPORTED],
  [
    'runs',
    job({ startTime: '2026-11-22T10:00:00Z', active: 1, succeeded: 1, failed: 2 }),
    'progressing: 1 of 2 Pods have completed, 2 failed',
  ],
  [
    'is complete',
    job({ succeeded: 2, conditions: [condition('Complete', 'True', 'CompletionsReached')] }),
    'ready: complete',
  ],
  [
    'has failed',
    job({
      conditions: [
        condition('FailureTarget', 'True', 'BackoffLimitExceeded', 'Job has reached the limit'),
        condition('Failed', 'True', 'BackoffLimitExceeded', 'Job has reached the limit'),
      ],
    }),
    'failed: BackoffLimitExceeded: Job has reached the limit',
  ],
  [
    'is suspended',
    job({ conditions: [condition('Suspended', 'True', 'JobSuspended')] }, { suspend: true }),
    'ready: suspended',
  ],
]);

function pod(status: object): LiveObject {
  return live('v1', 'Pod', { status });
}

holds('Pod', [
  ['is not on a node', pod({ phase: 'Pending' }), 'progressing: no node has started it yet'],
  [
    'fits no node',
    pod({
      phase: 'Pending',
      conditions: [
        condition('PodScheduled', 'False', 'Unschedulable', '0/3 nodes are available:\n no memory'),
      ],
    }),
    'progressing: Unschedulable: 0/3 nodes are available: no memory',
  ],
  [
    'cannot pull its image',
    pod({
      phase: 'Pending',
      containerStatuses: [
        { name: 'app', state: { waiting: { reason: 'ImagePullBackOff', message: 'Back-off' } } },
      ],
    }),
    'progressing: container app: ImagePullBackOff: Back-off',
  ],
  [
    'crashes',
    pod({
      phase: 'Running',
      conditions: [condition('Ready', 'False', 'ContainersNotReady')],
      containerStatuses: [
        { name: 'app', state: { waiting: { reason: 'CrashLoopBackOff', message: 'back-off' } } },
      ],
    }),
    'failed: container app: CrashLoopBackOff: back-off',
  ],
  [
    'runs but is not ready',
    pod({
      phase: 'Running',
      conditions: [
        condition('Ready', 'False', 'ContainersNotReady', 'containers with unready status: [app]'),
      ],
      containerStatuses: [{ name: 'app', state: { running: {} }, ready: false }],
    }),
    'progressing: ContainersNotReady: containers with unready status: [app]',
  ],
  ['is ready', pod({ phase: 'Running', conditions: [condition('Ready', 'True')] }), 'ready: ready'],
  ['has completed', pod({ phase: 'Succeeded' }), 'ready: completed'],
  [
    'was evicted',
    pod({ phase: 'Failed', reason: 'Evicted', message: 'The node was low on memory.' }),
    'failed: Evicted: The node was low on memory.',
  ],
]);
