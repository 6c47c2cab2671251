import type { LiveObject } from '../../lib/rollout/live-object.ts';
import { holds, NOT_REPORTED, NOT_SEEN } from './holds.ts';
import { condition, live } from './objects.ts';

function certificate(conditions: readonly LiveObject[], status: object = {}): LiveObject {
  return live('cert-manager.io/v1', 'Certificate', { status: { conditions, ...status } });
}

holds('Certificate', [
  ['has no status', live('cert-manager.io/v1', 'Certificate'), NOT_REPORTED],
  [
    'is being issued',
    certificate([
      condition('Ready', 'False', 'DoesNotExist', 'Secret does not exist', 2),
      condition('Issuing', 'True', 'DoesNotExist', 'Issuing certificate', 2),
    ]),
    'progressing: DoesNotExist: Secret does not exist (DoesNotExist: Issuing certificate)',
  ],
  [
    'was refused',
    certificate(
      [
        condition('Ready', 'False', 'DoesNotExist', 'Secret does not exist', 2),
        condition('Issuing', 'False', 'Failed', 'The certificate request has failed', 2),
      ],
      { lastFailureTime: '2026-11-22T10:00:00Z' },
    ),
    'failed: Failed: The certificate request has failed',
  ],
  ['is ready', certificate([condition('Ready', 'True', 'Ready', 'ok', 2)]), 'ready: issued'],
  [
    'was ready with its older generation',
    certificate([condition('Ready', 'True', 'Ready', 'ok', 1)]),
    NOT_SEEN,
  ],
]);

function sealedSecret(status?: object): LiveObject {
  return live('bitnami.com/v1alpha1', 'SealedSecret', { status });
}

holds('SealedSecret', [
  ['has no status', sealedSecret(), NOT_REPORTED],
  [
    'cannot be decrypted',
    sealedSecret({
      observedGeneration: 2,
      conditions: [condition('Synced', 'False', '', 'no key could decrypt secret (password)')],
    }),
    'failed: no key could decrypt secret (password)',
  ],
  [
    'is decrypted',
    sealedSecret({ observedGeneration: 2, conditions: [condition('Synced', 'True')] }),
    'ready: decrypted',
  ],
  [
    'was decrypted with its older generation',
    sealedSecret({ observedGeneration: 1, conditions: [condition('Synced', 'True')] }),
    NOT_SEEN,
  ],
]);

function externalSecret(conditions: readonly LiveObject[], synced: string): LiveObject {
  const status = { conditions, syncedResourceVersion: synced };
  return live('external-secrets.io/v1', 'ExternalSecret', { status });
}

holds('ExternalSecret', [
  [
    'has an error',
    externalSecret([condition('Ready', 'False', 'SecretSyncedError', 'no such key')], '2-ab'),
    'progressing: SecretSyncedError: no such key',
  ],
  [
    'was synced with its older generation',
    externalSecret([condition('Ready', 'True', 'SecretSynced')], '1-ab'),
    NOT_SEEN,
  ],
  [
    'is synced',
    externalSecret([condition('Ready', 'True', 'SecretSynced')], '2-ab'),
    'ready: synced',
  ],
]);

function helmRelease(status: object, spec: object = {}): LiveObject {
  return live('helm.toolkit.fluxcd.io/v2', 'HelmRelease', { status, spec });
}

holds('HelmRelease and Kustomization', [
  ['is new', helmRelease({ observedGeneration: -1 }), NOT_REPORTED],
  [
    'is being installed',
    helmRelease({
      observedGeneration: 2,
      conditions: [
        condition('Reconciling', 'True', 'Progressing', "Running 'install' action", 2),
        condition('Ready', 'Unknown', 'Progressing', "Running 'install' action", 2),
      ],
    }),
    "progressing: Progressing: Running 'install' action",
  ],
  [
    'is stalled',
    helmRelease({
      observedGeneration: 2,
      conditions: [
        condition('Ready', 'False', 'InstallFailed', 'Helm install failed', 2),
        condition('Stalled', 'True', 'RetriesExceeded', 'Failed to install after 1 attempt(s)', 2),
      ],
    }),
    'failed: RetriesExceeded: Failed to install after 1 attempt(s)',
  ],
  [
    'is ready',
    helmRelease({
      observedGeneration: 2,
      conditions: [condition('Ready', 'True', 'InstallSucceeded', 'Helm install succeeded', 2)],
    }),
    'ready: ready',
  ],
  ['is suspended', helmRelease({ observedGeneration: 2 }, { suspend: true }), 'ready: suspended'],
  [
    'waits for another',
    live('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', {
      status: {
        observedGeneration: 2,
        conditions: [condition('Ready', 'False', 'DependencyNotReady', "'infra' is not ready", 2)],
      },
    }),
    "progressing: DependencyNotReady: 'infra' is not ready",
  ],
]);

holds('other custom resources', [
  ['has no status', live('example.com/v1', 'Widget'), NOT_REPORTED],
  [
    'has a status without Ready',
    live('example.com/v1', 'Widget', { status: { phase: 'Odd' } }),
    'ready: its status has no condition Ready',
  ],
  [
    'is not ready',
    live('example.com/v1', 'Widget', {
      status: { conditions: [condition('Ready', 'False', 'NoSpace', 'full')] },
    }),
    'progressing: NoSpace: full',
  ],
  [
    'is ready',
    live('example.com/v1', 'Widget', { status: { conditions: [condition('Ready', 'True')] } }),
    'ready: ready',
  ],
  [
    'is ready, in a group that ends like those of Kubernetes',
    live('snapshot.storage.k8s.io/v1', 'Widget', { status: {} }),
    NOT_REPORTED,
  ],
]);
