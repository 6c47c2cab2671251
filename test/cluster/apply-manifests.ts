import https from 'node:https';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { KubeConfig, type V1CustomResourceDefinition } from '@kubernetes/client-node';
import { loadAll } from 'js-yaml';
import { type ClusterConnection, connectCluster } from '../../lib/cluster/cluster-connection.ts';

const FIELD_MANAGER = 'tankard-test';
/** The server publishes a new CRD within some seconds. */
const PUBLISHED_TIMEOUT_MS = 60_000;
const POLL_MS = 100;

/** An object with what its path in the API is made of. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/**
 * Applies manifests on the server's side, in their order, and waits for each CustomResourceDefinition until
 * `/openapi/v3` has its kinds. The objects are sent as they are: the API objects of client-node would drop the
 * `x-kubernetes-` keywords of a CRD.
 *
 * @param kubeconfig absolute path.
 * @param manifests YAML text, or objects.
 * @throws Error with the server's message when it refuses one, and when a CRD is not published.
 */
export async function applyManifests(
  kubeconfig: string,
  manifests: string | readonly Manifest[],
): Promise<void> {
  const connection = await connectCluster({ kubeconfig });
  const objects = typeof manifests === 'string' ? (loadAll(manifests) as Manifest[]) : manifests;
  for (const object of objects) {
    await patch(kubeconfig, await objectPath(connection, object), object);
    if (isCrd(object)) await whenPublished(connection, object);
  }
}

/** Where an object is in the API, from the server's list of resources. */
async function objectPath(connection: ClusterConnection, object: Manifest): Promise<string> {
  const { apiVersion, kind, metadata } = object;
  const root = `/${apiVersion.includes('/') ? 'apis' : 'api'}/${apiVersion}`;
  const { resources } = (await connection.getJson(root)) as {
    readonly resources: readonly { name: string; kind: string; namespaced: boolean }[];
  };
  const resource = resources.find((each) => each.kind === kind && !each.name.includes('/'));
  if (resource === undefined) throw new Error(`the server has no ${kind} in ${apiVersion}`);
  const namespace = resource.namespaced ? `/namespaces/${metadata.namespace ?? 'default'}` : '';
  return `${root}${namespace}/${resource.name}/${metadata.name}`;
}

async function patch(kubeconfig: string, path: string, object: Manifest): Promise<void> {
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  const options: https.RequestOptions = {
    method: 'PATCH',
    headers: { 'Content-Type': 'application/apply-patch+yaml' },
  };
  await config.applyToHTTPSOptions(options);
  const url = `${config.getCurrentCluster()?.server}${path}?fieldManager=${FIELD_MANAGER}&force=true`;
  const answer = await new Promise<string>((resolve, reject) => {
    https
      .request(url, options, (response) => {
        const ok = response.statusCode === 200 || response.statusCode === 201;
        text(response).then((body) => resolve(ok ? '' : body), reject);
      })
      .on('error', reject)
      .end(JSON.stringify(object));
  });
  if (answer !== '') throw new Error(`PATCH ${path}: ${answer}`);
}

function isCrd(object: unknown): object is V1CustomResourceDefinition {
  return (object as Manifest).kind === 'CustomResourceDefinition';
}

async function whenPublished(
  connection: ClusterConnection,
  { spec: { group, names, versions } }: V1CustomResourceDefinition,
): Promise<void> {
  const deadline = Date.now() + PUBLISHED_TIMEOUT_MS;
  for (const { name } of versions.filter(({ served }) => served)) {
    while (!(await isPublished(connection, `apis/${group}/${name}`, names.plural))) {
      if (Date.now() > deadline)
        throw new Error(`${names.plural}.${group} ${name} is not in /openapi/v3`);
      await sleep(POLL_MS);
    }
  }
}

async function isPublished(
  connection: ClusterConnection,
  groupVersion: string,
  plural: string,
): Promise<boolean> {
  try {
    const document = (await connection.getJson(`/openapi/v3/${groupVersion}`)) as {
      readonly paths: object;
    };
    return Object.keys(document.paths).includes(`/${groupVersion}/${plural}`);
  } catch {
    // The group is unknown until then.
    return false;
  }
}
