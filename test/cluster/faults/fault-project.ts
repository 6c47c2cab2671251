import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'vitest';
import { toolPin } from '../../../lib/tools/tool-pin.ts';
import { type Outcome, tankard } from '../../cli/tankard.ts';
import { makeProject } from '../../tanka/project.ts';
import type { ApiServer } from '../api-server.ts';
import { askCluster } from '../ask-cluster.ts';
import { environmentFiles } from '../cluster-environment.ts';
import { compareWithRender } from '../compare-with-render.ts';

/** The password of the Secret; no output may have it. */
const PASSWORD = 'open-sesame-of-the-faults';

/** An environment that is applied while something goes wrong. */
export interface FaultProject {
  /** Its argument, such as `environments/killed`. */
  readonly environment: string;
  /** Runs `tankard apply ENV --auto-approve always`, with more arguments. No run shows the password. */
  apply(kubeconfig?: string, more?: readonly string[]): Promise<Outcome>;
  /** Renders another value in both ConfigMaps. */
  change(value: string): Promise<void>;
  /** The names of what the cluster has of `a`, `b`, `password` and `web`. */
  there(): Promise<string[]>;
  /** What of the cluster is not as tk renders it. */
  compare(): Promise<string[]>;
}

/**
 * Makes a project with one environment in a namespace of its own, all of one name. tk applies the Namespace, and then the
 * Secret `password`, the ConfigMaps `a` and `b` and the Deployment `web`.
 *
 * @param at where it is applied: a server's own address, or that of a proxy in front of it.
 */
export async function faultProject(
  server: ApiServer,
  name: string,
  at: Pick<ApiServer, 'url' | 'kubeconfig'> = server,
): Promise<FaultProject> {
  const files = environmentFiles({
    name,
    apiServer: at.url,
    main: objects(name, 'first'),
    spec: { namespace: name },
  });
  const root = await makeProject(files);
  const environment = `environments/${name}`;
  return {
    environment,
    apply: async (kubeconfig = at.kubeconfig, more = []) => {
      const args = ['apply', environment, '--auto-approve', 'always', ...more];
      const outcome = await tankard(args, { cwd: root, env: server.environment(kubeconfig) });
      const shown = outcome.stdout + outcome.stderr;
      for (const secret of [PASSWORD, Buffer.from(PASSWORD).toString('base64')])
        expect(shown).not.toContain(secret);
      return outcome;
    },
    change: (value) =>
      writeFile(path.join(root, environment, 'main.jsonnet'), JSON.stringify(objects(name, value))),
    there: async () => {
      const paths = {
        password: `/api/v1/namespaces/${name}/secrets/password`,
        a: `/api/v1/namespaces/${name}/configmaps/a`,
        b: `/api/v1/namespaces/${name}/configmaps/b`,
        web: `/apis/apps/v1/namespaces/${name}/deployments/web`,
      };
      const found: string[] = [];
      for (const [each, resource] of Object.entries(paths)) {
        const { status } = await askCluster(server.kubeconfig, { method: 'GET', path: resource });
        if (status === 200) found.push(each);
      }
      return found;
    },
    compare: () =>
      compareWithRender({
        tk: toolPin('tk').path,
        root,
        environment,
        kubeconfig: server.kubeconfig,
      }),
  };
}

function objects(namespace: string, value: string): Record<string, unknown> {
  const labels = { app: 'web' };
  const container = { name: 'web', image: 'example.com/web:1' };
  const template = { metadata: { labels }, spec: { containers: [container] } };
  return {
    ns: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
    password: {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'password' },
      data: { password: Buffer.from(PASSWORD).toString('base64') },
    },
    a: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { value } },
    b: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'b' }, data: { value } },
    web: {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web' },
      spec: { replicas: 1, selector: { matchLabels: labels }, template },
    },
  };
}

/**
 * That a run failed as a user wants it to: exit code 4, and one message, which has these words.
 *
 * @param words texts or patterns, each to be in what it wrote to stderr.
 */
export function expectFailure({ exitCode, stderr }: Outcome, words: readonly (string | RegExp)[]) {
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 4 });
  expect(stderr.match(/^tankard: /gm)).toHaveLength(1);
  for (const word of words) expect(stderr).toMatch(word);
}

/** That the next run does the rest, and the cluster is then as rendered. */
export async function expectFinished(project: FaultProject): Promise<void> {
  const { exitCode, stderr } = await project.apply();
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
  expect(await project.compare()).toEqual([]);
}
