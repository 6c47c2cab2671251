import type { ClusterConnection } from '../../cluster/cluster-connection.ts';
import type { EnvironmentResult } from '../../finding/environment-result.ts';
import type { Manifest } from '../../manifest/parse-manifests.ts';
import type { Rendering } from '../../preview/preview-session.ts';

/** The one cluster that an environment is for. */
export interface Target {
  /** Name of the context in the kubeconfig; tk is made to use it and no other. */
  readonly context: string;
  /** Address of the API server, without credentials. */
  readonly server: string;
  /** `spec.namespace`. */
  readonly namespace: string;
}

/** What a cluster has of an environment, and what it would have. Values of Secrets may be in all three. */
export interface DeploymentDiff {
  /** What the cluster has now, of the objects that the environment renders. */
  readonly before: Rendering;
  /** What it would have after `tk apply`, with the defaults of the API server. */
  readonly after: Rendering;
  /** What `tk prune` would delete; empty unless asked for. */
  readonly extra: Rendering;
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
  readonly target: Target;
  /** `spec.applyStrategy`, or what was asked for in its place. */
  readonly strategy: 'client' | 'server';
  /** `spec.injectLabels`: without it, nothing can be pruned. */
  readonly injectsLabels: boolean;
  /** What is applied, as tk rendered it, in tk's order. */
  readonly manifests: readonly Manifest[];
  /** What was found in it. */
  readonly result: EnvironmentResult;
  /**
   * A connection to the cluster of `target`.
   *
   * @throws Failure as `connectCluster`.
   */
  connect(): Promise<ClusterConnection>;
  /**
   * Compares with the cluster, by `tk diff`; nothing is written.
   *
   * @throws Failure as `diffEnvironment`.
   */
  diff(options?: { readonly withPrune?: boolean }): Promise<DeploymentDiff>;
  /** Removes the files that tk reads of it. */
  close(): Promise<void>;
}
