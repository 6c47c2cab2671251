import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { KubeConfig } from '@kubernetes/client-node';
import { Failure } from '../finding/failure.ts';
import type { ClusterChoice } from './cluster-choice.ts';

/**
 * Reads the kubeconfig and sets its context. Of two entries with one name the first is used, as kubectl does.
 *
 * @returns a kubeconfig whose current context, cluster and user are there.
 * @throws Failure `cluster` when there is none, it cannot be read, or names no such context. No message has
 *   anything of a file but names of contexts, clusters and users.
 */
export async function loadKubeconfig(choice: ClusterChoice): Promise<KubeConfig> {
  const { config, files } = await mergedKubeconfig(choice);
  selectContext(config, choice, files);
  return config;
}

/** A context of the kubeconfig, with what it stands for. */
export interface KubeContext {
  readonly name: string;
  /** Name of its cluster in the kubeconfig. */
  readonly cluster: string;
  /** Address of the API server as it is written there; absent when the kubeconfig lacks the cluster. */
  readonly server?: string;
}

/** What a kubeconfig offers. */
export interface KubeContexts {
  /** In the order of the kubeconfig. */
  readonly contexts: readonly KubeContext[];
  /** In the order of the kubeconfig. */
  readonly clusters: readonly { readonly name: string; readonly server: string }[];
  /** `current-context`, when it is set. */
  readonly current?: string;
  /** The files that it was read from, for messages. */
  readonly files: string;
}

/**
 * Lists the contexts of the kubeconfig.
 *
 * @throws Failure `cluster` when there is none, or it cannot be read.
 */
export async function listContexts(choice: ClusterChoice = {}): Promise<KubeContexts> {
  const { config, files } = await mergedKubeconfig(choice);
  const contexts = config.contexts.map(({ name, cluster }) => {
    const server = config.clusters.find((each) => each.name === cluster)?.server;
    return { name, cluster, ...(server === undefined ? {} : { server }) };
  });
  const current = config.currentContext;
  const clusters = config.clusters.map(({ name, server }) => ({ name, server }));
  return { contexts, clusters, files, ...(current ? { current } : {}) };
}

async function mergedKubeconfig(
  choice: ClusterChoice,
): Promise<{ config: KubeConfig; files: string }> {
  const { KubeConfig } = await import('@kubernetes/client-node');
  const files = kubeconfigFiles(choice);
  const configs = files.map((file) => readKubeconfig(new KubeConfig(), file));
  const merged = new KubeConfig();
  merged.loadFromOptions({
    clusters: configs.flatMap((config) => config.clusters),
    users: configs.flatMap((config) => config.users),
    contexts: configs.flatMap((config) => config.contexts),
    currentContext: configs.map((config) => config.currentContext).find(Boolean),
  });
  return { config: merged, files: files.join(' and ') };
}

function kubeconfigFiles(choice: ClusterChoice): string[] {
  if (choice.kubeconfig !== undefined) return [choice.kubeconfig];
  const variable = process.env['KUBECONFIG'] ?? '';
  const listed = variable.split(path.delimiter).filter((file) => file !== '');
  const candidates = listed.length > 0 ? listed : [path.join(os.homedir(), '.kube', 'config')];
  const files = candidates.filter((file) => existsSync(file));
  if (files.length > 0) return files;
  const from = listed.length > 0 ? ' (KUBECONFIG)' : '';
  throw new Failure(
    'cluster',
    `no kubeconfig was found; looked for ${candidates.join(' and ')}${from}`,
    {
      hint: 'Set KUBECONFIG to your kubeconfig; `kubectl config view` shows the one that kubectl uses.',
    },
  );
}

function readKubeconfig(config: KubeConfig, file: string): KubeConfig {
  try {
    // An entry that lacks something is left out: it may not be the one that is used.
    config.loadFromFile(file, { onInvalidEntry: 'filter' });
    return config;
  } catch (cause) {
    throw new Failure('cluster', `cannot read the kubeconfig ${file}: ${readProblem(cause)}`, {
      hint: `\`kubectl config view --kubeconfig ${file}\` shows what is wrong with it.`,
    });
  }
}

/** YAML's own messages quote the lines around a mistake, which may be a token. */
function readProblem(cause: unknown): string {
  const { code, mark } = cause as { code?: string; mark?: { line?: number } };
  if (code === 'ENOENT') return 'no such file';
  if (code !== undefined) return code;
  if (mark?.line !== undefined) return `it is not YAML, see line ${mark.line + 1}`;
  return 'it has not the form of a kubeconfig';
}

function selectContext(config: KubeConfig, choice: ClusterChoice, files: string): void {
  const name = choice.context ?? config.currentContext;
  const known = config.contexts.map((context) => context.name);
  const list = known.length === 0 ? 'It has no contexts.' : `Its contexts: ${known.join(', ')}.`;
  if (name === undefined || name === '')
    throw new Failure('cluster', `${files} sets no current-context`, {
      hint: `Name the context that is meant. ${list}`,
    });
  const context = config.contexts.find((each) => each.name === name);
  if (context === undefined)
    throw new Failure('cluster', `there is no context ${name} in ${files}`, { hint: list });
  config.setCurrentContext(name);
  if (config.getCurrentCluster() === null) throw missing(`cluster ${context.cluster}`, name, files);
  if (config.getCurrentUser() === null) throw missing(userOf(context), name, files);
}

function userOf({ user }: { readonly user?: string }): string {
  return user === undefined ? 'user (none)' : `user ${user}`;
}

function missing(what: string, context: string, files: string): Failure {
  return new Failure(
    'cluster',
    `the context ${context} names the ${what}, which ${files} has not, or not in full`,
    { hint: 'Choose another context, or complete this one with `kubectl config`.' },
  );
}
