import pMap from 'p-map';
import { Failure } from '../finding/failure.ts';
import {
  type ClusterConnection,
  type ConnectOptions,
  connectCluster,
} from '../cluster/cluster-connection.ts';

/** Enough to hide the way to the server, few enough for its limits on requests at once. */
const REQUESTS_AT_ONCE = 6;

/** What to read, from where. */
export interface FetchClusterOptions extends ConnectOptions {
  /** Receives one line at a time, without a newline. */
  readonly onProgress?: (line: string) => void;
}

/** What a cluster publishes of its API. */
export interface ClusterSchemas {
  /** Address of the API server, without credentials. */
  readonly server: string;
  /** Name of the context. */
  readonly context: string;
  /** Of Kubernetes, such as `v1.36.3`. */
  readonly version: string;
  /**
   * One OpenAPI v3 document a group and version, named as in the module k8s.io/kubernetes: `api__v1_openapi.json`,
   * `apis__apps__v1_openapi.json`. JSON with sorted keys, so that the same API gives the same bytes.
   */
  readonly documents: ReadonlyMap<string, Buffer>;
}

/**
 * Reads the schemas of all kinds of a cluster, its CRDs among them, from `/openapi/v3`.
 *
 * @throws Failure `cluster` when the kubeconfig cannot be used or the cluster does not give all of them;
 *   `interrupted` on abort. No message has credentials.
 */
export async function fetchClusterSchemas(options: FetchClusterOptions): Promise<ClusterSchemas> {
  const connection = await connectCluster(options);
  const { server, context } = connection;
  const groupVersions = await listGroupVersions(connection);
  const version = await readVersion(connection);
  options.onProgress?.(
    `reading ${groupVersions.length} API groups and versions of ${context} (${server}, Kubernetes ${version})`,
  );
  const documents = await pMap(
    groupVersions,
    async (path) => [fileName(path), serialise(await readDocument(connection, path))] as const,
    { concurrency: REQUESTS_AT_ONCE },
  );
  return { server, context, version, documents: new Map(documents) };
}

/**
 * A group and version below `/openapi/v3`. The version of a CRD need not look like `v1`: any DNS label will do.
 * Source: ValidateCustomResourceDefinition in k8s.io/apiextensions-apiserver, pkg/apis/apiextensions/validation.
 */
const GROUP_VERSION = /^(?:api|apis\/[\w.-]+)\/[a-z](?:[a-z0-9-]*[a-z0-9])?$/;

/** The paths below `/openapi/v3` that are a group and version, such as `apis/apps/v1`, sorted. */
async function listGroupVersions(connection: ClusterConnection): Promise<string[]> {
  const root = (await connection.getJson('/openapi/v3')) as { paths?: unknown } | null;
  const paths = Object.keys(root?.paths ?? {}).filter((path) => GROUP_VERSION.test(path));
  if (paths.length === 0) throw notKubernetes(connection, '/openapi/v3');
  return paths.sort();
}

async function readVersion(connection: ClusterConnection): Promise<string> {
  const version = (await connection.getJson('/version')) as { gitVersion?: unknown } | null;
  if (typeof version?.gitVersion !== 'string') throw notKubernetes(connection, '/version');
  return version.gitVersion;
}

async function readDocument(connection: ClusterConnection, path: string): Promise<unknown> {
  const document = (await connection.getJson(`/openapi/v3/${path}`)) as { paths?: unknown } | null;
  if (typeof document?.paths !== 'object') throw notKubernetes(connection, `/openapi/v3/${path}`);
  return document;
}

function notKubernetes({ server, context }: ClusterConnection, path: string): Failure {
  return new Failure('cluster', `${server}${path} is not what a Kubernetes API server answers`, {
    hint: `Check the server of the context ${context} in the kubeconfig.`,
  });
}

function fileName(path: string): string {
  return `${path.replaceAll('/', '__')}_openapi.json`;
}

function serialise(document: unknown): Buffer {
  return Buffer.from(`${JSON.stringify(document, sortKeys)}\n`);
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [key, (value as Record<string, unknown>)[key]]));
}
