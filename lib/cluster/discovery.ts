import type { ResourceId } from '../finding/finding.ts';
import type { ClusterConnection } from './cluster-connection.ts';
import { readObject, statusFailure } from './cluster-failure.ts';

/** A kind that the API server serves. */
export interface ServedKind {
  /** Name of its collection in paths, such as `deployments`. */
  readonly plural: string;
  readonly namespaced: boolean;
  /** Such as `list`, `watch`, `patch`. */
  readonly verbs: readonly string[];
}

/** What the API server says of its kinds; each group and version is asked for once. */
export interface Discovery {
  /**
   * @returns undefined when the server has no such kind, for example since its CustomResourceDefinition is not there.
   * @throws Failure as `ClusterConnection.getJson`.
   */
  find(apiVersion: string, kind: string): Promise<ServedKind | undefined>;
  /**
   * The path of an object in the API.
   *
   * @returns undefined when the server has no such kind.
   * @throws Failure as `ClusterConnection.getJson`.
   */
  pathOf(resource: ResourceId): Promise<string | undefined>;
  /**
   * Reads an object.
   *
   * @returns undefined when it, its kind or its namespace is not there. Values of Secrets may be in it.
   * @throws Failure `cluster` when the server does not answer or refuses; `interrupted` on abort.
   */
  read(resource: ResourceId): Promise<Record<string, unknown> | undefined>;
}

/** Asks a cluster for its kinds when they are needed. */
export function openDiscovery(connection: ClusterConnection): Discovery {
  const known = new Map<string, Promise<ReadonlyMap<string, ServedKind>>>();
  const find = async (apiVersion: string, kind: string): Promise<ServedKind | undefined> => {
    const kinds = known.get(apiVersion) ?? readKinds(connection, apiVersion);
    known.set(apiVersion, kinds);
    let found: ServedKind | undefined;
    try {
      found = (await kinds).get(kind);
    } finally {
      // A CustomResourceDefinition that comes later is seen then, and a server that was away is asked again.
      if (found === undefined) known.delete(apiVersion);
    }
    return found;
  };
  const pathOf = async (resource: ResourceId): Promise<string | undefined> => {
    const served = await find(resource.apiVersion, resource.kind);
    if (served === undefined) return undefined;
    const { namespace = 'default', name } = resource;
    const within = served.namespaced ? `/namespaces/${encodeURIComponent(namespace)}` : '';
    return `${groupPath(resource.apiVersion)}${within}/${served.plural}/${encodeURIComponent(name)}`;
  };
  return {
    find,
    pathOf,
    read: async (resource) => {
      const path = await pathOf(resource);
      if (path === undefined) return undefined;
      const { status, body } = await connection.request({ path });
      if (status === 404) return undefined;
      if (status !== 200) throw statusFailure(connection, status, path);
      return readObject(connection, body, path);
    },
  };
}

function groupPath(apiVersion: string): string {
  return `/${apiVersion.includes('/') ? 'apis' : 'api'}/${apiVersion}`;
}

async function readKinds(
  connection: ClusterConnection,
  apiVersion: string,
): Promise<ReadonlyMap<string, ServedKind>> {
  const path = groupPath(apiVersion);
  const { status, body } = await connection.request({ path });
  if (status === 404) return new Map();
  if (status !== 200) throw statusFailure(connection, status, path);
  const { resources = [] } = readObject(connection, body, path) as {
    readonly resources?: readonly (Omit<ServedKind, 'plural'> & { name: string; kind: string })[];
  };
  return new Map(
    resources
      // Subresources, such as `deployments/status`.
      .filter(({ name }) => !name.includes('/'))
      .map(({ name, kind, namespaced, verbs }) => [kind, { plural: name, namespaced, verbs }]),
  );
}
