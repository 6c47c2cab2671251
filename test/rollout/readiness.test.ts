import { describe, expect, it } from 'vitest';
import { isWaitedFor, readiness } from '../../lib/rollout/readiness.ts';
import { live } from './objects.ts';

describe('what is not waited for', () => {
  it.each([
    ['v1', 'ConfigMap'],
    ['v1', 'Secret'],
    ['batch/v1', 'CronJob'],
    ['rbac.authorization.k8s.io/v1', 'ClusterRole'],
    ['networking.k8s.io/v1', 'Ingress'],
    // Istio writes no status unless told to.
    ['networking.istio.io/v1', 'Gateway'],
  ])('%s %s', (apiVersion, kind) => {
    expect(isWaitedFor({ apiVersion, kind })).toBe(false);
    expect(readiness(live(apiVersion, kind)).state).toBe('ready');
  });
});
