import { dump } from 'js-yaml';
import { isRecord } from '../../manifest/is-record.ts';
import { type Manifest, parseManifests, resourceOf } from '../../manifest/parse-manifests.ts';
import type { Rendering } from '../../preview/preview-session.ts';
import type { TankaArguments } from '../../tanka/arguments.ts';
import { diffEnvironment, type LivePair } from '../../tanka/diff.ts';
import { type EnvironmentEntry, listEnvironments } from '../../tanka/list-environments.ts';
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

type Value = Manifest['value'];

/** Members of `metadata` that the API server sets by itself, and changes on each write. Source: Kubernetes v1.36, ObjectMeta. */
const SERVER_METADATA = new Set([
  'creationTimestamp',
  'generation',
  'managedFields',
  'resourceVersion',
  'selfLink',
  'uid',
]);
/** What `kubectl apply` keeps of the last manifest: the whole object once more, with the values of a Secret. */
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

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
  return { label: clusterLabel(entries, options), ...toRenderings(pairs) };
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

/**
 * The pairs of a diff as two renders, without what the API server notes for itself.
 *
 * @param pairs in any order.
 */
function toRenderings(pairs: readonly LivePair[]): Pick<ClusterComparison, 'before' | 'after'> {
  const objects = pairs
    .map(({ live, merged }) => ({
      live: live === undefined ? undefined : read(live),
      merged: read(merged),
    }))
    .sort((a, b) => compareTexts(orderOf(a.merged ?? a.live), orderOf(b.merged ?? b.live)));
  return {
    before: toRendering(objects.map(({ live }) => live)),
    after: toRendering(objects.map(({ merged }) => merged)),
  };
}

function read(yaml: string): Value | undefined {
  const [manifest] = parseManifests(yaml);
  return manifest === undefined ? undefined : withoutServerFields(manifest.value);
}

function withoutServerFields(object: Value): Value {
  const { status: _status, ...rest } = object;
  const { metadata } = rest;
  if (!isRecord(metadata)) return rest;
  const kept = Object.fromEntries(
    Object.entries(metadata).filter(([key]) => key !== 'annotations' && !SERVER_METADATA.has(key)),
  );
  const annotations = Object.entries(
    isRecord(metadata['annotations']) ? metadata['annotations'] : {},
  ).filter(([key]) => key !== LAST_APPLIED);
  return {
    ...rest,
    metadata:
      annotations.length === 0 ? kept : { ...kept, annotations: Object.fromEntries(annotations) },
  };
}

/** Cluster-wide objects first, as tk has them before those of namespaces. */
function orderOf(object: Value | undefined): string {
  const {
    namespace = '',
    kind = '',
    name = '',
    apiVersion = '',
  } = object ? resourceOf(object) : {};
  return [namespace, kind, name, apiVersion].join('\0');
}

function compareTexts(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function toRendering(objects: readonly (Value | undefined)[]): Rendering {
  const values = objects.filter((object) => object !== undefined);
  const yaml = values.map(
    (value) =>
      `---\n${dump(value, { lineWidth: -1, noRefs: true, noArrayIndent: true, sortKeys: true })}`,
  );
  return {
    yaml: Buffer.from(yaml.join('')),
    manifests: values.map((value, index) => ({ index, resource: resourceOf(value), value })),
  };
}
