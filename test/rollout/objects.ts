import type { LiveObject } from '../../lib/rollout/live-object.ts';

/** A condition as a controller writes it. */
export function condition(
  type: string,
  status: 'True' | 'False' | 'Unknown',
  reason = '',
  message = '',
  observedGeneration?: number,
): LiveObject {
  return {
    type,
    status,
    lastTransitionTime: '2026-11-22T10:00:00Z',
    ...(reason !== '' && { reason }),
    ...(message !== '' && { message }),
    ...(observedGeneration !== undefined && { observedGeneration }),
  };
}

/** An object as the API server has it, of generation 2. */
export function live(
  apiVersion: string,
  kind: string,
  {
    spec = {},
    status,
    metadata = {},
  }: { spec?: object; status?: object | undefined; metadata?: object } = {},
): LiveObject {
  return {
    apiVersion,
    kind,
    metadata: { name: 'web', namespace: 'default', uid: 'u-1', generation: 2, ...metadata },
    spec,
    ...(status !== undefined && { status }),
  };
}
