import { expect, it } from 'vitest';
import { secretTexts } from '../../lib/manifest/secret-texts.ts';
import { causesOf } from '../../lib/rollout/causes.ts';
import type { LiveObject } from '../../lib/rollout/live-object.ts';
import { fakeCluster, type Scripted } from './fake-cluster.ts';
import { condition, live } from './objects.ts';

const PODS = '/api/v1/namespaces/default/pods';
const SETS = '/apis/apps/v1/namespaces/default/replicasets';
const EVENTS = '/api/v1/namespaces/default/events';
const SECRET = { apiVersion: 'v1', kind: 'Secret', stringData: { key: 'sesame street 12' } };

const WEB = live('apps/v1', 'Deployment', {
  status: {
    conditions: [
      condition('Available', 'False', 'MinimumReplicasUnavailable', 'no minimum availability.'),
      condition('Progressing', 'True', 'ReplicaSetUpdated', 'ReplicaSet "web-2" is progressing.'),
    ],
  },
});

function replicaSet(name: string, revision: number): LiveObject {
  return live('apps/v1', 'ReplicaSet', {
    metadata: {
      name,
      uid: name,
      annotations: { 'deployment.kubernetes.io/revision': String(revision) },
      ownerReferences: [{ uid: 'u-1' }],
    },
  });
}

function pod(name: string, containers: readonly object[], owner = 'web-10'): LiveObject {
  return live('v1', 'Pod', {
    metadata: { name, uid: name, ownerReferences: [{ uid: owner }] },
    status: { phase: 'Running', containerStatuses: containers },
  });
}

function crashing(name: string): LiveObject {
  return pod(name, [
    {
      name: 'app',
      ready: false,
      restartCount: 4,
      state: { waiting: { reason: 'CrashLoopBackOff', message: `back-off app in ${name}` } },
      lastState: { terminated: { exitCode: 137, reason: 'OOMKilled' } },
    },
    { name: 'sidecar', ready: true, restartCount: 0, state: { running: {} } },
  ]);
}

async function causes(
  object: LiveObject,
  answers: Readonly<Record<string, Scripted>>,
): Promise<{ causes: readonly string[]; requests: readonly { query?: object; path: string }[] }> {
  const { connection, requests } = fakeCluster(answers);
  const secrets = secretTexts([SECRET]);
  return { causes: await causesOf({ connection, secrets }, object), requests };
}

it('goes from a Deployment by its newest ReplicaSet to the Pods, and shows a trouble once', async () => {
  const { causes: found, requests } = await causes(WEB, {
    [SETS]: { items: [replicaSet('web-9', 9), replicaSet('web-10', 10)] },
    [PODS]: { items: [crashing('web-10-a'), crashing('web-10-b'), pod('other', [], 'web-9')] },
    [EVENTS]: { items: [] },
    [`${PODS}/web-10-a/log`]: 'out of memory',
  });
  expect(found).toEqual([
    'Available is False: MinimumReplicasUnavailable: no minimum availability.',
    'Pod web-10-a (and 1 more): container app: CrashLoopBackOff: back-off app in web-10-a; ' +
      'ended with exit code 137 (OOMKilled); restarted 4 times\n  | out of memory',
  ]);
  const log = requests.find(({ path }) => path.endsWith('/log'));
  expect(log?.query).toMatchObject({ container: 'app', tailLines: '10', previous: 'true' });
});

it('shows the newest warnings once each, with their number', async () => {
  const event = (reason: string, time: string, more: object = {}): object => ({
    type: 'Warning',
    reason,
    message: 'no\n such thing',
    lastTimestamp: time,
    ...more,
  });
  const { causes: found } = await causes(live('v1', 'PersistentVolumeClaim'), {
    [EVENTS]: {
      items: [
        event('Old', '2026-11-22T09:00:00Z'),
        event('Quiet', '2026-11-22T11:00:00Z', { type: 'Normal' }),
        event('New', '2026-11-22T10:00:00Z', { count: 3 }),
        event('Newest', '', {
          lastTimestamp: null,
          eventTime: '2026-11-22T10:00:00.500000Z',
        }),
        event('Old', '2026-11-22T09:00:01Z'),
      ],
    },
  });
  expect(found).toEqual([
    'event Newest: no such thing',
    'event New: no such thing (3 times)',
    'event Old: no such thing',
  ]);
});

it('shows the newest other events where there is no warning', async () => {
  const { causes: found } = await causes(live('v1', 'PersistentVolumeClaim'), {
    [EVENTS]: {
      items: [{ type: 'Normal', reason: 'ExternalProvisioning', message: 'waiting for csi' }],
    },
  });
  expect(found).toEqual(['event ExternalProvisioning: waiting for csi']);
});

it.each([
  [
    'a container that cannot start',
    { name: 'app', state: { waiting: { reason: 'ImagePullBackOff', message: 'not found' } } },
    'Pod web: container app: ImagePullBackOff: not found',
  ],
  [
    'a container that runs, but whose probe fails',
    { name: 'app', ready: false, started: true, restartCount: 0, state: { running: {} } },
    'Pod web: container app runs, but is not ready\n  | a line',
  ],
  [
    'a container that ended and stays so',
    { name: 'app', ready: false, state: { terminated: { exitCode: 3, reason: 'Error' } } },
    'Pod web: container app: ended with exit code 3\n  | a line',
  ],
])('says what is wrong with %s', async (_name, container, cause) => {
  const { causes: found } = await causes(
    live('v1', 'Pod', { status: { phase: 'Running', containerStatuses: [container] } }),
    { [EVENTS]: { items: [] }, [`${PODS}/web/log`]: 'a line' },
  );
  expect(found).toEqual([cause]);
});

it('hides secrets and control characters in logs, and cuts lines without end', async () => {
  const container = { name: 'app', state: { terminated: { exitCode: 1 } } };
  const base64 = Buffer.from('sesame street 12').toString('base64');
  const text = `\u001b[2J\u0000login=sesame street 12 or ${base64} ${'x'.repeat(1_000)}`;
  const { causes: found } = await causes(
    live('v1', 'Pod', { status: { phase: 'Running', containerStatuses: [container] } }),
    { [EVENTS]: { items: [] }, [`${PODS}/web/log`]: text },
  );
  expect(found.join('\n')).toMatch(/\| \ufffdlogin=\*{3} \*{3} \*{3} \*{3} \*{3}== x{400,}\.\.\.$/);
});

it('leaves out what may not be read', async () => {
  const container = { name: 'app', state: { terminated: { exitCode: 1 } } };
  const { causes: found } = await causes(
    live('v1', 'Pod', { status: { phase: 'Running', containerStatuses: [container] } }),
    { [EVENTS]: 403, [`${PODS}/web/log`]: 403 },
  );
  expect(found).toEqual([
    'Pod web: container app: ended with exit code 1\n  | (its log cannot be read: not allowed (403))',
  ]);
});
