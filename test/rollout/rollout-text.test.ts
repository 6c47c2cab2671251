import { expect, it } from 'vitest';
import type { RolloutState, RolloutStatus } from '../../lib/rollout/rollout-status.ts';
import { rolloutChanges, rolloutProgress, rolloutReport } from '../../lib/rollout/rollout-text.ts';

function status(
  name: string,
  state: RolloutState,
  message: string,
  causes: readonly string[] = [],
): RolloutStatus {
  const resource = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name };
  return { resource, state, message, causes };
}

const WEB = status('web', 'progressing', '1 of 3 replicas are available');
const API = status('api', 'ready', '2 replicas are available');
const JOB = status('job', 'failed', 'BackoffLimitExceeded: too often');

it('says in one line how far it is', () => {
  expect(rolloutProgress([WEB, API, JOB, WEB], 12_400)).toBe(
    '1 of 4 objects ready, 1 failed, 12 s; ' +
      'waiting for Deployment shop/web: 1 of 3 replicas are available (and 1 more)',
  );
  expect(rolloutProgress([API], 0)).toBe('1 of 1 object ready, 0 s');
});

it('tells what is not ready at first, and then each change of state', () => {
  expect(rolloutChanges([], [WEB, API])).toEqual([
    'waiting  Deployment shop/web: 1 of 3 replicas are available',
  ]);
  const further = status('web', 'progressing', '2 of 3 replicas are available');
  expect(rolloutChanges([WEB, API], [further, API])).toEqual([]);
  const up = status('web', 'ready', '3 replicas are available');
  expect(rolloutChanges([further, API], [up, API])).toEqual([
    'ready    Deployment shop/web: 3 replicas are available',
  ]);
});

it('reports in one line when everything is up', () => {
  expect(rolloutReport([API, API], { elapsedMs: 65_000 })).toBe(
    'all 2 objects are up after 1 min 5 s\n',
  );
});

it('reports what is not up with its causes, but a cause that the message has once', () => {
  const failed = status('job', 'failed', 'BackoffLimitExceeded: too often', [
    'Failed is True: BackoffLimitExceeded: too often',
    'Pod job-1: container app: ended with exit code 3\n  | cannot connect\n  | gave up',
    'event FailedMount: no such Secret',
  ]);
  expect(rolloutReport([API, failed, WEB], { elapsedMs: 300_000 })).toBe(`\
failed   Deployment shop/job: BackoffLimitExceeded: too often
         Pod job-1: container app: ended with exit code 3
           | cannot connect
           | gave up
         event FailedMount: no such Secret
waiting  Deployment shop/web: 1 of 3 replicas are available
1 of 3 objects up after 5 min 0 s: 1 failed, 1 not ready yet
`);
});

it('names the rest where very much is not up', () => {
  const many = Array.from({ length: 22 }, (_, index) => status(`web-${index}`, 'failed', 'no'));
  const report = rolloutReport(many, { elapsedMs: 1_000 });
  expect(report).toContain('and 2 objects more: Deployment shop/web-20, Deployment shop/web-21\n');
  expect(report).toContain('0 of 22 objects up after 1 s: 22 failed\n');
});

it('paints the words of the states', () => {
  const paint = (style: string, text: string): string => `<${style}>${text}</>`;
  expect(rolloutChanges([], [WEB, JOB], { paint })).toEqual([
    '<changed>waiting</>  Deployment shop/web: 1 of 3 replicas are available',
    '<error>failed</>   Deployment shop/job: BackoffLimitExceeded: too often',
  ]);
});
