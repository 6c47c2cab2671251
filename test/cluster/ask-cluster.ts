import https from 'node:https';
import { text } from 'node:stream/consumers';
import { KubeConfig } from '@kubernetes/client-node';
import type { ClusterAnswer } from '../../lib/cluster/cluster-connection.ts';

/** A request that a test sends to an API server, in ways that Tankard itself has no use for. */
export interface TestRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With its query, such as `/api/v1/namespaces/default/configmaps?fieldManager=test`. */
  readonly path: string;
  /** Is sent as JSON. */
  readonly body?: unknown;
  /** @default 'application/json' */
  readonly contentType?: string;
}

/**
 * Sends a request to the current context of a kubeconfig, whatever the answer.
 *
 * @throws Error when there is no answer.
 */
export async function askCluster(
  kubeconfig: string,
  { method, path, body, contentType = 'application/json' }: TestRequest,
): Promise<ClusterAnswer> {
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  const options: https.RequestOptions = { method, headers: { 'Content-Type': contentType } };
  await config.applyToHTTPSOptions(options);
  return new Promise((resolve, reject) => {
    https
      .request(`${config.getCurrentCluster()?.server}${path}`, options, (response) => {
        const status = response.statusCode ?? 0;
        text(response).then((answer) => resolve({ status, body: answer }), reject);
      })
      .on('error', reject)
      .end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/**
 * As `askCluster`, of a request that has to succeed.
 *
 * @returns the answer, from JSON.
 * @throws Error with the server's message when it refuses.
 */
export async function askClusterJson(kubeconfig: string, request: TestRequest): Promise<unknown> {
  const { status, body } = await askCluster(kubeconfig, request);
  if (status >= 300) throw new Error(`${request.method} ${request.path}: ${status} ${body}`);
  return JSON.parse(body);
}
