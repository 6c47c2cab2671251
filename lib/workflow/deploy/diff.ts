import { compareManifests } from '../../compare/compare-manifests.ts';
import type { ResourceChange } from '../../compare/resource-change.ts';
import { Failure } from '../../finding/failure.ts';
import type { ValidateResult } from '../validate.ts';
import type { Deployment, Target } from './deployment.ts';
import { type DeployOptions, openDeployments } from './open-deployments.ts';
import { unifiedDiff } from './unified-diff.ts';

/** What to compare, and how. */
export interface DiffOptions extends DeployOptions {
  /** Looks for what `tk prune` would delete too. @default false */
  readonly withPrune?: boolean;
  /** Makes the text that `tk diff` prints, with the values of Secrets redacted. @default false */
  readonly unified?: boolean;
  /** Told of each environment when it was compared. */
  readonly onDiff?: (diff: EnvironmentDiff) => void;
}

/** What differs between an environment and its cluster. */
export interface EnvironmentDiff {
  readonly id: string;
  readonly target: Target;
  /** Without values of Secrets. Absent when it could not be compared. */
  readonly changes?: readonly ResourceChange[];
  /** `diff -u` of the objects; only when asked for. */
  readonly unified?: string;
  /** Why it could not be compared. */
  readonly failure?: Failure;
}

/** What was compared. */
export interface DiffResult extends ValidateResult {
  /** Errors were found, so that no cluster was asked. */
  readonly stopped: boolean;
  /** In the order asked for; empty when `stopped`. */
  readonly diffs: readonly EnvironmentDiff[];
}

/**
 * Validates environments, and compares each with its cluster. Nothing is written to any cluster. One that cannot be compared does
 * not stop the others.
 *
 * @throws Failure as `openDeployments`, and `interrupted` when the signal was aborted.
 */
export async function diff(options: DiffOptions): Promise<DiffResult> {
  const { result, deployments, stopped } = await openDeployments(options);
  const diffs: EnvironmentDiff[] = [];
  for (const deployment of deployments) {
    const one = await diffOne(deployment, options);
    diffs.push(one);
    options.onDiff?.(one);
  }
  return { ...result, stopped, diffs };
}

async function diffOne(deployment: Deployment, options: DiffOptions): Promise<EnvironmentDiff> {
  const { id, target, manifests } = deployment;
  try {
    const { before, after, extra } = await deployment.diff({
      withPrune: options.withPrune ?? false,
    });
    const live = [...before.manifests, ...extra.manifests];
    const changes = compareManifests(live, after.manifests, manifests);
    if (options.unified !== true) return { id, target, changes };
    return { id, target, changes, unified: await unifiedDiff(live, after.manifests, manifests) };
  } catch (failure) {
    if (!(failure instanceof Failure) || failure.kind === 'interrupted') throw failure;
    return { id, target, failure };
  }
}
