import type { ResourceId } from '../finding/finding.ts';

/**
 * How far the cluster is with an object.
 *
 * - `ready`: its controller did what the object asks for, or the kind has nothing to wait for
 * - `progressing`: not yet
 * - `failed`: its controller says that it will not, for example a Job whose Pods failed too often
 */
export type RolloutState = 'ready' | 'progressing' | 'failed';

/** How far the cluster is with one object of an environment. */
export interface RolloutStatus {
  readonly resource: ResourceId;
  readonly state: RolloutState;
  /** In a few words, such as `2 of 3 replicas are available`. No values of Secrets. */
  readonly message: string;
  /**
   * Why it does not come up, the nearest cause first: conditions, events, and the last lines of a container that fails. Only of
   * objects that are not ready when the waiting ends. No values of Secrets that the environment renders.
   */
  readonly causes: readonly string[];
}
