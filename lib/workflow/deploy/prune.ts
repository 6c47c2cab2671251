import { compareManifests } from '../../compare/compare-manifests.ts';
import type { ResourceChange } from '../../compare/resource-change.ts';
import { openDiscovery } from '../../cluster/discovery.ts';
import { isRecord } from '../../manifest/is-record.ts';
import type { Manifest } from '../../manifest/parse-manifests.ts';
import { Failure } from '../../finding/failure.ts';
import type { ResourceId } from '../../finding/finding.ts';
import { showResource } from '../../finding/report/text.ts';
import { pruneSnapshot } from '../../tanka/prune.ts';
import { liveRenderings } from '../live-renderings.ts';
import type { ValidateResult } from '../validate.ts';
import type { Deployment, Target } from './deployment.ts';
import { inOrder, type OrderOptions } from './in-order.ts';
import { type DeployOptions, openDeployments } from './open-deployments.ts';

/** What is about to be deleted of one environment. */
export interface PrunePlan {
  readonly id: string;
  readonly target: Target;
  /** Each `removed`; empty when there is nothing to prune. */
  readonly changes: readonly ResourceChange[];
  /** Namespaces among them: all that is in them goes too. */
  readonly namespaces: readonly string[];
}

/** What to prune. */
export interface PruneOptions extends DeployOptions, OrderOptions<PruneOutcome> {
  /** @default 'never' */
  readonly autoApprove?: 'always' | 'never';
  /** Told what would be deleted, before anything is. */
  readonly onPlan?: (plan: PrunePlan) => void;
  /** Asked when `autoApprove` does not answer. @default nobody is there: no */
  readonly confirm?: (plan: PrunePlan) => Promise<boolean>;
}

/** What was done with one environment. */
export interface PruneOutcome {
  readonly id: string;
  readonly target: Target;
  readonly state: 'pruned' | 'unchanged' | 'declined' | 'failed' | 'not started';
  /** What is gone, or is being deleted. */
  readonly deleted: readonly ResourceId[];
  /** What was to be deleted, and is still there. */
  readonly left: readonly ResourceId[];
  readonly failure?: Failure;
  readonly durationMs: number;
}

/** What pruning did. */
export interface PruneResult extends ValidateResult {
  /** Errors were found, so that no cluster was asked. */
  readonly stopped: boolean;
  /** In the order asked for; empty when `stopped`. */
  readonly outcomes: readonly PruneOutcome[];
}

/**
 * Validates environments, and deletes with `tk prune` what the cluster has of each and is no longer rendered, one environment after
 * the other: what would go is shown, asked about, and then exactly that is deleted.
 *
 * @throws Failure as `openDeployments`. What goes wrong with one environment is in its outcome.
 */
export async function prune(options: PruneOptions): Promise<PruneResult> {
  const { result, deployments, stopped } = await openDeployments(options);
  const outcomes = await inOrder(deployments, options, {
    run: (one) => pruneOne(one, deployments, options),
    skip: (one) => outcomeOf(one, { state: 'not started', since: Date.now() }),
    isDone: ({ state }) => state === 'pruned' || state === 'unchanged',
  });
  return { ...result, stopped, outcomes };
}

function outcomeOf(
  { id, target }: Deployment,
  { since, ...rest }: { since: number; state: PruneOutcome['state'] } & Partial<PruneOutcome>,
): PruneOutcome {
  return { id, target, deleted: [], left: [], durationMs: Date.now() - since, ...rest };
}

async function pruneOne(
  deployment: Deployment,
  all: readonly Deployment[],
  options: PruneOptions,
): Promise<PruneOutcome> {
  const since = Date.now();
  try {
    const { extra, served } = await deployment.diff({ onlyPrune: true });
    const plan = planOf(deployment, extra.manifests);
    options.onPlan?.(plan);
    if (plan.changes.length === 0) return outcomeOf(deployment, { since, state: 'unchanged' });
    checkMoved(plan, all);
    checkEmpty(deployment, options);
    const approved = options.autoApprove === 'always' || ((await options.confirm?.(plan)) ?? false);
    if (!approved) return outcomeOf(deployment, { since, state: 'declined' });
    options.onProgress?.(`deleting ${plan.changes.length}; each is waited for until it is gone`);
    return outcomeOf(deployment, { since, ...(await deleteShown(deployment, plan, served)) });
  } catch (failure) {
    if (!(failure instanceof Failure)) throw failure;
    return outcomeOf(deployment, { since, state: 'failed', failure });
  }
}

function planOf({ id, target, manifests }: Deployment, extra: readonly Manifest[]): PrunePlan {
  const changes = compareManifests(extra, [], manifests);
  const namespaces = changes
    .map(({ resource }) => resource)
    .filter(({ apiVersion, kind }) => apiVersion === 'v1' && kind === 'Namespace')
    .map(({ name }) => name);
  return { id, target, changes, namespaces };
}

/** A file that lost its contents, or an argument that is wrong, must not delete all without anybody looking. */
function checkEmpty({ id, manifests }: Deployment, { autoApprove }: PruneOptions): void {
  if (manifests.length > 0 || autoApprove !== 'always') return;
  throw new Failure(
    'usage',
    `pruning ${id}: it renders nothing, so that all of it would be deleted`,
    {
      hint: 'Nothing was deleted. Without --auto-approve always it shows what would go, and asks.',
    },
  );
}

/** What moved to another environment has the label of the old one until the new one is applied. */
function checkMoved({ id, target, changes }: PrunePlan, all: readonly Deployment[]): void {
  const deleted = new Set(changes.map(({ resource }) => movedKey(resource)));
  for (const other of all) {
    if (other.id === id || other.target.server !== target.server) continue;
    const moved = other.manifests.find(({ resource }) => deleted.has(movedKey(resource)));
    if (moved === undefined) continue;
    throw new Failure(
      'usage',
      `pruning ${id}: ${other.id} renders ${showResource(moved.resource)}, which would be deleted`,
      { hint: `Nothing was deleted. Apply ${other.id} first: the object is its own then.` },
    );
  }
}

/** The same object may be asked for in several versions of its group. */
function movedKey({ apiVersion, kind, namespace, name }: ResourceId): string {
  const group = apiVersion.includes('/') ? apiVersion.replace(/\/.*$/, '') : '';
  return JSON.stringify([group, kind, namespace, name]);
}

/** tk looks again; it is told to go on only when it finds what was shown, and nothing else. */
async function deleteShown(
  deployment: Deployment,
  plan: PrunePlan,
  served: readonly Manifest[],
): Promise<Pick<PruneOutcome, 'state' | 'deleted' | 'left' | 'failure'>> {
  const { id, tk, timeoutMs } = deployment;
  const shown = plan.changes.map(({ resource }) => resource);
  const { approved, failure } = await deployment.withSnapshot(served, (snapshot) =>
    pruneSnapshot({
      tk,
      snapshot,
      purpose: `pruning ${id}`,
      approve: (live) => Promise.resolve(isSame(shown, identities(live))),
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
    }),
  );
  if (!approved)
    return {
      state: 'failed',
      deleted: [],
      left: shown,
      failure: new Failure('cluster', `pruning ${id}: what is to be deleted changed meanwhile`, {
        hint: 'Nothing was deleted. Run it again to see what it is now.',
      }),
    };
  if (failure === undefined) return { state: 'pruned', deleted: shown, left: [] };
  // A cluster that does not answer any more has them all, as far as is known.
  const left = await stillThere(deployment, shown).catch(() => shown);
  const deleted = shown.filter((one) => !left.includes(one));
  return { state: 'failed', deleted, left, failure };
}

function identities(live: readonly string[]): ResourceId[] {
  const { before } = liveRenderings(live.map((yaml) => ({ live: yaml, merged: '' })));
  return before.manifests.map(({ resource }) => resource);
}

function isSame(one: readonly ResourceId[], other: readonly ResourceId[]): boolean {
  const keys = (ids: readonly ResourceId[]): string =>
    JSON.stringify(
      ids
        .map(({ apiVersion, kind, namespace, name }) =>
          [apiVersion, kind, namespace, name].join('/'),
        )
        .sort(),
    );
  return keys(one) === keys(other);
}

/** Of these objects, those that exist and are not being deleted. tk does not say which it deleted before one failed. */
async function stillThere(
  { connect }: Deployment,
  resources: readonly ResourceId[],
): Promise<ResourceId[]> {
  const discovery = openDiscovery(await connect());
  const left: ResourceId[] = [];
  for (const resource of resources) {
    const metadata = (await discovery.read(resource))?.['metadata'];
    if (isRecord(metadata) && metadata['deletionTimestamp'] === undefined) left.push(resource);
  }
  return left;
}
