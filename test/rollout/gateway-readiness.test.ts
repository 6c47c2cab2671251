import type { LiveObject } from '../../lib/rollout/live-object.ts';
import { holds, NOT_REPORTED, NOT_SEEN } from './holds.ts';
import { condition, live } from './objects.ts';

function gateway(...conditions: LiveObject[]): LiveObject {
  return live('gateway.networking.k8s.io/v1', 'Gateway', { status: { conditions } });
}

holds('Gateway of the Gateway API', [
  [
    'has the conditions that the API server fills in',
    gateway(
      condition('Accepted', 'Unknown', 'Pending', 'Waiting for controller'),
      condition('Programmed', 'Unknown', 'Pending', 'Waiting for controller'),
    ),
    NOT_REPORTED,
  ],
  [
    'is not programmed',
    gateway(
      condition('Accepted', 'True', 'Accepted', '', 2),
      condition('Programmed', 'False', 'AddressNotAssigned', 'No addresses', 2),
    ),
    'progressing: Programmed is False: AddressNotAssigned: No addresses',
  ],
  [
    'was programmed with its older generation',
    gateway(
      condition('Accepted', 'True', 'Accepted', '', 1),
      condition('Programmed', 'True', 'Programmed', '', 1),
    ),
    NOT_SEEN,
  ],
  [
    'is refused',
    gateway(condition('Accepted', 'False', 'InvalidParameters', 'no such ConfigMap', 2)),
    'failed: Accepted is False: InvalidParameters: no such ConfigMap',
  ],
  [
    'is ready',
    gateway(
      condition('Accepted', 'True', 'Accepted', '', 2),
      condition('Programmed', 'True', 'Programmed', '', 2),
    ),
    'ready: accepted and programmed',
  ],
]);

function route(parents: readonly object[]): LiveObject {
  return live('gateway.networking.k8s.io/v1', 'HTTPRoute', {
    spec: { parentRefs: [{ name: 'public' }, { name: 'inner', namespace: 'infra' }] },
    status: { parents },
  });
}
const PUBLIC = {
  parentRef: { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'public' },
  conditions: [
    condition('Accepted', 'True', 'Accepted', '', 2),
    condition('ResolvedRefs', 'True', 'ResolvedRefs', '', 2),
  ],
};
const INNER = { parentRef: { name: 'inner', namespace: 'infra' } };

holds('HTTPRoute', [
  [
    'is known to one of its parents only',
    route([PUBLIC]),
    'progressing: inner: its controller has not reported on this route yet',
  ],
  [
    'has a backend that is not there',
    route([
      PUBLIC,
      {
        ...INNER,
        conditions: [
          condition('Accepted', 'True', 'Accepted', '', 2),
          condition('ResolvedRefs', 'False', 'BackendNotFound', 'no Service web', 2),
        ],
      },
    ]),
    'progressing: inner: ResolvedRefs is False: BackendNotFound: no Service web',
  ],
  [
    'is refused by one of its parents',
    route([
      PUBLIC,
      { ...INNER, conditions: [condition('Accepted', 'False', 'UnsupportedValue', 'what', 2)] },
    ]),
    'failed: inner: Accepted is False: UnsupportedValue: what',
  ],
  [
    'is accepted by all',
    route([PUBLIC, { ...INNER, conditions: PUBLIC.conditions }]),
    'ready: accepted by its parents',
  ],
]);
