import { setTimeout as sleep } from 'node:timers/promises';
import type { V1CustomResourceDefinition } from '@kubernetes/client-node';
import { loadAll } from 'js-yaml';
import { type ClusterConnection, connectCluster } from '../../lib/cluster/cluster-connection.ts';
import { openDiscovery } from '../../lib/cluster/discovery.ts';
import { askClusterJson } from './ask-cluster.ts';

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
    await askClusterJson(kubeconfig, {
      method: 'PATCH',
      path: `${await objectPath(connection, object)}?fieldManager=${FIELD_MANAGER}&force=true`,
      contentType: 'application/apply-patch+yaml',
      body: object,
    });
    if (isCrd(object)) await whenPublished(connection, object);
  }
}

/**
 * Writes the status of an object, as its controller would: the fields that are given replace those that are there.
 *
 * @param kubeconfig absolute path.
 * @throws Error with the server's message when it refuses, as for an object that is not there.
 */
export async function writeStatus(
  kubeconfig: string,
  object: Manifest,
  status: Readonly<Record<string, unknown>>,
): Promise<void> {
  const connection = await connectCluster({ kubeconfig });
  await askClusterJson(kubeconfig, {
    method: 'PATCH',
    path: `${await objectPath(connection, object)}/status?fieldManager=${FIELD_MANAGER}`,
    contentType: 'application/merge-patch+json',
    body: { status },
  });
}

/** Where an object is in the API. */
async function objectPath(
  connection: ClusterConnection,
  { apiVersion, kind, metadata: { name, namespace } }: Manifest,
): Promise<string> {
  const within = namespace === undefined ? {} : { namespace };
  const path = await openDiscovery(connection).pathOf({ apiVersion, kind, name, ...within });
  if (path === undefined) throw new Error(`the server has no ${kind} in ${apiVersion}`);
  return path;
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
