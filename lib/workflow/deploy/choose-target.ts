import { type KubeContext, type KubeContexts, listContexts } from '../../cluster/kubeconfig.ts';
import { shownAddress } from '../../cluster/shown-address.ts';
import { Failure } from '../../finding/failure.ts';
import type { EnvironmentObject } from '../../tanka/environment-object.ts';
import type { Target } from './deployment.ts';

/**
 * Finds the one context of the kubeconfig that an environment means: its cluster has the address `spec.apiServer`, letter by
 * letter but for a missing `https://` and a slash at the end; or its name matches one of `spec.contextNames`, the first entry that
 * matches any counting. tk itself would take the first address in which `spec.apiServer`, as a regular expression, is found.
 *
 * @param id of the environment, for messages.
 * @param options.context has to be one of those that match; decides when several do.
 * @throws Failure `usage` when the environment names no cluster; `cluster` when none, or more than one context matches.
 */
export async function chooseTarget(
  id: string,
  { spec }: EnvironmentObject,
  options: { readonly context?: string } = {},
): Promise<Target> {
  const wanted = readWanted(id, spec);
  const { namespace } = wanted;
  const known = await listContexts();
  const candidates = matching(wanted, known);
  const { context } = options;
  const chosen =
    context === undefined
      ? onlyOne(candidates, known, wanted)
      : candidates.find(({ name }) => name === context);
  if (chosen === undefined) throw noneOrMany(id, wanted, candidates, known, context);
  if (keepsServer(spec)) checkOwnChoice(id, wanted, chosen, known);
  else checkClusterName(id, chosen);
  return { context: chosen.name, server: shownAddress(chosen.server ?? ''), namespace };
}

/** Whether the label `tanka.dev/environment` is made from `spec.apiServer`, which then has to stay as it is. */
export function keepsServer(spec: EnvironmentObject['spec']): boolean {
  const fields = spec['tankaEnvLabelFromFields'];
  return (
    Array.isArray(fields) && fields.some((field) => /^\.?spec\.apiServer$/.test(String(field)))
  );
}

interface Wanted {
  readonly apiServer?: string;
  readonly contextNames?: readonly string[];
  readonly namespace: string;
}

function readWanted(id: string, spec: EnvironmentObject['spec']): Wanted {
  const { apiServer, contextNames, namespace = 'default' } = spec;
  const names = Array.isArray(contextNames) ? contextNames.map(String) : [];
  const server = typeof apiServer === 'string' && apiServer !== '' ? apiServer : undefined;
  if (server !== undefined && names.length > 0)
    throw new Failure('usage', `${id}: its spec has both apiServer and contextNames`, {
      hint: 'Leave one of them in spec.json: tk takes the cluster from it.',
    });
  if (server === undefined && names.length === 0)
    throw new Failure('usage', `${id}: its spec names no cluster`, {
      hint: 'Set spec.apiServer, or spec.contextNames, in spec.json to the cluster that it is applied to.',
    });
  if (namespace === '')
    throw new Failure('usage', `${id}: its spec.namespace is empty`, {
      hint: 'Set spec.namespace in spec.json: tk applies only when it is set.',
    });
  return {
    namespace: String(namespace),
    ...(server === undefined ? { contextNames: names } : { apiServer: server }),
  };
}

function matching(
  { apiServer, contextNames = [] }: Wanted,
  { contexts }: KubeContexts,
): KubeContext[] {
  if (apiServer !== undefined) {
    const address = normalised(apiServer);
    return contexts.filter(({ server }) => server !== undefined && normalised(server) === address);
  }
  for (const entry of contextNames) {
    const exact = contexts.filter(({ name }) => name === entry);
    if (exact.length > 0) return exact;
    const pattern = anchored(entry);
    const matches = contexts.filter(({ name }) => pattern?.test(name));
    if (matches.length > 0) return matches;
  }
  return [];
}

/** tk takes an entry of contextNames for a regular expression of Go; one that is none here matches by its letters alone. */
function anchored(entry: string): RegExp | undefined {
  return regularExpression(`^(?:${entry})$`);
}

function regularExpression(text: string): RegExp | undefined {
  try {
    return new RegExp(text);
  } catch {
    return undefined;
  }
}

function normalised(address: string): string {
  const url = /^[a-z]+:\/\//.test(address) ? address : `https://${address}`;
  return url.replace(/\/+$/, '');
}

/** Several contexts may be ways to the same cluster: the one in use counts then. */
function onlyOne(
  candidates: readonly KubeContext[],
  { current }: KubeContexts,
  { apiServer }: Wanted,
): KubeContext | undefined {
  if (candidates.length === 1) return candidates[0];
  return apiServer === undefined ? undefined : candidates.find(({ name }) => name === current);
}

function noneOrMany(
  id: string,
  { apiServer, contextNames = [] }: Wanted,
  candidates: readonly KubeContext[],
  { contexts, files }: KubeContexts,
  context: string | undefined,
): Failure {
  const wanted =
    apiServer === undefined
      ? `spec.contextNames (${contextNames.join(', ')})`
      : `spec.apiServer (${shownAddress(apiServer)})`;
  const list = (some: readonly KubeContext[]): string =>
    some.map(({ name, server = 'no cluster' }) => `${name} (${shownAddress(server)})`).join(', ') ||
    'none';
  if (candidates.length === 0)
    return new Failure('cluster', `${id}: no context of ${files} is the cluster of ${wanted}`, {
      hint: `Its contexts: ${list(contexts)}. Nothing was sent to any cluster.`,
    });
  if (context !== undefined)
    return new Failure('cluster', `${id}: the context ${context} is not the cluster of ${wanted}`, {
      hint: `Contexts that are: ${list(candidates)}.`,
    });
  return new Failure('cluster', `${id}: several contexts of ${files} match ${wanted}`, {
    hint: `Choose one with --context: ${list(candidates)}.`,
  });
}

/** tk chooses by itself here; it has to come to the same. Source: Tanka v0.38.0, pkg/kubernetes/client/context.go. */
function checkOwnChoice(
  id: string,
  { apiServer = '' }: Wanted,
  chosen: KubeContext,
  { contexts, clusters }: KubeContexts,
): void {
  const pattern = regularExpression(
    /^[a-z]+:\/\//.test(apiServer) ? apiServer : `https://${apiServer}`,
  );
  const cluster = clusters.find(({ server }) => pattern?.test(server));
  const found = contexts.find((context) => context.cluster === cluster?.name);
  if (found?.name === chosen.name) return;
  throw new Failure(
    'cluster',
    `${id}: tk would use the context ${found?.name ?? '(none)'}, not ${chosen.name}`,
    {
      hint: 'spec.tankaEnvLabelFromFields makes the label from spec.apiServer, so that tk has to choose by it: put the context first in the kubeconfig.',
    },
  );
}

/**
 * tk takes the name of the context's cluster for a regular expression, and crashes or finds no cluster when it does not match
 * itself. Source: Tanka v0.38.0, pkg/kubernetes/client/context.go.
 */
function checkClusterName(id: string, { name, cluster }: KubeContext): void {
  if (!/[+*?()[\]{}^$|\\]/.test(cluster) || anchored(cluster)?.test(cluster) === true) return;
  throw new Failure(
    'cluster',
    `${id}: tk cannot use the context ${name}: it takes the name of its cluster, ${cluster}, for a regular expression, which does not match the name`,
    {
      hint: 'Give the cluster a name without the characters +*?()[]{}^$|\\ in the kubeconfig, where it is listed and in its contexts.',
    },
  );
}
