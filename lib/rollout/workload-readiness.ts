import {
  type Condition,
  conditionOf,
  fieldOf,
  itemsOf,
  type LiveObject,
  numberOf,
  reasonText,
  textOf,
} from './live-object.ts';
import { failed, progressing, ready, type Readiness, type Rule, UNREPORTED } from './verdict.ts';

/** Kinds that run Pods, and Pods. */
export const workloadRules: readonly (readonly [string, Rule])[] = [
  ['apps/Deployment', deployment],
  ['apps/StatefulSet', statefulSet],
  ['apps/DaemonSet', daemonSet],
  ['apps/ReplicaSet', replicaSet],
  ['/ReplicationController', replicaSet],
  ['batch/Job', job],
  ['/Pod', pod],
];

/** What is needed of something and what there is. */
type Step = readonly [needed: number, found: number, noun: string];

/** The first thing that there is not enough of. */
function firstMissing(steps: readonly Step[]): Readiness | undefined {
  const step = steps.find(([needed, found]) => found < needed);
  if (step === undefined) return undefined;
  const [needed, found, noun] = step;
  return progressing(`${found} of ${needed} ${noun}`);
}

/** `1 replica is available`, `3 replicas are available`. */
function available(count: number): string {
  return `${count} ${count === 1 ? 'replica is' : 'replicas are'} available`;
}

/** Pods cannot be created, for example since a quota is used up. */
function replicaFailure(object: LiveObject): Readiness | undefined {
  const failure = conditionOf(object, 'ReplicaFailure');
  return failure?.status === 'True' ? progressing(reasonText(failure)) : undefined;
}

function isObserved(object: LiveObject): boolean {
  return numberOf(object, ['status', 'observedGeneration']) > 0;
}

/**
 * As `kubectl rollout status`: k8s.io/kubectl/pkg/polymorphichelpers/rollout_status.go v0.36.3. A paused one does what it is
 * asked to: https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#pausing-and-resuming-a-deployment
 */
function deployment(object: LiveObject): Readiness {
  if (!isObserved(object)) return progressing(UNREPORTED);
  const progress = conditionOf(object, 'Progressing');
  if (progress?.reason === 'ProgressDeadlineExceeded') return failed(reasonText(progress));
  if (fieldOf(object, 'spec', 'paused') === true)
    return ready('paused: changes of its Pods are not rolled out');
  const wanted = numberOf(object, ['spec', 'replicas'], 1);
  const count = (name: string): number => numberOf(object, ['status', name]);
  const updated = count('updatedReplicas');
  const missing = firstMissing([[wanted, updated, 'replicas are updated']]);
  if (missing !== undefined) return replicaFailure(object) ?? missing;
  const old = count('replicas') - updated;
  if (old > 0) return progressing(`${old} old ${old === 1 ? 'Pod is' : 'Pods are'} still there`);
  return (
    firstMissing([[wanted, count('availableReplicas'), 'replicas are available']]) ??
    ready(available(wanted))
  );
}

/**
 * As `kubectl rollout status`, and kstatus for what must be there first. With OnDelete the controller leaves the Pods of the old
 * revision alone: https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#update-strategies
 */
function statefulSet(object: LiveObject): Readiness {
  if (!isObserved(object)) return progressing(UNREPORTED);
  const wanted = numberOf(object, ['spec', 'replicas'], 1);
  const count = (name: string): number => numberOf(object, ['status', name]);
  const partition = numberOf(object, ['spec', 'updateStrategy', 'rollingUpdate', 'partition']);
  const isOnDelete = textOf(object, 'spec', 'updateStrategy', 'type') === 'OnDelete';
  const toUpdate = isOnDelete ? 0 : Math.max(wanted - partition, 0);
  const missing = firstMissing([
    [wanted, count('replicas'), 'replicas are there'],
    [toUpdate, count('updatedReplicas'), 'replicas are updated'],
    [wanted, count('readyReplicas'), 'replicas are ready'],
    // Ready for `minReadySeconds`.
    [wanted, count('availableReplicas'), 'replicas are available'],
  ]);
  if (missing !== undefined) return missing;
  const extra = count('replicas') - wanted;
  if (extra > 0) return progressing(`${extra} of its Pods must go`);
  const left = wanted - count('updatedReplicas');
  if (left > 0)
    return ready(
      `${available(wanted)}, ${left} of the old revision (${isOnDelete ? 'OnDelete' : `partition ${partition}`})`,
    );
  return ready(available(wanted));
}

/** As `kubectl rollout status`, and kstatus. */
function daemonSet(object: LiveObject): Readiness {
  if (!isObserved(object)) return progressing(UNREPORTED);
  const count = (name: string): number => numberOf(object, ['status', name]);
  const wanted = count('desiredNumberScheduled');
  const isOnDelete = textOf(object, 'spec', 'updateStrategy', 'type') === 'OnDelete';
  return (
    firstMissing([
      [wanted, count('currentNumberScheduled'), 'nodes have its Pod'],
      [isOnDelete ? 0 : wanted, count('updatedNumberScheduled'), 'Pods are updated'],
      [wanted, count('numberAvailable'), 'Pods are available'],
    ]) ?? ready(wanted === 0 ? 'no node is to have its Pod' : `available on ${wanted} nodes`)
  );
}

/** As kstatus. */
function replicaSet(object: LiveObject): Readiness {
  if (!isObserved(object)) return progressing(UNREPORTED);
  const wanted = numberOf(object, ['spec', 'replicas'], 1);
  return (
    replicaFailure(object) ??
    firstMissing([
      [wanted, numberOf(object, ['status', 'replicas']), 'replicas are there'],
      [wanted, numberOf(object, ['status', 'availableReplicas']), 'replicas are available'],
    ]) ??
    ready(available(wanted))
  );
}

/**
 * A Job is ready when it is complete, unlike in kstatus, where it is when it runs. One that is suspended has nothing to do:
 * https://kubernetes.io/docs/concepts/workloads/controllers/job/#suspending-a-job
 */
function job(object: LiveObject): Readiness {
  const ended = (type: string): Condition | undefined => {
    const condition = conditionOf(object, type);
    return condition?.status === 'True' ? condition : undefined;
  };
  const failure = ended('Failed');
  if (failure !== undefined) return failed(reasonText(failure) || 'failed');
  if (ended('Complete') !== undefined) return ready('complete');
  const target = ended('FailureTarget');
  if (target !== undefined) return progressing(`fails: ${reasonText(target)}`);
  if (fieldOf(object, 'spec', 'suspend') === true) return ready('suspended');
  if (textOf(object, 'status', 'startTime') === '') return progressing(UNREPORTED);
  const count = (name: string): number => numberOf(object, ['status', name]);
  const wanted = numberOf(
    object,
    ['spec', 'completions'],
    numberOf(object, ['spec', 'parallelism'], 1),
  );
  const failures = count('failed') === 0 ? '' : `, ${count('failed')} failed`;
  return progressing(`${count('succeeded')} of ${wanted} Pods have completed${failures}`);
}

/**
 * As kstatus, but a Pod that failed did not come up, and one that no node takes may find one: a cluster autoscaler takes minutes.
 */
function pod(object: LiveObject): Readiness {
  switch (textOf(object, 'status', 'phase')) {
    case 'Succeeded':
      return ready('completed');
    case 'Failed':
      return failed(reasonText(podFailure(object)));
    case 'Running':
      if (conditionOf(object, 'Ready')?.status === 'True') return ready('ready');
      break;
    default:
  }
  const waiting = waitingContainer(object);
  if (waiting !== undefined) {
    const text = `container ${waiting.name}: ${reasonText(waiting)}`;
    return waiting.reason === 'CrashLoopBackOff' ? failed(text) : progressing(text);
  }
  const scheduled = conditionOf(object, 'PodScheduled');
  if (scheduled?.status === 'False') return progressing(reasonText(scheduled));
  const unready = conditionOf(object, 'Ready');
  return progressing(unready?.message ? reasonText(unready) : 'no node has started it yet');
}

function podFailure(object: LiveObject): { reason: string; message: string } {
  const reason = textOf(object, 'status', 'reason');
  return {
    reason: reason === '' ? 'Failed' : reason,
    message: textOf(object, 'status', 'message'),
  };
}

function waitingContainer(
  object: LiveObject,
): { name: string; reason: string; message: string } | undefined {
  const all = ['initContainerStatuses', 'containerStatuses'].flatMap((list) =>
    itemsOf(object, 'status', list),
  );
  const waiting = all
    .map((status) => ({
      name: textOf(status, 'name'),
      reason: textOf(status, 'state', 'waiting', 'reason'),
      message: textOf(status, 'state', 'waiting', 'message'),
    }))
    // What every container goes through. Source: pkg/kubelet/kubelet_pods.go of k8s.io/kubernetes v1.36.3.
    .filter(({ reason }) => !['', 'ContainerCreating', 'PodInitializing'].includes(reason));
  return waiting.find(({ reason }) => reason === 'CrashLoopBackOff') ?? waiting[0];
}
