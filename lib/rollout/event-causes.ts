import type { ClusterConnection } from '../cluster/cluster-connection.ts';
import { readList } from './cluster-reader.ts';
import { type LiveObject, numberOf, reasonText, textOf } from './live-object.ts';

/** Something that happened to an object. */
export interface ClusterEvent {
  readonly isWarning: boolean;
  /** `Reason: message`. */
  readonly text: string;
  /** When it happened last, RFC 3339. */
  readonly time: string;
  /** How often it happened. */
  readonly count: number;
}

/**
 * The events of an object, the newest first; none when they cannot be read. Those of objects without a namespace are in
 * `default`. Source of the fields: Event v1 in https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/
 * and its older form, which the API server answers with at /api/v1.
 *
 * @throws Failure `interrupted` on abort.
 */
export async function readEvents(
  connection: ClusterConnection,
  object: LiveObject,
): Promise<readonly ClusterEvent[]> {
  const namespace = textOf(object, 'metadata', 'namespace') || 'default';
  const uid = textOf(object, 'metadata', 'uid');
  const answer = await readList(
    connection,
    `/api/v1/namespaces/${encodeURIComponent(namespace)}/events`,
    { fieldSelector: `involvedObject.uid=${uid}` },
  );
  if ('problem' in answer) return [];
  return answer.value.map((event) => eventOf(event)).sort(newestFirst);
}

function eventOf(event: LiveObject): ClusterEvent {
  const time =
    textOf(event, 'series', 'lastObservedTime') ||
    textOf(event, 'lastTimestamp') ||
    textOf(event, 'eventTime') ||
    textOf(event, 'metadata', 'creationTimestamp');
  return {
    isWarning: textOf(event, 'type') === 'Warning',
    text: reasonText({ reason: textOf(event, 'reason'), message: textOf(event, 'message') }),
    time,
    count: numberOf(event, ['series', 'count'], numberOf(event, ['count'], 1)),
  };
}

/** Some times have microseconds and some have not. */
function newestFirst(one: ClusterEvent, other: ClusterEvent): number {
  return Date.parse(other.time) - Date.parse(one.time);
}
