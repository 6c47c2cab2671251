import pMap from 'p-map';
import type { ClusterConnection } from '../cluster/cluster-connection.ts';
import { isRecord } from '../manifest/is-record.ts';
import type { SecretTexts } from '../manifest/secret-texts.ts';
import { readList } from './cluster-reader.ts';
import { readEvents } from './event-causes.ts';
import {
  conditionsOf,
  fieldOf,
  groupOf,
  itemsOf,
  type LiveObject,
  reasonText,
  textOf,
} from './live-object.ts';
import { maskSecrets } from './mask-secrets.ts';
import { lastLogLines, podTroubles, type PodTrouble } from './pod-causes.ts';

/** Of how many Pods with different troubles all is said, for one object. */
const MOST_TROUBLES = 3;
const MOST_EVENTS = 5;
/** Events that are no warning, of an object that has nothing else. */
const MOST_QUIET_EVENTS = 2;

/** Conditions that are as they should be when they are not true; the others of a controller should be. */
const ABNORMAL: ReadonlySet<string> = new Set([
  'ReplicaFailure',
  'Failed',
  'FailureTarget',
  'Stalled',
  'Reconciling',
  'Suspended',
  'Issuing',
]);

/** Where to look, and what to hide. */
interface CauseSearch {
  readonly connection: ClusterConnection;
  readonly secrets: SecretTexts | undefined;
}

/**
 * Finds out why an object is not up, the nearest cause first: what its controller says, what is wrong in the Pods below it with
 * the last lines of a failing container, and events.
 *
 * @param object as it was read last.
 * @returns one text for each cause, several lines for a log; without secrets, and harmless on a terminal. What cannot be read is
 *   left out.
 * @throws Failure `interrupted` on abort.
 */
export async function causesOf(
  search: CauseSearch,
  object: LiveObject,
): Promise<readonly string[]> {
  const { owners, pods } = await descend(search, object);
  const below = await podCauses(search, pods);
  const said = [...conditionCauses(object), ...below.causes];
  const sources = [object, ...owners, ...below.pods];
  const events = await eventCauses(search.connection, sources, said.length > 0);
  const lines = [...said, ...events];
  return [...new Set(lines)].map((text) => maskText(text, search.secrets));
}

function maskText(text: string, secrets: SecretTexts | undefined): string {
  return text
    .split('\n')
    .map((line) => maskSecrets(line, secrets))
    .join('\n');
}

function conditionCauses(object: LiveObject): readonly string[] {
  // A Pod's say less than its containers do.
  if (textOf(object, 'kind') === 'Pod') return [];
  const parents = itemsOf(object, 'status', 'parents');
  return [object['status'], ...parents]
    .flatMap((status) => conditionsOf(status))
    .filter(
      ({ type, status, reason, message }) =>
        status !== '' &&
        (status === 'True') === ABNORMAL.has(type) &&
        (reason !== '' || message !== ''),
    )
    .map((condition) => `${condition.type} is ${condition.status}: ${reasonText(condition)}`)
    .map((text) => text.trim().replaceAll(/\s+/g, ' '));
}

/** The Pods of a workload, and what stands between. */
async function descend(
  { connection }: CauseSearch,
  object: LiveObject,
): Promise<{ owners: readonly LiveObject[]; pods: readonly LiveObject[] }> {
  const kind = `${groupOf(object)}/${textOf(object, 'kind')}`;
  if (kind === '/Pod') return { owners: [], pods: [object] };
  if (kind === 'apps/Deployment') {
    const sets = await childrenOf(connection, 'apis/apps/v1', 'replicasets', object);
    const [newest] = [...sets].sort((one, other) => revisionOf(other) - revisionOf(one));
    if (newest === undefined) return { owners: [], pods: [] };
    return { owners: [newest], pods: await childrenOf(connection, 'api/v1', 'pods', newest) };
  }
  if (!POD_OWNERS.has(kind)) return { owners: [], pods: [] };
  return { owners: [], pods: await childrenOf(connection, 'api/v1', 'pods', object) };
}

const POD_OWNERS: ReadonlySet<string> = new Set([
  'apps/StatefulSet',
  'apps/DaemonSet',
  'apps/ReplicaSet',
  '/ReplicationController',
  'batch/Job',
]);

/** Source: k8s.io/kubectl/pkg/util/deployment v0.36.3, RevisionAnnotation. */
function revisionOf(object: LiveObject): number {
  return Number(textOf(object, 'metadata', 'annotations', 'deployment.kubernetes.io/revision'));
}

/** The objects of a kind that belong to an owner; none when they cannot be read. */
async function childrenOf(
  connection: ClusterConnection,
  api: string,
  plural: string,
  owner: LiveObject,
): Promise<readonly LiveObject[]> {
  const namespace = encodeURIComponent(textOf(owner, 'metadata', 'namespace'));
  const answer = await readList(
    connection,
    `/${api}/namespaces/${namespace}/${plural}`,
    selectorOf(owner),
  );
  if ('problem' in answer) return [];
  const uid = textOf(owner, 'metadata', 'uid');
  return answer.value.filter((object) =>
    itemsOf(object, 'metadata', 'ownerReferences').some((one) => one['uid'] === uid),
  );
}

/** Spares the API server to send all Pods of the namespace; what is asked for is compared with the owner all the same. */
function selectorOf(owner: LiveObject): Readonly<Record<string, string>> {
  const selector = fieldOf(owner, 'spec', 'selector', 'matchLabels');
  if (!isRecord(selector)) return {};
  const labels = Object.entries(selector).map(([key, value]) => `${key}=${String(value)}`);
  return { labelSelector: labels.join(',') };
}

interface PodWithTrouble {
  readonly pod: LiveObject;
  readonly trouble: PodTrouble;
}

/** What is wrong in some Pods: once for those that have the same trouble, of which the newest tells. */
async function podCauses(
  { connection }: CauseSearch,
  pods: readonly LiveObject[],
): Promise<{ causes: readonly string[]; pods: readonly LiveObject[] }> {
  const all = [...pods]
    .sort((one, other) => createdAt(other) - createdAt(one))
    .flatMap((pod) => podTroubles(pod).map((trouble): PodWithTrouble => ({ pod, trouble })));
  const keys = [...new Set(all.map(({ trouble }) => trouble.key))].slice(0, MOST_TROUBLES);
  const shown = keys.map((key) => all.filter(({ trouble }) => trouble.key === key));
  const causes = await pMap(shown, (group) => groupCause(connection, group), { concurrency: 1 });
  const named = shown.flatMap(([first]) => (first === undefined ? [] : [first.pod]));
  return { causes, pods: [...new Set(named)] };
}

async function groupCause(
  connection: ClusterConnection,
  group: readonly PodWithTrouble[],
): Promise<string> {
  const [{ pod, trouble }] = group as readonly [PodWithTrouble];
  const more = new Set(group.map((one) => one.pod)).size - 1;
  const others = more === 0 ? '' : ` (and ${more} more)`;
  const head = `Pod ${textOf(pod, 'metadata', 'name')}${others}: ${trouble.text}`;
  const line = head.trim().replaceAll(/\s+/g, ' ');
  if (trouble.log === undefined) return line;
  const log = await lastLogLines(connection, pod, trouble.log);
  return [line, ...log.map((text) => `  | ${text}`)].join('\n');
}

function createdAt(object: LiveObject): number {
  return Date.parse(textOf(object, 'metadata', 'creationTimestamp'));
}

/** The newest events: warnings, or anything where there is none and nothing else is known. */
async function eventCauses(
  connection: ClusterConnection,
  objects: readonly LiveObject[],
  isKnown: boolean,
): Promise<readonly string[]> {
  const lists = await pMap(objects, (object) => readEvents(connection, object), { concurrency: 1 });
  const all = lists.flat().sort((one, other) => Date.parse(other.time) - Date.parse(one.time));
  const warnings = all.filter(({ isWarning }) => isWarning);
  const isLoud = isKnown || warnings.length > 0;
  const chosen = isLoud ? warnings : all;
  const texts = chosen.map(({ text, count }) => `${text}${count > 1 ? ` (${count} times)` : ''}`);
  const lines = texts.map((text) => `event ${text.trim().replaceAll(/\s+/g, ' ')}`);
  return [...new Set(lines)].slice(0, isLoud ? MOST_EVENTS : MOST_QUIET_EVENTS);
}
