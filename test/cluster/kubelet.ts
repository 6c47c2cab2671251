import type { ApiServer } from './api-server.ts';
import { listen } from './listen.ts';

/** A Node whose kubelet has logs, and runs nothing. */
export interface Kubelet {
  /** Name of the Node, for `spec.nodeName` of Pods. */
  readonly node: string;
  /** Sets what a container has written, lines with their newlines; `GET .../pods/NAME/log` gives it. */
  setLog(pod: PodName, container: string, text: string): void;
  close(): Promise<void>;
}

/** Which Pod. */
export interface PodName {
  readonly namespace: string;
  readonly name: string;
}

/**
 * Starts a stand-in for a kubelet, and makes its Node. It serves `/containerLogs` as a kubelet does, with the
 * query `tailLines`. A container without a log is answered with 404.
 *
 * @param node name of the Node.
 */
export async function startKubelet(server: ApiServer, node = 'node'): Promise<Kubelet> {
  const logs = new Map<string, string>();
  const listening = await listen(server, (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'https://kubelet');
    const log = logs.get(pathname);
    response.writeHead(log === undefined ? 404 : 200, { 'Content-Type': 'text/plain' });
    response.end(log === undefined ? 'no such log' : tail(log, searchParams.get('tailLines')));
  });
  const object = { apiVersion: 'v1', kind: 'Node', metadata: { name: node } };
  await server.applyManifests([object]);
  await server.writeStatus(object, {
    addresses: [{ type: 'InternalIP', address: '127.0.0.1' }],
    daemonEndpoints: { kubeletEndpoint: { Port: listening.port } },
  });
  return {
    node,
    setLog: ({ namespace, name }, container, text) =>
      void logs.set(`/containerLogs/${namespace}/${name}/${container}`, text),
    close: () => listening.close(),
  };
}

function tail(log: string, lines: string | null): string {
  if (lines === null) return log;
  return log
    .split('\n')
    .slice(-Number(lines) - 1)
    .join('\n');
}
