import { readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import path from 'node:path';
import { execa } from 'execa';
import { load } from 'js-yaml';
import { afterEach, beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import type { Failure } from '../../lib/finding/failure.ts';
import { parseManifests } from '../../lib/manifest/parse-manifests.ts';
import { connectCluster } from '../../lib/cluster/cluster-connection.ts';
import { type DiffOptions, diffEnvironment, type LivePair } from '../../lib/tanka/diff.ts';
import { ensureTool } from '../../lib/tools/ensure-tool.ts';
import { findExecutable } from '../../lib/tools/find-executable.ts';
import {
  type ClusterComparison,
  compareWithCluster,
} from '../../lib/workflow/preview/cluster-comparison.ts';
import { openProject } from '../../lib/workflow/project.ts';
import { makeProject } from '../tanka/project.ts';
import { failureOf } from '../tools/failure-of.ts';
import { temporaryDirectory } from '../tools/fake-program.ts';
import { describeCluster } from './describe-cluster.ts';

/** Sets variables for one test. */
function setVariables(variables: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
}

afterEach(() => {
  vi.unstubAllEnvs();
});

const MAIN = `{
  changed: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'changed' }, data: { x: 'after', y: 'yes' } },
  same: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'same' }, data: { x: '1' } },
  added: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'added' } },
  secret: { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'secret' }, stringData: { p: 'hunter2', q: 'equal' } },
  namespace: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'fresh' } },
  within: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'within', namespace: 'fresh' }, data: { x: '1' } },
}`;

const LIVE = `
apiVersion: v1
kind: ConfigMap
metadata: { name: changed, namespace: default }
data: { x: before, y: 'yes' }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: same, namespace: default }
data: { x: '1' }
---
apiVersion: v1
kind: Secret
metadata:
  name: secret
  namespace: default
  annotations:
    kubectl.kubernetes.io/last-applied-configuration: '{"apiVersion":"v1","kind":"Secret","metadata":{"name":"secret"},"stringData":{"p":"correcthorse"}}'
stringData: { p: correcthorse, q: equal }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: unrelated, namespace: default }
`;

/** May read everything, and write nothing. */
const READER = `
apiVersion: v1
kind: ServiceAccount
metadata: { name: reader, namespace: default }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: reader }
rules:
  - { apiGroups: ['*'], resources: ['*'], verbs: [get, list] }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: reader }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: reader }
subjects:
  - { kind: ServiceAccount, name: reader, namespace: default }
`;

interface Cluster {
  readonly url: string;
  readonly kubeconfig: string;
}

/** A project with the environment `environments/dev`, whose cluster is the test's. */
async function clusterProject(
  { url, kubeconfig }: Cluster,
  main: string,
  spec: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  setVariables({ KUBECONFIG: kubeconfig, KUBECACHEDIR: await temporaryDirectory() });
  return makeProject({
    'environments/dev/main.jsonnet': main,
    'environments/dev/spec.json': JSON.stringify({
      apiVersion: 'tanka.dev/v1alpha1',
      kind: 'Environment',
      metadata: { name: 'dev' },
      spec: { apiServer: url, namespace: 'default', ...spec },
    }),
  });
}

describeCluster('diffEnvironment', (server) => {
  let tk = '';

  const diff = (root: string, more: Partial<DiffOptions> = {}): Promise<LivePair[]> =>
    diffEnvironment({ tk, root, environment: 'environments/dev', ...more });
  const compare = async (root: string): Promise<ClusterComparison> =>
    compareWithCluster(await openProject({ cwd: root }), { path: 'environments/dev' });
  const failure = async (
    main: string,
    spec: Readonly<Record<string, unknown>> = {},
  ): Promise<Failure> => failureOf(diff(await clusterProject(server(), main, spec)));

  beforeAll(async () => {
    tk = (await ensureTool('tk')).path;
    await server().applyManifests(LIVE);
  }, 120_000);

  it.each(['native', 'server', 'validate'])(
    'gives whole objects of both sides with the strategy %s',
    async (diffStrategy) => {
      setVariables({ KUBECTL_EXTERNAL_DIFF: 'false' });
      const root = await clusterProject(server(), MAIN, { diffStrategy });
      const pairs = (await diff(root)).map(({ live, merged }) => ({
        live: live === undefined ? undefined : load(live),
        merged: load(merged) as { readonly metadata: { readonly name: string } },
      }));
      const byName = new Map(pairs.map((pair) => [pair.merged.metadata.name, pair]));
      expect([...byName.keys()].sort()).toEqual([
        'added',
        'changed',
        'fresh',
        'same',
        'secret',
        'within',
      ]);
      expect(byName.get('changed')).toMatchObject({
        live: { data: { x: 'before', y: 'yes' }, metadata: { uid: expect.any(String) } },
        merged: { data: { x: 'after', y: 'yes' } },
      });
      expect(byName.get('same')?.live).toMatchObject({ data: { x: '1' } });
      expect(byName.get('added')?.live).toBeUndefined();
      expect(byName.get('fresh')).toMatchObject({
        merged: { spec: { finalizers: ['kubernetes'] } },
      });
      expect(byName.get('within')).toMatchObject({ live: undefined, merged: { data: { x: '1' } } });
    },
    60_000,
  );

  it('gives what can be compared with the strategy subset', async () => {
    const root = await clusterProject(server(), MAIN, { diffStrategy: 'subset' });
    const { before, after } = await compare(root);
    expect(after.manifests.map(({ resource }) => resource.name)).toEqual([
      'fresh',
      'added',
      'changed',
      'same',
      'secret',
      'within',
    ]);
    expect(before.manifests.map(({ resource }) => resource.name)).toEqual([
      'changed',
      'same',
      'secret',
    ]);
  }, 60_000);

  it('compares with the cluster, in the same order and without what the server notes', async () => {
    const root = await clusterProject(server(), MAIN);
    const { label, before, after } = await compare(root);
    expect(label).toBe(`cluster ${server().url}`);
    expect(before.manifests.map(({ resource }) => resource.name)).toEqual([
      'changed',
      'same',
      'secret',
    ]);
    const [changed] = before.manifests;
    expect(changed?.value).toEqual({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'changed', namespace: 'default' },
      data: { x: 'before', y: 'yes' },
    });
    const same = (name: string) =>
      [before, after].map(({ manifests }) =>
        manifests.find(({ resource }) => resource.name === name),
      );
    const [liveSame, mergedSame] = same('same');
    expect(mergedSame?.value).toEqual(liveSame?.value);
    const [liveSecret, mergedSecret] = same('secret');
    expect(liveSecret?.value['data']).toEqual({ p: '*** (before)', q: '***' });
    expect(mergedSecret?.value['data']).toEqual({ p: '*** (after)', q: '***' });
    expect(parseManifests(after.yaml.toString())).toEqual(after.manifests);
    const text = `${before.yaml.toString()}${after.yaml.toString()}`;
    for (const absent of ['uid', 'resourceVersion', 'correcthorse', 'hunter2', 'status:'])
      expect(text).not.toContain(absent);
  }, 60_000);

  it('compares an inline environment, found by the names of contexts', async () => {
    const root = await clusterProject(server(), '');
    const spec = `{ namespace: 'default', contextNames: ['test'] }`;
    await writeFile(
      path.join(root, 'environments', 'dev', 'main.jsonnet'),
      `{ [n]: { apiVersion: 'tanka.dev/v1alpha1', kind: 'Environment', metadata: { name: n }, spec: ${spec}, data: {
        cm: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: n } } } } for n in ['one', 'two'] }`,
    );
    await rm(path.join(root, 'environments', 'dev', 'spec.json'));
    const { label, before, after } = await compareWithCluster(await openProject({ cwd: root }), {
      path: 'environments/dev',
      name: 'two',
    });
    expect(label).toBe('cluster test');
    expect(before.manifests).toEqual([]);
    expect(after.manifests.map(({ resource }) => resource.name)).toEqual(['two']);
  }, 60_000);

  it('writes nothing to the cluster', async () => {
    const connection = await connectCluster({ kubeconfig: server().kubeconfig });
    const state = async () => {
      const objects = await Promise.all(
        ['configmaps', 'secrets', 'namespaces'].map(
          async (kind) =>
            (await connection.getJson(`/api/v1/${kind}`)) as {
              readonly items: readonly {
                readonly metadata: { readonly name: string; readonly resourceVersion: string };
              }[];
            },
        ),
      );
      return objects.flatMap(({ items }) =>
        items.map(({ metadata }) => `${metadata.name} ${metadata.resourceVersion}`).sort(),
      );
    };
    const before = await state();
    expect(before.join()).toContain('changed ');
    for (const diffStrategy of ['native', 'server', 'validate', 'subset'])
      await diff(await clusterProject(server(), MAIN, { diffStrategy }));
    expect(await state()).toEqual(before);
  }, 60_000);

  it('says that an empty environment has nothing to compare', async () => {
    expect(await diff(await clusterProject(server(), '{}'))).toEqual([]);
  }, 60_000);

  it('takes targets and external variables', async () => {
    const root = await clusterProject(
      server(),
      `{ [n]: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: n + std.extVar('suffix') } } for n in ['a', 'b'] }`,
    );
    const pairs = await diff(root, { args: { targets: ['ConfigMap/a.*'], extStr: ['suffix=-z'] } });
    expect(
      pairs.map(({ merged }) => (load(merged) as { metadata: object }).metadata),
    ).toMatchObject([{ name: 'a-z' }]);
  }, 60_000);

  it('says that a kind is unknown to the cluster', async () => {
    const found = await failure(
      `{ a: { apiVersion: 'shop.example.com/v1', kind: 'Widget', metadata: { name: 'a' } } }`,
    );
    expect(found).toMatchObject({
      kind: 'cluster',
      message: expect.stringContaining(
        'no matches for kind "Widget" in version "shop.example.com/v1"',
      ),
      hint: expect.stringContaining('CustomResourceDefinition'),
    });
  }, 60_000);

  it('says that a namespace does not exist, and that the server refuses an object', async () => {
    const cm = `{ a: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { x: 1 } } }`;
    expect(await failure(cm.replace('x: 1', ''), { namespace: 'nowhere' })).toMatchObject({
      kind: 'cluster',
      message: expect.stringContaining('namespaces "nowhere" not found'),
      hint: expect.stringContaining('spec.namespace'),
    });
    expect(await failure(cm)).toMatchObject({
      kind: 'cluster',
      message: expect.stringContaining(
        'ConfigMap in version "v1" cannot be handled as a ConfigMap',
      ),
      hint: expect.stringContaining('tankard validate'),
    });
  }, 60_000);

  it('says that its cluster or context is not in the kubeconfig', async () => {
    expect(await failure('{}', { apiServer: 'https://10.0.0.1:6443' })).toMatchObject({
      kind: 'cluster',
      message:
        'comparing environments/dev with its cluster: no cluster that matches the apiServer `https://10.0.0.1:6443` was found',
      hint: expect.stringContaining('kubeconfig'),
    });
    expect(await failure('{}', { apiServer: undefined, contextNames: ['prod'] })).toMatchObject({
      kind: 'cluster',
      message: expect.stringContaining('no context named `[prod]` was found'),
    });
    expect(await failure('{}', { apiServer: undefined })).toMatchObject({
      kind: 'usage',
      message: 'comparing environments/dev with its cluster: it names no cluster',
    });
    expect(await failure('{}', { contextNames: ['test'] })).toMatchObject({ kind: 'usage' });
    expect(await failure('{}', { namespace: '' })).toMatchObject({ kind: 'usage' });
  }, 60_000);

  it('says that nothing listens there, and that the credentials are refused', async () => {
    const text = await readFile(server().kubeconfig, 'utf8');
    const folder = await temporaryDirectory();
    const kubeconfig = path.join(folder, 'kubeconfig');
    await writeFile(kubeconfig, text.replace(server().url, 'https://127.0.0.1:1'));
    const nobody = await clusterProject({ url: 'https://127.0.0.1:1', kubeconfig }, '{}');
    expect(await failureOf(diff(nobody))).toMatchObject({
      kind: 'cluster',
      message: expect.stringContaining('127.0.0.1:1 was refused'),
      hint: expect.stringContaining('VPN'),
    });
    await writeFile(kubeconfig, text.replace(/token: .*/, 'token: wrong'));
    const stranger = await clusterProject({ url: server().url, kubeconfig }, '{}');
    expect(await failureOf(diff(stranger))).toMatchObject({
      kind: 'cluster',
      message: expect.stringContaining('must be logged in'),
      hint: expect.stringContaining('Log in again'),
    });
  }, 60_000);

  it('says what the user may not do', async () => {
    const { kubeconfig, url } = server();
    await server().applyManifests(READER);
    const { stdout: token } = await execa(
      findExecutable('kubectl') ?? '',
      ['create', 'token', 'reader'],
      {
        env: { KUBECONFIG: kubeconfig },
      },
    );
    const own = path.join(await temporaryDirectory(), 'kubeconfig');
    const text = await readFile(kubeconfig, 'utf8');
    await writeFile(own, text.replace(/token: .*/, `token: ${token}`));
    const root = await clusterProject({ url, kubeconfig: own }, MAIN);
    const found = await failureOf(diff(root));
    expect(found).toMatchObject({
      kind: 'cluster',
      hint: expect.stringContaining('the same rights as applying'),
    });
    expect(found.message).toMatch(
      /Error from server \(Forbidden\): .*"system:serviceaccount:default:reader" cannot create/,
    );
  }, 60_000);

  it('does not wait for a cluster that says nothing', async () => {
    const silent = createServer();
    await new Promise<void>((resolve) => {
      silent.listen(0, '127.0.0.1', resolve);
    });
    onTestFinished(() => {
      silent.close();
    });
    const url = `https://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const kubeconfig = path.join(await temporaryDirectory(), 'kubeconfig');
    const text = await readFile(server().kubeconfig, 'utf8');
    await writeFile(kubeconfig, text.replace(server().url, url));
    const root = await clusterProject({ url, kubeconfig }, MAIN);
    const connections: Socket[] = [];
    silent.on('connection', (socket) => {
      connections.push(socket.on('error', () => undefined).resume());
    });
    expect(await failureOf(diff(root, { timeoutMs: 3000 }))).toMatchObject({
      kind: 'cluster',
      message: 'comparing environments/dev with its cluster: no answer within 3 s',
    });
    // kubectl is gone too.
    expect(connections).not.toEqual([]);
    await expect.poll(() => connections.every(({ destroyed }) => destroyed)).toBe(true);
  }, 60_000);

  it('needs kubectl, and no diff', async () => {
    const root = await clusterProject(server(), MAIN);
    const bin = await temporaryDirectory();
    const link = (name: string): Promise<void> =>
      symlink(findExecutable(name) ?? '', path.join(bin, name));
    const kubectl = findExecutable('kubectl') ?? '';
    for (const name of ['sh', 'mv', 'rm', 'mkdir']) await link(name);
    setVariables({ PATH: bin });
    expect(await failureOf(diff(root))).toMatchObject({
      kind: 'tool',
      message: expect.stringContaining('kubectl is not on PATH'),
    });
    setVariables({ TANKA_KUBECTL_PATH: kubectl });
    expect(await diff(root)).toHaveLength(6);
  }, 60_000);
});
