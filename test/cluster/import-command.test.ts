import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Outcome, tankard } from '../cli/tankard.ts';
import { temporaryDirectory } from '../tools/fake-program.ts';
import { describeCluster } from './describe-cluster.ts';

const SPEC = JSON.stringify({
  apiVersion: 'tanka.dev/v1alpha1',
  kind: 'Environment',
  metadata: { name: 'app' },
  spec: { namespace: 'default' },
});

/** A built-in kind, and one of a CRD that the cluster has. */
const PROGRAM = `local cluster = import 'cluster/main.libsonnet';
// Two groups of the cluster begin with demo.
local probe = cluster.demoExampleCom.v1.probe;
{
  deployment: cluster.apps.v1.deployment.new('app', 1, [cluster.core.v1.container.new('app', 'nginx:1.29')]),
  probe: probe.new('one') + probe.spec.withMode('SIMPLE') + probe.spec.withSize(SIZE),
}
`;

async function writeProject(files: Readonly<Record<string, string>>): Promise<string> {
  const root = await realpath(await mkdtemp(path.join(os.tmpdir(), 'tankard-cluster-project-')));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(root, name)), { recursive: true });
    await writeFile(path.join(root, name), text);
  }
  return root;
}

describeCluster('tankard import cluster', (server) => {
  let cwd = '';
  let env: Record<string, string> = {};

  const run = (...args: string[]): Promise<Outcome> => tankard(args, { cwd, env });
  const writeProgram = (size: string): Promise<void> =>
    writeFile(path.join(cwd, 'environments', 'app', 'main.jsonnet'), PROGRAM.replace('SIZE', size));

  beforeAll(async () => {
    await server().applyManifests(
      await readFile(path.join(import.meta.dirname, 'crds.yaml'), 'utf8'),
    );
    cwd = await writeProject({
      'jsonnetfile.json': '{"version":1,"dependencies":[]}',
      'environments/app/spec.json': SPEC,
      'environments/app/main.jsonnet': PROGRAM.replace('SIZE', '3'),
    });
    env = { KUBECONFIG: server().kubeconfig };
  }, 120_000);

  afterAll(() => rm(cwd, { recursive: true, force: true }));

  it('makes a library of all that the cluster serves, CRDs among it, that renders and validates', async () => {
    expect((await run('import', 'cluster')).exitCode).toBe(0);
    const { exitCode, stdout } = await run('validate', 'environments/app');
    expect(stdout).toContain('1 environment, 2 manifests: 0 errors, 0 warnings');
    expect(exitCode).toBe(0);
  }, 120_000);

  it('checks values by the schema of the cluster, at the line of the user', async () => {
    await writeProgram("'3'");
    const { exitCode, stdout } = await run('validate', 'environments/app');
    expect(exitCode).toBe(1);
    expect(stdout).toContain('probe.spec.withSize: size must be an integer');
    expect(stdout).toContain('at environments/app/main.jsonnet:6:');
    await writeProgram('3');
  }, 120_000);

  it('restores it from the lock without the cluster', async () => {
    await rm(path.join(cwd, '.tankard'), { recursive: true });
    const { exitCode } = await tankard(['validate', 'environments/app'], {
      cwd,
      env: { KUBECONFIG: '/nowhere' },
    });
    expect(exitCode).toBe(0);
  }, 120_000);

  it('restores it from the cluster where the cache has nothing, as long as it publishes the same', async () => {
    await rm(path.join(cwd, '.tankard'), { recursive: true });
    const empty = { ...env, TANKARD_CACHE: await temporaryDirectory() };
    const restored = await tankard(['import', '--format', 'json'], { cwd, env: empty });
    expect(restored.stderr).toContain('reading');
    expect(restored.exitCode).toBe(0);
  }, 300_000);

  it('reads the cluster of --context, whatever the current one is', async () => {
    const elsewhere = path.join(cwd, 'kubeconfig');
    const kubeconfig = await readFile(server().kubeconfig, 'utf8');
    const current = /("?current-context"?: *"?)test/;
    expect(kubeconfig).toMatch(current);
    await writeFile(elsewhere, kubeconfig.replace(current, '$1nowhere'));
    const read = (...args: string[]): Promise<Outcome> =>
      tankard(['import', 'cluster', ...args], { cwd, env: { KUBECONFIG: elsewhere } });
    expect((await read()).exitCode).toBe(4);
    expect((await read('--context', 'test')).exitCode).toBe(0);
    const { exitCode, stderr } = await read('--context', 'tset');
    expect(exitCode).toBe(4);
    expect(stderr).toContain('tset');
    expect(stderr).toContain('test');
  }, 120_000);

  it('says what to mend when the cluster cannot be reached', async () => {
    const { exitCode, stderr } = await tankard(['import', 'cluster'], {
      cwd,
      env: { KUBECONFIG: path.join(cwd, 'no-kubeconfig') },
    });
    expect(exitCode).toBe(4);
    expect(stderr).toContain('kubeconfig');
  });
});
