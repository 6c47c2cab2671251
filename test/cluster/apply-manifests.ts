import { setTimeout as sleep } from 'node:timers/promises';
import {
  KubeConfig,
  KubernetesObjectApi,
  type KubernetesObject,
  PatchStrategy,
  type V1CustomResourceDefinition,
} from '@kubernetes/client-node';
import { loadAll } from 'js-yaml';
import { type ClusterConnection, connectCluster } from '../../lib/sources/cluster-connection.ts';

const FIELD_MANAGER = 'tankard-test';
/** The server publishes a new CRD within some seconds. */
const PUBLISHED_TIMEOUT_MS = 60_000;
const POLL_MS = 100;

/**
 * Applies manifests on the server's side, in their order, and waits for each CustomResourceDefinition until
 * `/openapi/v3` has its kinds.
 *
 * @param kubeconfig absolute path.
 * @param manifests YAML text, or objects.
 * @throws ApiException when the server refuses one; Error when a CRD is not published.
 */
export async function applyManifests(
  kubeconfig: string,
  manifests: string | readonly KubernetesObject[],
): Promise<void> {
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  const client = KubernetesObjectApi.makeApiClient(config);
  const connection = await connectCluster({ kubeconfig });
  const objects =
    typeof manifests === 'string' ? (loadAll(manifests) as KubernetesObject[]) : manifests;
  for (const object of objects) {
    await client.patch(
      object,
      undefined,
      undefined,
      FIELD_MANAGER,
      true,
      PatchStrategy.ServerSideApply,
    );
    if (isCrd(object)) await whenPublished(connection, object);
  }
}

function isCrd(object: KubernetesObject): object is V1CustomResourceDefinition {
  return object.kind === 'CustomResourceDefinition';
}

async function whenPublished(
  connection: ClusterConnection,
  { spec: { group, names, versions } }: V1CustomResourceDefinition,
): Promise<void> {
  const deadline = Date.now() + PUBLISHED_TIMEOUT_MS;
  for (const { name, served } of versions) {
    while (served && !(await isPublished(connection, `apis/${group}/${name}`, names.plural))) {
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
