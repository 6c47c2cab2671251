import { setTimeout as sleep } from 'node:timers/promises';
import { compareManifests } from '../../compare/compare-manifests.ts';
import type { ResourceChange } from '../../compare/resource-change.ts';
import { openDiscovery } from '../../cluster/discovery.ts';
import { Failure } from '../../finding/failure.ts';
import { type FieldConflict, OWN_MANAGERS } from '../../ownership/field-owner.ts';
import { findConflicts } from '../../ownership/find-conflicts.ts';
import type { ResourceId } from '../../finding/finding.ts';
import type { Manifest } from '../../manifest/parse-manifests.ts';
import { followRollouts } from '../../rollout/follow-rollouts.ts';
import type { RolloutStatus } from '../../rollout/rollout-status.ts';
import { secretTexts } from '../../manifest/secret-texts.ts';
import { applySnapshot, type WrittenObject } from '../../tanka/apply.ts';
import type { ValidateResult } from '../validate.ts';
import type { Deployment, Target } from './deployment.ts';
import { inOrder, type OrderOptions } from './in-order.ts';
import { type DeployOptions, openDeployments } from './open-deployments.ts';
import { unwritten } from './unwritten.ts';

/** What is about to be applied to one environment. */
export interface Plan {
  /** As in messages. */
  readonly id: string;
  readonly target: Target;
  /** What differs, without values of Secrets. May be empty: kubectl's own annotation may be all that would be written. */
  readonly changes: readonly ResourceChange[];
  /** Nothing would be written. */
  readonly isUnchanged: boolean;
  /** Fields that others have with other values; only with server-side apply. */
  readonly conflicts: readonly FieldConflict[];
}

/** What to apply, and how. */
export interface ApplyOptions extends DeployOptions, OrderOptions<EnvironmentOutcome> {
  /**
   * `always`: never asks; `if-no-changes`: asks only when something would change, which is the same as `never`, since nothing is
   * applied without changes; both are tk's own.
   *
   * @default 'never'
   */
  readonly autoApprove?: 'always' | 'never' | 'if-no-changes';
  /** Changes nothing: checked by the server, or by kubectl alone. */
  readonly dryRun?: 'server' | 'client';
  /** Takes fields from other managers, with the strategy `server`. @default false */
  readonly forceConflicts?: boolean;
  /** Follows what was applied until it is up, for so long, in milliseconds. Nothing is waited for when absent. */
  readonly waitMs?: number;
  /** Told how far the cluster is, when an object has another state or message than before. */
  readonly onRollout?: (id: string, rollouts: readonly RolloutStatus[]) => void;
  /** Told what differs, before anything is written. */
  readonly onPlan?: (plan: Plan) => void;
  /** Asked when `autoApprove` does not answer. @default nobody is there: no */
  readonly confirm?: (plan: Plan) => Promise<boolean>;
  /** Told of each object that was written. */
  readonly onWritten?: (id: string, written: WrittenObject) => void;
}

/**
 * How it went with one environment.
 *
 * - `applied`: all of it
 * - `unchanged`: there was nothing to do
 * - `declined`: it was not approved
 * - `failed`: `failure` says why; a part may have been applied
 * - `not started`: one before it failed or was declined, or the user interrupted
 */
export type OutcomeState = 'applied' | 'unchanged' | 'declined' | 'failed' | 'not started';

/** What was done with one environment. */
export interface EnvironmentOutcome {
  readonly id: string;
  readonly target: Target;
  readonly state: OutcomeState;
  readonly written: readonly WrittenObject[];
  /** What was to be applied, and was not, when it failed. */
  readonly missing: readonly ResourceId[];
  /** What kubectl warned of. */
  readonly warnings: readonly string[];
  /** How far the cluster is with each object, in the order of the render, when it was waited for. */
  readonly rollouts?: readonly RolloutStatus[];
  /** How long was waited for them. */
  readonly waitedMs?: number;
  readonly failure?: Failure;
  /** With the time that the question was open. */
  readonly durationMs: number;
}

/** Whether an environment is as it should be: as rendered, and up, as far as it was waited for. */
export function isDone({ state, rollouts = [] }: EnvironmentOutcome): boolean {
  return (
    (state === 'applied' || state === 'unchanged') &&
    rollouts.every((rollout) => rollout.state === 'ready')
  );
}

/** What applying did. */
export interface ApplyResult extends ValidateResult {
  /** Errors were found, so that nothing was sent to any cluster. */
  readonly stopped: boolean;
  /** In the order asked for; empty when `stopped`. */
  readonly outcomes: readonly EnvironmentOutcome[];
}

/**
 * Validates environments, and applies them one after the other with `tk apply`: what differs is shown, asked about, and then
 * exactly that render is applied. CustomResourceDefinitions and Namespaces come first, until they are served. When the signal is
 * aborted, tk is left to finish what it began.
 *
 * @throws Failure as `openDeployments`. What goes wrong with one environment is in its outcome.
 */
export async function apply(options: ApplyOptions): Promise<ApplyResult> {
  const { result, deployments, stopped } = await openDeployments(options);
  const outcomes = await inOrder(deployments, options, {
    run: (one) => applyOne(one, options),
    skip: (one) => outcomeOf(one, { state: 'not started', since: Date.now() }),
    isDone,
  });
  return { ...result, stopped, outcomes };
}

function outcomeOf(
  { id, target }: Deployment,
  { since, ...rest }: { since: number; state: OutcomeState } & Partial<EnvironmentOutcome>,
): EnvironmentOutcome {
  const durationMs = Date.now() - since;
  return { id, target, written: [], missing: [], warnings: [], durationMs, ...rest };
}

type Written = Pick<EnvironmentOutcome, 'written' | 'missing' | 'warnings' | 'failure'>;

const NOTHING: Written = { written: [], missing: [], warnings: [] };

async function applyOne(
  deployment: Deployment,
  options: ApplyOptions,
): Promise<EnvironmentOutcome> {
  const since = Date.now();
  let done = NOTHING;
  try {
    const plan = await planOf(deployment);
    options.onPlan?.(plan);
    if (plan.isUnchanged)
      return outcomeOf(deployment, {
        since,
        state: 'unchanged',
        ...(await rolloutsOf(deployment, options)),
      });
    if (plan.conflicts.length > 0 && options.forceConflicts !== true) throw inConflict(plan);
    if (!(await isApproved(plan, options)))
      return outcomeOf(deployment, { since, state: 'declined' });
    done = await write(deployment, options);
    if (done.failure !== undefined)
      return outcomeOf(deployment, { since, state: 'failed', ...done });
    const rollouts = await rolloutsOf(deployment, options);
    return outcomeOf(deployment, { since, state: 'applied', ...done, ...rollouts });
  } catch (failure) {
    if (!(failure instanceof Failure)) throw failure;
    // What was written is written, also when it cannot be waited for.
    return outcomeOf(deployment, { since, ...done, state: 'failed', failure });
  }
}

async function planOf(deployment: Deployment): Promise<Plan> {
  const { before, after, served, isUnchanged } = await deployment.diff();
  const { id, target, manifests, strategy } = deployment;
  const changes = compareManifests(before.manifests, after.manifests, manifests);
  const conflicts =
    strategy === 'server' ? await findConflicts(await deployment.connect(), served) : [];
  return { id, target, changes, isUnchanged, conflicts };
}

/** Before anything is written: kubectl would write the objects that are not in conflict. */
function inConflict({ id, target, conflicts }: Plan): Failure {
  const managers = [...new Set(conflicts.map(({ owner }) => owner.manager))].join(', ');
  const isOwn = conflicts.every(({ owner }) => OWN_MANAGERS.includes(owner.manager));
  const fields = conflicts.length === 1 ? '1 field is' : `${conflicts.length} fields are`;
  return new Failure(
    'cluster',
    `applying ${id}: ${fields} owned by others in ${target.context}: ${managers}`,
    {
      hint: isOwn
        ? 'Nothing was applied. Client-side apply wrote these fields before: take them with --force-conflicts.'
        : 'Nothing was applied. Leave these fields out of the Jsonnet when they are theirs, or take them with --force-conflicts.',
    },
  );
}

async function isApproved(plan: Plan, options: ApplyOptions): Promise<boolean> {
  // A dry run changes nothing.
  if (options.autoApprove === 'always' || options.dryRun !== undefined) return true;
  return (await options.confirm?.(plan)) ?? false;
}

async function rolloutsOf(
  { id, connect, manifests }: Deployment,
  { waitMs, dryRun, signal, onRollout }: ApplyOptions,
): Promise<Pick<EnvironmentOutcome, 'rollouts' | 'waitedMs'>> {
  if (waitMs === undefined || dryRun !== undefined) return {};
  const since = Date.now();
  const rollouts = await followRollouts({
    connection: await connect(),
    resources: ids(manifests),
    timeoutMs: waitMs,
    secrets: secretTexts(
      manifests.map(({ value }) => value),
      { variables: false },
    ),
    onChange: (statuses) => onRollout?.(id, statuses),
    ...(signal === undefined ? {} : { signal }),
  });
  return { rollouts, waitedMs: Date.now() - since };
}

/** Applies what others need first, then all else. */
async function write(deployment: Deployment, options: ApplyOptions): Promise<Written> {
  const first = deployment.manifests.filter(isNeededFirst);
  const rest = deployment.manifests.filter((manifest) => !isNeededFirst(manifest));
  // A dry run makes no kinds and no namespaces for the rest.
  if (first.length === 0 || rest.length === 0 || options.dryRun !== undefined)
    return applyPart(deployment, deployment.manifests, options);
  const begun = await applyPart(deployment, first, options);
  if (begun.failure !== undefined) return join(begun, { ...NOTHING, missing: ids(rest) });
  try {
    await whenServed(deployment, first, rest, options.signal);
  } catch (failure) {
    if (!(failure instanceof Failure)) throw failure;
    return join(begun, { ...NOTHING, missing: ids(rest), failure });
  }
  return join(begun, await applyPart(deployment, rest, options));
}

function join(one: Written, other: Written): Written {
  const failure = one.failure ?? other.failure;
  return {
    written: [...one.written, ...other.written],
    missing: [...one.missing, ...other.missing],
    warnings: [...one.warnings, ...other.warnings],
    ...(failure === undefined ? {} : { failure }),
  };
}

function ids(manifests: readonly Manifest[]): ResourceId[] {
  return manifests.map(({ resource }) => resource);
}

function isNeededFirst({ resource: { apiVersion, kind } }: Manifest): boolean {
  return (
    (kind === 'Namespace' && apiVersion === 'v1') ||
    (kind === 'CustomResourceDefinition' && apiVersion.startsWith('apiextensions.k8s.io/'))
  );
}

async function applyPart(
  deployment: Deployment,
  part: readonly Manifest[],
  { dryRun, forceConflicts, onWritten }: ApplyOptions,
): Promise<Written> {
  const { id, tk, strategy, timeoutMs } = deployment;
  const { written, warnings, failure } = await deployment.withSnapshot(part, (snapshot) =>
    applySnapshot({
      tk,
      snapshot,
      strategy,
      purpose: `applying ${id}`,
      onWritten: (one) => onWritten?.(id, one),
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
      ...(dryRun === undefined ? {} : { dryRun }),
      ...(forceConflicts === undefined ? {} : { forceConflicts }),
    }),
  );
  if (failure === undefined) return { written, warnings, missing: [] };
  return { written, warnings, missing: unwritten(ids(part), written), failure };
}

const SERVED_TIMEOUT_MS = 60_000;
const SERVED_POLL_MS = 200;

/** Waits until the kinds and the namespaces that the rest needs are there. A new kind is served a moment after its definition. */
async function whenServed(
  { id, connect }: Deployment,
  first: readonly Manifest[],
  rest: readonly Manifest[],
  signal: AbortSignal | undefined,
): Promise<void> {
  const discovery = openDiscovery(await connect());
  const kinds = new Map(
    rest.map(({ resource }) => [`${resource.kind} (${resource.apiVersion})`, resource]),
  );
  const namespaces = new Map(
    ids(first)
      .filter(({ kind }) => kind === 'Namespace')
      .map((one) => [`Namespace ${one.name}`, one]),
  );
  const deadline = Date.now() + SERVED_TIMEOUT_MS;
  for (;;) {
    if (signal?.aborted === true)
      throw new Failure('interrupted', `applying ${id}: interrupted before all was applied`);
    for (const [key, { apiVersion, kind }] of kinds)
      if ((await discovery.find(apiVersion, kind)) !== undefined) kinds.delete(key);
    for (const [key, namespace] of namespaces) {
      const status = (await discovery.read(namespace))?.['status'];
      if ((status as { phase?: unknown } | undefined)?.phase === 'Active') namespaces.delete(key);
    }
    const missing = [...kinds.keys(), ...namespaces.keys()];
    if (missing.length === 0) return;
    if (Date.now() > deadline)
      throw new Failure(
        'cluster',
        `${id}: the cluster does not serve ${missing.join(', ')} after ${SERVED_TIMEOUT_MS / 1000} s`,
        {
          hint: 'Look at the conditions of the CustomResourceDefinition, or whether the Namespace is being deleted; then apply again.',
        },
      );
    await sleep(SERVED_POLL_MS);
  }
}
