import type { ClusterConnection } from '../../cluster/cluster-connection.ts';
import type { EnvironmentResult } from '../../finding/environment-result.ts';
import type { Manifest } from '../../manifest/parse-manifests.ts';
import type { Rendering } from '../../preview/preview-session.ts';
import type { Snapshot } from '../../tanka/snapshot.ts';

/** The one cluster that an environment is for. */
export interface Target {
  /** Name of the context in the kubeconfig; tk is made to use it and no other. */
  readonly context: string;
  /** Address of the API server, without credentials. */
  readonly server: string;
  /** `spec.namespace`. */
  readonly namespace: string;
}

/** What a cluster has of an environment, and what it would have. Values of Secrets may be in all of it. */
export interface DeploymentDiff {
  /** What the cluster has now, of the objects that the environment renders. */
  readonly before: Rendering;
  /** What it would have after `tk apply`, with the defaults of the API server. */
  readonly after: Rendering;
  /** What `tk prune` would delete; empty unless asked for. */
  readonly extra: Rendering;
  /** The manifests whose kinds the cluster has. */
  readonly served: readonly Manifest[];
  /** Nothing at all would be written, not even what kubectl notes for itself. */
  readonly isUnchanged: boolean;
}

/** What to compare. */
export interface DeploymentDiffOptions {
  /** Looks for what `tk prune` would delete too. @default false */
  readonly withPrune?: boolean;
  /** Looks for that alone: `before` and `after` are empty. @default false */
  readonly onlyPrune?: boolean;
}

/**
 * One environment, rendered and validated once, and its cluster. What is shown, applied and pruned is this render, whatever
 * happens to the files meanwhile.
 */
export interface Deployment {
  /** As in messages: the path, for an inline environment followed by `#` and its name. */
  readonly id: string;
  /** Project root, absolute. */
  readonly root: string;
  /** Absolute path of tk. */
  readonly tk: string;
  /** What tk may take, in milliseconds; absent without a setting. */
  readonly timeoutMs?: number;
  readonly target: Target;
  /** `spec.applyStrategy`, or what was asked for in its place. */
  readonly strategy: 'client' | 'server';
  /** `spec.injectLabels`: without it, nothing can be pruned. */
  readonly injectsLabels: boolean;
  /** Targets (`-t`) left a part of it out: what is no longer rendered cannot be told from what they leave out. */
  readonly isPartial: boolean;
  /** What is applied, as tk rendered it, in tk's order. */
  readonly manifests: readonly Manifest[];
  /** What was found in it. */
  readonly result: EnvironmentResult;
  /**
   * A connection to the cluster of `target`; the same one each time.
   *
   * @throws Failure as `connectCluster`.
   */
  readonly connect: () => Promise<ClusterConnection>;
  /**
   * Compares with the cluster, by `tk diff`; nothing is written. An object whose CustomResourceDefinition the environment brings,
   * and the cluster lacks, is compared with nothing.
   *
   * @throws Failure as `diffEnvironment`; `cluster` when the cluster lacks a kind that the environment does not bring.
   */
  readonly diff: (options?: DeploymentDiffOptions) => Promise<DeploymentDiff>;
  /**
   * Runs `use` with the render as a Tanka project, for tk to read; it is removed afterwards.
   *
   * @param manifests a part of `manifests`.
   */
  readonly withSnapshot: <Result>(
    manifests: readonly Manifest[],
    use: (snapshot: Snapshot) => Promise<Result>,
  ) => Promise<Result>;
}
