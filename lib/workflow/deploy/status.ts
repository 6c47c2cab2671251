import pMap from 'p-map';
import { type Discovery, openDiscovery } from '../../cluster/discovery.ts';
import { compareManifests } from '../../compare/compare-manifests.ts';
import type { ResourceChange, ValueChange } from '../../compare/resource-change.ts';
import { resourceKey } from '../../compare/resource-key.ts';
import { Failure } from '../../finding/failure.ts';
import type { ResourceId } from '../../finding/finding.ts';
import { type FieldOwner, OWN_MANAGERS } from '../../ownership/field-owner.ts';
import { fieldOwners } from '../../ownership/field-owners.ts';
import { readiness } from '../../rollout/readiness.ts';
import type { RolloutState } from '../../rollout/rollout-status.ts';
import type { ValidateResult } from '../validate.ts';
import type { Deployment, Target } from './deployment.ts';
import { type DeployOptions, openDeployments } from './open-deployments.ts';

/**
 * How an object of an environment is in the cluster.
 *
 * - `current`: as it is rendered
 * - `changed`: somebody else wrote fields that are rendered otherwise
 * - `outdated`: what is rendered was not applied yet
 * - `missing`: the cluster does not have it
 * - `extra`: the cluster has it, and the environment no longer renders it
 */
export type ObjectState = 'current' | 'changed' | 'outdated' | 'missing' | 'extra';

/** One object. */
export interface ObjectStatus {
  readonly resource: ResourceId;
  readonly state: ObjectState;
  /** What differs, for `changed` and `outdated`, without values of Secrets. */
  readonly values: readonly OwnedChange[];
  /** Whether its controller did what it asks for; absent when it is missing. */
  readonly rollout?: { readonly state: RolloutState; readonly message: string };
}

/** A value that differs from what is rendered, and who wrote the one that the cluster has. */
export interface OwnedChange extends ValueChange {
  /** The newest first; empty when the API server filled it in, or it is not there. */
  readonly owners: readonly FieldOwner[];
}

/** One environment in its cluster. */
export interface EnvironmentStatus {
  readonly id: string;
  readonly target: Target;
  /** In the order of the render, `extra` at the end. Absent when the cluster could not be asked. */
  readonly objects?: readonly ObjectStatus[];
  /** Without `spec.injectLabels`, or with targets, nobody knows what is extra. */
  readonly knowsExtra: boolean;
  readonly failure?: Failure;
}

/** What to look at. */
export interface StatusOptions extends DeployOptions {
  /** Told of each environment when its cluster has answered. */
  readonly onStatus?: (status: EnvironmentStatus) => void;
}

/** What was found. */
export interface StatusResult extends ValidateResult {
  /** Errors were found, so that no cluster was asked. */
  readonly stopped: boolean;
  /** In the order asked for; empty when `stopped`. */
  readonly statuses: readonly EnvironmentStatus[];
}

/** Enough to hide the way to the server, few enough for its limits on requests at once. */
const REQUESTS_AT_ONCE = 6;

/**
 * Says what of environments is in their clusters: what is there, what somebody else changed, what is missing and what is extra.
 * Nothing is written.
 *
 * @throws Failure as `openDeployments`, and `interrupted` when the signal was aborted. That one cluster cannot be asked is in its
 *   status.
 */
export async function status(options: StatusOptions): Promise<StatusResult> {
  const { result, deployments, stopped } = await openDeployments(options);
  const statuses: EnvironmentStatus[] = [];
  for (const deployment of deployments) {
    const one = await statusOf(deployment);
    statuses.push(one);
    options.onStatus?.(one);
  }
  return { ...result, stopped, statuses };
}

async function statusOf(deployment: Deployment): Promise<EnvironmentStatus> {
  const { id, target, manifests, connect } = deployment;
  const knowsExtra = deployment.injectsLabels && !deployment.isPartial;
  try {
    const { before, after, extra } = await deployment.diff({ withPrune: knowsExtra });
    const changes = compareManifests(before.manifests, after.manifests, manifests);
    const byResource = new Map(changes.map((change) => [resourceKey(change.resource), change]));
    const discovery = openDiscovery(await connect());
    const objects = await pMap(
      manifests,
      ({ resource }) => objectStatus(discovery, resource, byResource.get(resourceKey(resource))),
      { concurrency: REQUESTS_AT_ONCE },
    );
    const left = extra.manifests.map(({ resource }): ObjectStatus => ({
      resource,
      state: 'extra',
      values: [],
    }));
    return { id, target, knowsExtra, objects: [...objects, ...left] };
  } catch (failure) {
    if (!(failure instanceof Failure) || failure.kind === 'interrupted') throw failure;
    return { id, target, knowsExtra, failure };
  }
}

async function objectStatus(
  discovery: Discovery,
  resource: ResourceId,
  change: ResourceChange | undefined,
): Promise<ObjectStatus> {
  const live = await discovery.read(resource);
  if (live === undefined) return { resource, state: 'missing', values: [] };
  const { state, message } = readiness(live);
  const rollout = { state, message };
  if (change === undefined) return { resource, state: 'current', values: [], rollout };
  const values = change.values.map((value) => ({
    ...value,
    owners: fieldOwners(live, value.path),
  }));
  return { resource, state: isForeign(values) ? 'changed' : 'outdated', values, rollout };
}

/** What is applied next would take back what somebody else wrote. */
function isForeign(values: readonly OwnedChange[]): boolean {
  return values.some(
    ({ owners: [newest] }) => newest !== undefined && !OWN_MANAGERS.includes(newest.manager),
  );
}
