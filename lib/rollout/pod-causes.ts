import type { ClusterConnection } from '../cluster/cluster-connection.ts';
import { readText } from './cluster-reader.ts';
import {
  conditionOf,
  fieldOf,
  itemsOf,
  type LiveObject,
  numberOf,
  reasonText,
  textOf,
} from './live-object.ts';

/** How many lines of a log are shown. */
const LOG_LINES = 10;
/** More than the lines that are shown ever need; a program may write a line without end. */
const LOG_BYTES = 64 * 1024;

/** What is wrong in a Pod. */
export interface PodTrouble {
  /** Such as `container app: CrashLoopBackOff: back-off 5m0s restarting failed container`. */
  readonly text: string;
  /** The same for all Pods that have the same trouble. */
  readonly key: string;
  /** The container whose log may say more. */
  readonly log?: { readonly container: string; readonly isPrevious: boolean };
}

/** What is wrong in a Pod, the containers in their order; nothing when it is as it should be. */
export function podTroubles(pod: LiveObject): readonly PodTrouble[] {
  if (textOf(pod, 'status', 'phase') === 'Succeeded') return [];
  if (conditionOf(pod, 'Ready')?.status === 'True') return [];
  const troubles = ['initContainerStatuses', 'containerStatuses'].flatMap((list, index) =>
    itemsOf(pod, 'status', list).flatMap((status) => containerTrouble(status, index === 0) ?? []),
  );
  if (troubles.length > 0) return troubles;
  const reason = textOf(pod, 'status', 'reason');
  const whole =
    reason === ''
      ? notTrue(pod, 'PodScheduled') || notTrue(pod, 'Initialized') || notTrue(pod, 'Ready')
      : reasonText({ reason, message: textOf(pod, 'status', 'message') });
  const text = whole || 'no node has started it yet';
  return [{ text, key: text }];
}

function notTrue(pod: LiveObject, type: string): string {
  const condition = conditionOf(pod, type);
  return condition === undefined || condition.status === 'True' ? '' : reasonText(condition);
}

function containerTrouble(status: LiveObject, isInit: boolean): PodTrouble | undefined {
  const name = textOf(status, 'name');
  const ended = fieldOf(status, 'state', 'terminated');
  if (status['ready'] === true || numberOf(ended, ['exitCode'], 1) === 0) return undefined;
  if (numberOf(status, ['restartCount']) > 0 || ended !== undefined) return failure(status, name);
  if (fieldOf(status, 'state', 'running') !== undefined) {
    const text = isInit
      ? `init container ${name} still runs`
      : `container ${name} runs, but is not ready`;
    return { text, key: text, log: { container: name, isPrevious: false } };
  }
  // What every container goes through. Source: pkg/kubelet/kubelet_pods.go of k8s.io/kubernetes v1.36.3.
  const isStarting = ['', 'ContainerCreating', 'PodInitializing'].includes(
    textOf(status, 'state', 'waiting', 'reason'),
  );
  return isStarting ? undefined : failure(status, name);
}

/** A container that cannot start, or has ended. */
function failure(status: LiveObject, name: string): PodTrouble {
  const waiting = fieldOf(status, 'state', 'waiting');
  const now = fieldOf(status, 'state', 'terminated');
  const ended = now ?? fieldOf(status, 'lastState', 'terminated');
  const reason = textOf(waiting, 'reason');
  const restarts = numberOf(status, ['restartCount']);
  const how = [
    reasonText({ reason, message: textOf(waiting, 'message') }),
    endText(ended),
    ...(restarts === 0 ? [] : [`restarted ${restarts === 1 ? 'once' : `${restarts} times`}`]),
  ].filter((text) => text !== '');
  return {
    text: `container ${name}: ${how.join('; ')}`,
    // Without the message, in which the Pod has its name.
    key: `${name} ${reason} ${numberOf(ended, ['exitCode'])}`,
    ...(ended !== undefined && { log: { container: name, isPrevious: now === undefined } }),
  };
}

/** How a container ended. 137 and the like are a signal: https://tldp.org/LDP/abs/html/exitcodes.html */
function endText(ended: unknown): string {
  if (ended === undefined) return '';
  const code = numberOf(ended, ['exitCode']);
  const reason = textOf(ended, 'reason');
  const message = textOf(ended, 'message');
  const why = ['', 'Error', 'Completed'].includes(reason) ? '' : ` (${reason})`;
  return `ended with exit code ${code}${why}${message === '' ? '' : `: ${message}`}`;
}

/**
 * The last lines of a container's log; what is wrong when they cannot be read.
 *
 * @returns lines as they were written: secrets and control characters may be in them.
 * @throws Failure `interrupted` on abort.
 */
export async function lastLogLines(
  connection: ClusterConnection,
  pod: LiveObject,
  { container, isPrevious }: { readonly container: string; readonly isPrevious: boolean },
): Promise<readonly string[]> {
  const namespace = encodeURIComponent(textOf(pod, 'metadata', 'namespace'));
  const name = encodeURIComponent(textOf(pod, 'metadata', 'name'));
  const answer = await readText(connection, `/api/v1/namespaces/${namespace}/pods/${name}/log`, {
    container,
    tailLines: String(LOG_LINES),
    limitBytes: String(LOG_BYTES),
    ...(isPrevious && { previous: 'true' }),
  });
  if ('problem' in answer) return [`(its log cannot be read: ${answer.problem})`];
  const lines = answer.value.split(/\r?\n/);
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}
