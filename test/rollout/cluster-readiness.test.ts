import { describe, expect, it } from 'vitest';
import type { LiveObject } from '../../lib/rollout/live-object.ts';
import { readiness } from '../../lib/rollout/readiness.ts';
import { holds, NOT_REPORTED } from './holds.ts';
import { condition, live } from './objects.ts';

holds('PersistentVolumeClaim', [
  [
    'is pending',
    live('v1', 'PersistentVolumeClaim', { status: { phase: 'Pending' } }),
    'progressing: not bound (Pending)',
  ],
  ['is bound', live('v1', 'PersistentVolumeClaim', { status: { phase: 'Bound' } }), 'ready: bound'],
  [
    'has lost its volume',
    live('v1', 'PersistentVolumeClaim', { status: { phase: 'Lost' } }),
    'failed: its PersistentVolume is gone (Lost)',
  ],
]);

describe('PersistentVolumeClaim of a class that waits for the first consumer', () => {
  const claim = (annotations: object) =>
    live('v1', 'PersistentVolumeClaim', {
      metadata: { annotations },
      status: { phase: 'Pending' },
    });
  it('is not waited for until a Pod uses it', () => {
    expect(readiness(claim({}), { bindsOnFirstUse: true }).state).toBe('ready');
  });
  it('is waited for from then on', () => {
    const used = claim({ 'volume.kubernetes.io/selected-node': 'node-1' });
    expect(readiness(used, { bindsOnFirstUse: true }).state).toBe('progressing');
  });
});

holds('Service', [
  [
    'has no address',
    live('v1', 'Service', { spec: { type: 'LoadBalancer' }, status: { loadBalancer: {} } }),
    'progressing: no load balancer has given it an address yet',
  ],
  [
    'has an address',
    live('v1', 'Service', {
      spec: { type: 'LoadBalancer' },
      status: { loadBalancer: { ingress: [{ ip: '192.0.2.1' }] } },
    }),
    'ready: address 192.0.2.1',
  ],
  [
    'is within the cluster',
    live('v1', 'Service', { spec: { type: 'ClusterIP' }, status: { loadBalancer: {} } }),
    'ready: nothing to wait for',
  ],
]);

holds('PodDisruptionBudget', [
  ['has no status', live('policy/v1', 'PodDisruptionBudget', { status: {} }), NOT_REPORTED],
  [
    'cannot be computed',
    live('policy/v1', 'PodDisruptionBudget', {
      status: {
        observedGeneration: 2,
        conditions: [condition('DisruptionAllowed', 'False', 'SyncFailed', 'no scale')],
      },
    }),
    'progressing: SyncFailed: no scale',
  ],
  [
    'is computed',
    live('policy/v1', 'PodDisruptionBudget', {
      status: {
        observedGeneration: 2,
        disruptionsAllowed: 0,
        conditions: [condition('DisruptionAllowed', 'False', 'InsufficientPods')],
      },
    }),
    'ready: 0 disruptions allowed',
  ],
]);

function crd(...conditions: LiveObject[]): LiveObject {
  return live('apiextensions.k8s.io/v1', 'CustomResourceDefinition', { status: { conditions } });
}

holds('CustomResourceDefinition', [
  [
    'is being installed',
    crd(condition('NamesAccepted', 'True'), condition('Established', 'False', 'Installing')),
    'progressing: is being installed',
  ],
  [
    'has names that another has',
    crd(condition('NamesAccepted', 'False', 'PluralConflict', '"widgets" is already in use')),
    'failed: PluralConflict: "widgets" is already in use',
  ],
  [
    'is established',
    crd(condition('NamesAccepted', 'True'), condition('Established', 'True')),
    'ready: served',
  ],
]);

holds('Namespace', [
  ['is active', live('v1', 'Namespace', { status: { phase: 'Active' } }), 'ready: active'],
  [
    'is being deleted',
    live('v1', 'Namespace', {
      metadata: { deletionTimestamp: '2026-11-22T10:00:00Z', finalizers: ['example.com/hold'] },
      status: { phase: 'Terminating' },
    }),
    'progressing: is being deleted, which waits for example.com/hold',
  ],
]);

function apiService(conditions: readonly LiveObject[], spec: object): LiveObject {
  return live('apiregistration.k8s.io/v1', 'APIService', { spec, status: { conditions } });
}

holds('APIService', [
  [
    'has no endpoints',
    apiService([condition('Available', 'False', 'MissingEndpoints', 'no endpoints')], {
      service: { name: 'metrics' },
    }),
    'progressing: MissingEndpoints: no endpoints',
  ],
  [
    'is available',
    apiService([condition('Available', 'True', 'Passed')], { service: { name: 'metrics' } }),
    'ready: available',
  ],
  [
    'is of the API server itself',
    apiService([condition('Available', 'True', 'Local')], {}),
    'ready: served by the API server',
  ],
]);
