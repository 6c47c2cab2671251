import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Failure } from '../../lib/finding/failure.ts';
import { secretTexts } from '../../lib/manifest/secret-texts.ts';
import { followRollouts, type FollowOptions } from '../../lib/rollout/follow-rollouts.ts';
import type { RolloutStatus } from '../../lib/rollout/rollout-status.ts';
import { failureOf } from '../tools/failure-of.ts';
import { type Answer, fakeCluster, type Scripted } from './fake-cluster.ts';
import { condition, live } from './objects.ts';

const WEB = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'default', name: 'web' };
const WEB_PATH = '/apis/apps/v1/namespaces/default/deployments/web';
const WIDGET = { apiVersion: 'example.com/v1', kind: 'Widget', namespace: 'default', name: 'web' };
const WIDGET_PATH = '/apis/example.com/v1/namespaces/default/widgets/web';
const UP = live('apps/v1', 'Deployment', {
  status: { observedGeneration: 2, replicas: 1, updatedReplicas: 1, availableReplicas: 1 },
});
const COMING = live('apps/v1', 'Deployment', { status: { observedGeneration: 2 } });
const RESET = new Failure('cluster', 'cannot reach the cluster test: the connection was closed');

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Answers in their order, the last one for ever. */
function inTurn(...answers: readonly Answer[]): () => Answer {
  let turn = 0;
  return () => answers[Math.min(turn++, answers.length - 1)] as Answer;
}

interface Followed {
  readonly result: Promise<readonly RolloutStatus[]>;
  readonly changes: readonly string[];
  readonly requests: readonly { readonly path: string }[];
}

function follow(
  answers: Readonly<Record<string, Scripted>>,
  options: Partial<FollowOptions> = {},
): Followed {
  const { connection, requests } = fakeCluster(answers);
  const changes: string[] = [];
  const result = followRollouts({
    connection,
    resources: [WEB],
    timeoutMs: 60_000,
    onChange: (statuses) => changes.push(statuses.map(shown).join(', ')),
    ...options,
  });
  // Whoever awaits it later sees the failure.
  result.catch(() => undefined);
  return { result, changes, requests };
}

function shown({ state, message }: RolloutStatus): string {
  return `${state}: ${message}`;
}

it('asks each second until everything is ready, and tells each change once', async () => {
  const { result, changes, requests } = follow({ [WEB_PATH]: inTurn(COMING, COMING, COMING, UP) });
  await vi.advanceTimersByTimeAsync(3_000);
  expect((await result).map(shown)).toEqual(['ready: 1 replica is available']);
  expect(changes).toEqual([
    'progressing: 0 of 1 replicas are updated',
    'ready: 1 replica is available',
  ]);
  expect(requests.filter(({ path }) => path === WEB_PATH)).toHaveLength(4);
});

it('does not read what has nothing to wait for', async () => {
  const secret = { apiVersion: 'v1', kind: 'Secret', namespace: 'default', name: 'web' };
  const { result, requests } = follow({}, { resources: [secret] });
  expect((await result).map(shown)).toEqual(['ready: nothing to wait for']);
  expect(requests).toEqual([]);
});

it('ends when the time is over, with what is missing', async () => {
  const { result } = follow({ [WEB_PATH]: COMING }, { timeoutMs: 5_000 });
  await vi.advanceTimersByTimeAsync(5_000);
  expect((await result).map(shown)).toEqual(['progressing: 0 of 1 replicas are updated']);
});

it('ends when the time is over even if a request hangs', async () => {
  const { connection } = fakeCluster({});
  const hanging = { ...connection, request: () => new Promise<never>(() => undefined) };
  const result = followRollouts({ connection: hanging, resources: [WEB], timeoutMs: 5_000 });
  await vi.advanceTimersByTimeAsync(5_000);
  expect((await result).map(shown)).toEqual(['progressing: not looked at yet']);
});

it.each([429, 500, 503, RESET])('goes on after %s', async (fault) => {
  const { result, changes } = follow({ [WEB_PATH]: inTurn(fault, UP) });
  await vi.advanceTimersByTimeAsync(1_000);
  expect((await result).map(shown)).toEqual(['ready: 1 replica is available']);
  expect(changes[0]).toMatch(/^progressing: .*(?:HTTP status|cannot reach)/);
});

it('goes on when the server is away while it is asked for its kinds', async () => {
  const apps = { resources: [{ name: 'deployments', kind: 'Deployment', namespaced: true }] };
  const { result } = follow({ '/apis/apps/v1': inTurn(503, apps), [WEB_PATH]: UP });
  await vi.advanceTimersByTimeAsync(1_000);
  expect((await result).map(shown)).toEqual(['ready: 1 replica is available']);
});

it('gives up when the server stays away for 30 seconds', async () => {
  const { result } = follow({ [WEB_PATH]: RESET });
  await vi.advanceTimersByTimeAsync(32_000);
  expect(await failureOf(result)).toBe(RESET);
});

it('goes on for one object that cannot be read while others can', async () => {
  const { result } = follow(
    { [WEB_PATH]: COMING, [WIDGET_PATH]: 500 },
    { resources: [WEB, WIDGET], timeoutMs: 40_000 },
  );
  await vi.advanceTimersByTimeAsync(40_000);
  expect((await result).map(({ state }) => state)).toEqual(['progressing', 'progressing']);
});

it('gives up at once when the credentials are refused', async () => {
  const { result } = follow({ [WEB_PATH]: 401 });
  const failure = await failureOf(result);
  expect([failure.kind, failure.message]).toEqual([
    'cluster',
    'https://127.0.0.1 refused the credentials of the user test (401)',
  ]);
});

it('says what may not be read, and waits for the rest', async () => {
  const { result } = follow(
    { [WEB_PATH]: inTurn(COMING, COMING, COMING, COMING, COMING, UP), [WIDGET_PATH]: 403 },
    { resources: [WIDGET, WEB] },
  );
  await vi.advanceTimersByTimeAsync(8_000);
  const [widget, web] = (await result).map(shown);
  expect(widget).toMatch(/^failed: .* does not let the user test read .*widgets\/web \(403\)$/);
  expect(web).toBe('ready: 1 replica is available');
});

it('ends when what is not ready has failed for some seconds, long before the time is over', async () => {
  const exceeded = live('apps/v1', 'Deployment', {
    status: {
      observedGeneration: 2,
      conditions: [condition('Progressing', 'False', 'ProgressDeadlineExceeded', 'timed out')],
    },
  });
  const { result } = follow({ [WEB_PATH]: exceeded }, { timeoutMs: 600_000 });
  await vi.advanceTimersByTimeAsync(4_000);
  const [status] = await result;
  expect(status).toMatchObject({
    state: 'failed',
    message: 'ProgressDeadlineExceeded: timed out',
    causes: ['Progressing is False: ProgressDeadlineExceeded: timed out'],
  });
});

it('sees what has failed recover while others are waited for', async () => {
  const refused = live('example.com/v1', 'Widget', {
    status: { conditions: [condition('Stalled', 'True', 'Full', 'no space')] },
  });
  const mended = live('example.com/v1', 'Widget', {
    status: { conditions: [condition('Ready', 'True')] },
  });
  const { result } = follow(
    {
      [WIDGET_PATH]: inTurn(refused, refused, refused, refused, refused, mended),
      [WEB_PATH]: inTurn(COMING, COMING, COMING, COMING, COMING, UP),
    },
    { resources: [WIDGET, WEB] },
  );
  await vi.advanceTimersByTimeAsync(6_000);
  expect((await result).map(({ state }) => state)).toEqual(['ready', 'ready']);
});

it('does not wait long for a custom resource that nobody reports on', async () => {
  const { result } = follow(
    { [WIDGET_PATH]: live('example.com/v1', 'Widget') },
    { resources: [WIDGET], timeoutMs: 600_000 },
  );
  await vi.advanceTimersByTimeAsync(11_000);
  expect((await result).map(shown)).toEqual([
    'ready: its controller has not reported anything yet, and need not',
  ]);
});

it('says that an object or its kind is not there', async () => {
  const gone = { ...WIDGET, kind: 'Gone' };
  const { result } = follow({}, { resources: [WEB, gone] });
  await vi.advanceTimersByTimeAsync(4_000);
  expect((await result).map(shown)).toEqual([
    'failed: is not in the cluster',
    'failed: the cluster does not serve its kind',
  ]);
});

it('ends on abort', async () => {
  const abort = new AbortController();
  const { result } = follow({ [WEB_PATH]: COMING }, { signal: abort.signal });
  await vi.advanceTimersByTimeAsync(2_500);
  abort.abort();
  expect((await failureOf(result)).kind).toBe('interrupted');
});

it('hides secrets in what controllers say, and what changes the look of a terminal', async () => {
  const leaking = live('example.com/v1', 'Widget', {
    status: {
      conditions: [
        condition(
          'Stalled',
          'True',
          'Bad',
          '\u001b[31mcannot\u0000 log in with hun\u001b[0mter22!',
        ),
      ],
    },
  });
  const secret = { apiVersion: 'v1', kind: 'Secret', stringData: { password: 'hunter22' } };
  const { result, changes } = follow(
    { [WIDGET_PATH]: leaking },
    { resources: [WIDGET], secrets: secretTexts([secret]) },
  );
  await vi.advanceTimersByTimeAsync(4_000);
  const [status] = await result;
  expect(status?.message).toBe('Bad: cannot\ufffd log in with ***');
  expect(JSON.stringify([status, changes])).not.toContain('hunter22');
});

it('goes on after an answer of something else than the API server', async () => {
  const { result, changes } = follow({ [WEB_PATH]: inTurn('<html>Log in</html>', UP) });
  await vi.advanceTimersByTimeAsync(1_000);
  expect((await result).map(shown)).toEqual(['ready: 1 replica is available']);
  expect(changes[0]).toMatch(/^progressing: .* answered with something that is no object$/);
});

it('does not look for causes for ever when the server hangs then', async () => {
  const { connection } = fakeCluster({ [WEB_PATH]: COMING });
  const hanging: FollowOptions['connection'] = {
    ...connection,
    request: (asked) =>
      asked.path.endsWith('/replicasets')
        ? new Promise<never>(() => undefined)
        : connection.request(asked),
  };
  const result = followRollouts({ connection: hanging, resources: [WEB], timeoutMs: 5_000 });
  await vi.advanceTimersByTimeAsync(26_000);
  expect(await result).toMatchObject([{ state: 'progressing', causes: [] }]);
});
