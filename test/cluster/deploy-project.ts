import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { tankard, tankardJson } from '../cli/tankard.ts';
import { makeProject } from '../tanka/project.ts';
import type { ApiServer } from './api-server.ts';
import { askCluster } from './ask-cluster.ts';
import { environmentFiles } from './cluster-environment.ts';

/** What a main.jsonnet gives, by any names. */
export type Objects = Readonly<Record<string, unknown>>;

/** A ConfigMap in the environment's namespace. */
export function configMap(name: string, data: Readonly<Record<string, string>> = { a: '1' }) {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data };
}

/** A Namespace. */
export function namespace(name: string) {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
}

/** A Deployment of one container. */
export function deployment(name: string, replicas: number, image = 'web:1') {
  const labels = { app: name };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'web', image }] } },
    },
  };
}

/** A project with an environment of this name, whose namespace has the name too, and how tankard is run in it. */
export async function deployProject(
  server: ApiServer,
  name: string,
  main: Objects | string,
  { spec = {}, files = {} }: { spec?: Objects; files?: Readonly<Record<string, string>> } = {},
) {
  const apiServer = server.url;
  const cwd = await makeProject({
    ...environmentFiles({ name, apiServer, main, spec: { namespace: name, ...spec } }),
    ...files,
  });
  const env = server.environment();
  const argument = `environments/${name}`;
  return {
    cwd,
    run: (command: string, ...args: string[]) =>
      tankard([command, argument, ...args], { cwd, env }),
    // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- what a test expects the JSON to be
    json: <Value>(command: string, ...args: string[]) =>
      tankardJson<Value>([command, argument, ...args], { cwd, env }),
    answer: (input: string, command: string, ...args: string[]) =>
      tankard([command, argument, ...args], { cwd, env, input }),
    change: (next: Objects) =>
      writeFile(path.join(cwd, argument, 'main.jsonnet'), JSON.stringify(next)),
  };
}

/** What the API server answers to a GET, an error too. */
export async function readPath(server: ApiServer, at: string): Promise<unknown> {
  const { body } = await askCluster(server.kubeconfig, { method: 'GET', path: at });
  return JSON.parse(body) as unknown;
}
