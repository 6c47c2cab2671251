import { connectCluster } from '../../lib/cluster/cluster-connection.ts';
import { openDiscovery } from '../../lib/cluster/discovery.ts';
import { type Manifest, parseManifests } from '../../lib/manifest/parse-manifests.ts';
import { runTk } from '../../lib/tanka/run-tk.ts';
import { differingFields } from './rendered-fields.ts';

/** What Tanka labels the objects of an environment with, when `spec.injectLabels` is true. */
const LABEL = 'tanka.dev/environment';

/** An environment of a project, and a cluster. */
export interface RenderedEnvironment {
  /** Absolute path of tk. */
  readonly tk: string;
  /** Of the project, absolute. */
  readonly root: string;
  /** Such as `environments/dev`. */
  readonly environment: string;
  readonly kubeconfig: string;
}

/**
 * Compares what tk itself renders of an environment, with injectLabels, with what the API server has. Of Secrets, only the
 * names of what differs are told.
 *
 * @returns one line for each object that is missing, differs, or has the environment's label and is not rendered, such as
 *   `ConfigMap shop/settings: data.x`. Empty when the cluster is equal to the render.
 * @throws Failure when tk does not render it, or the cluster does not answer.
 */
export async function compareWithRender(environment: RenderedEnvironment): Promise<string[]> {
  const manifests = await renderByTk(environment);
  const connection = await connectCluster({ kubeconfig: environment.kubeconfig });
  const discovery = openDiscovery(connection);
  const lines: string[] = [];
  const names = new Set(manifests.map(({ resource }) => nameOf(resource)));
  for (const { resource, value } of manifests) {
    const live = await discovery.read(resource);
    if (live === undefined) lines.push(`${nameOf(resource)}: missing`);
    else
      lines.push(...differingFields(value, live).map((field) => `${nameOf(resource)}: ${field}`));
  }
  const label = labelOf(manifests[0]);
  const kinds = new Map(manifests.map(({ resource }) => [resource.kind, resource.apiVersion]));
  for (const [kind, apiVersion] of kinds) {
    const plural = (await discovery.find(apiVersion, kind))?.plural ?? '';
    const path = `/${apiVersion.includes('/') ? 'apis' : 'api'}/${apiVersion}/${plural}`;
    const query = { labelSelector: `${LABEL}=${label}` };
    const { items } = JSON.parse((await connection.request({ path, query })).body) as {
      readonly items: readonly { metadata: { name: string; namespace?: string } }[];
    };
    const live = items.map(({ metadata }) => nameOf({ kind, ...metadata }));
    lines.push(...live.filter((name) => !names.has(name)).map((name) => `${name}: not rendered`));
  }
  return lines;
}

function nameOf({ kind, namespace, name }: { kind: string; namespace?: string; name: string }) {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

function labelOf(manifest: Manifest | undefined): string {
  const { labels } = (manifest?.value['metadata'] ?? {}) as { labels?: Record<string, string> };
  const label = labels?.[LABEL];
  if (label === undefined) throw new Error(`tk renders no label ${LABEL}: set spec.injectLabels`);
  return label;
}

async function renderByTk({ tk, root, environment }: RenderedEnvironment): Promise<Manifest[]> {
  const args = ['show', environment, '--dangerous-allow-redirect', '--log-level=error'];
  const output = await runTk({ tk, root, args, purpose: `rendering ${environment}` });
  if (output.exitCode !== 0) throw new Error(output.stderr);
  return parseManifests(output.stdout.toString());
}
