import type { Rendering } from '../../preview/preview-session.ts';
import type { TankaArguments } from '../../tanka/arguments.ts';
import { diffEnvironment } from '../../tanka/diff.ts';
import { type EnvironmentEntry, listEnvironments } from '../../tanka/list-environments.ts';
import { liveRenderings } from '../live-renderings.ts';
import type { Project } from '../project.ts';

/** An environment beside what its cluster has of it. */
export interface ClusterComparison {
  /** Which cluster, as its spec names it: `cluster https://10.0.0.1:6443`, or the names of contexts. */
  readonly label: string;
  /** What the cluster has now, of the objects that the environment renders. */
  readonly before: Rendering;
  /** What it would have after the environment is applied: with the defaults of the API server. */
  readonly after: Rendering;
}

/** Which environment, and how tk evaluates it. */
export interface ClusterOptions {
  /** Path of the environment, relative to the project root. */
  readonly path: string;
  /** Of an inline environment. */
  readonly name?: string;
  readonly args?: TankaArguments;
  readonly signal?: AbortSignal;
}

/**
 * Compares an environment, as its files are now, with its cluster. Nothing is written to the cluster: kubectl asks the API
 * server for a dry run of the apply. Both sides have the same order, by namespace, kind and name, and are without what the
 * server notes for itself (status, uid, ...). Objects that the environment does not render are on neither side.
 *
 * @returns with values of Secrets masked by kubectl (`***`) in part only: redact it before it is shown.
 * @throws Failure as `diffEnvironment`.
 */
export async function compareWithCluster(
  project: Project,
  options: ClusterOptions,
): Promise<ClusterComparison> {
  const { path, name, signal } = options;
  const args = name === undefined ? options.args : { ...options.args, name };
  const { tk, root, config } = project;
  const running = {
    tk,
    root,
    ...(config.timeoutMs === undefined ? {} : { timeoutMs: config.timeoutMs }),
    ...(args === undefined ? {} : { args }),
    ...(signal === undefined ? {} : { signal }),
  };
  const pairs = await diffEnvironment({ ...running, environment: path });
  // After the diff: it says first what is wrong with the environment.
  const entries = await listEnvironments({ ...running, under: path });
  return { label: clusterLabel(entries, options), ...liveRenderings(pairs) };
}

function clusterLabel(
  entries: readonly EnvironmentEntry[],
  { path, name }: ClusterOptions,
): string {
  const own = entries.filter((entry) => entry.path === path);
  const entry = own.find((each) => each.name === name) ?? own[0];
  const cluster = entry?.apiServer ?? entry?.contextNames?.join(' or ');
  return cluster === undefined ? 'cluster' : `cluster ${cluster}`;
}
