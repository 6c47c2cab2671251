import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { tankard } from '../cli/tankard.ts';
import { configMap, deployProject, type Objects, readPath } from '../cluster/deploy-project.ts';
import { describeCluster } from '../cluster/describe-cluster.ts';
import { environmentFiles } from '../cluster/cluster-environment.ts';
import { writeKubeconfig } from '../cluster/kubeconfig.ts';
import { makeProject } from '../tanka/project.ts';
import { writeProject } from '../tanka/write-project.ts';
import { fakeProgram, temporaryDirectory } from '../tools/fake-program.ts';
import { realTk } from './real-tk.ts';

const APPLY = ['apply', '--auto-approve', 'always'] as const;

describeCluster('with a cluster,', (server) => {
  const read = (name: string): Promise<unknown> =>
    readPath(server(), `/api/v1/namespaces/default/configmaps/${name}`);

  /** A project whose environment has the namespace `default`. */
  async function project(name: string, main: Objects | string, spec: Objects = {}) {
    const deployed = await deployProject(server(), name, main, {
      spec: { namespace: 'default', ...spec },
    });
    const { cwd } = deployed;
    const env = server().environment();
    return {
      ...deployed,
      env,
      tk: (command: string, ...args: string[]) =>
        realTk([command, `environments/${name}`, ...args], { cwd, env }),
    };
  }

  it('tk env set needs a cluster, and drops injectLabels and what it does not know; tankard never writes spec.json', async () => {
    const { cwd, run } = await project('spec', { cm: configMap('spec') }, { 'x-own': 1 });
    const file = path.join(cwd, 'environments/spec/spec.json');
    const before = await readFile(file, 'utf8');
    await run(...APPLY, '--dangerous-skip-validation');
    for (const command of ['diff', 'status', 'prune'])
      await run(command, '--dangerous-skip-validation');
    expect(await readFile(file, 'utf8')).toBe(before);

    const set = ['env', 'set', 'environments/spec', '--namespace=other'];
    const env = { KUBECONFIG: path.join(cwd, 'none') };
    expect(await realTk(set, { cwd, env })).toMatchObject({ exitCode: 1 });
    const done = await realTk(set, { cwd, env: server().environment() });
    expect(done).toMatchObject({ exitCode: 0 });
    const { spec } = JSON.parse(await readFile(file, 'utf8')) as { spec: Objects };
    expect(spec).toMatchObject({ namespace: 'other' });
    expect(spec).not.toHaveProperty('injectLabels');
    expect(spec).not.toHaveProperty('x-own');
  });

  it('tk diff --list-modified-envs takes what cannot be compared for unchanged; tankard diff fails for it', async () => {
    const away = { name: 'away', server: 'https://127.0.0.1:1', token: 'x' };
    const { certificate } = server();
    const kubeconfig = path.join(await temporaryDirectory(), 'kubeconfig');
    await writeKubeconfig(kubeconfig, [{ ...away, certificate }]);
    const env = server().environment(`${server().kubeconfig}:${kubeconfig}`);
    const apiServer = server().url;
    const main = { cm: configMap('listed') };
    const cwd = await makeProject({
      ...environmentFiles({ name: 'broken', apiServer, main: `error 'broken'` }),
      ...environmentFiles({ name: 'away', apiServer: away.server, main }),
      ...environmentFiles({ name: 'changed', apiServer, main }),
    });
    const list = ['diff', '--list-modified-envs'];
    const fromRoot = await realTk([...list, 'environments'], { cwd, env });
    expect(fromRoot.exitCode).toBe(0);
    expect(fromRoot.stdout).toContain('environments/changed');
    expect(fromRoot.stdout).not.toMatch(/environments\/(?:broken|away)/);
    const below = path.join(cwd, 'environments');
    const fromBelow = await realTk([...list, '.'], { cwd: below, env });
    expect(fromBelow.exitCode).toBe(0);
    expect(fromBelow.stdout).not.toContain('environments/changed');

    const own = (...names: string[]) => tankard(['diff', ...names], { cwd: below, env });
    expect(await own('broken', 'changed')).toMatchObject({ exitCode: 1 });
    const both = await own('away', 'changed');
    expect(both.exitCode).toBe(4);
    expect(both.stderr).toContain('environments/away');
    expect(both.stdout).toContain('+ ConfigMap default/listed');
    expect(await own('changed')).toMatchObject({ exitCode: 16 });
  });

  it('tk apply goes on when its diff failed; tankard apply sends nothing', async () => {
    const main = (name: string): Objects => ({
      good: configMap(name),
      bad: { ...configMap('bad'), metadata: { name: 'bad', namespace: 'no-such-namespace' } },
    });
    const { tk } = await project('failed-diff', main('tk-went-on'));
    expect(await tk('diff')).toMatchObject({ exitCode: 1 });
    expect(await tk(...APPLY)).toMatchObject({ exitCode: 1 });
    expect(await read('tk-went-on')).toMatchObject({ kind: 'ConfigMap' });

    const { run } = await project('failed-diff', main('tankard-stopped'));
    expect(await run(...APPLY)).toMatchObject({ exitCode: 4 });
    expect(await read('tankard-stopped')).toMatchObject({ code: 404 });
  });

  it('tk takes the first cluster whose address contains apiServer; tankard takes the one that has it, whatever slash is at its end', async () => {
    const main = { cm: configMap('address') };
    const part = await project('part', main, { apiServer: server().url.slice(0, -1) });
    expect(await part.tk('diff')).toMatchObject({ exitCode: 16 });
    const refused = await part.run(...APPLY);
    expect(refused.exitCode).toBe(4);
    expect(refused.stderr).toMatch(/no context of .* is the cluster of spec\.apiServer/);
    const any = await project('dots', main, { apiServer: server().url.replaceAll('.', '_') });
    expect(await any.run('diff')).toMatchObject({ exitCode: 4 });
    const dots = await project('dot', main, { apiServer: server().url.replace('127', '1.7') });
    expect(await dots.tk('diff')).toMatchObject({ exitCode: 16 });
    expect(await dots.run('diff')).toMatchObject({ exitCode: 4 });

    const slash = await project('slash', main, { apiServer: `${server().url}/` });
    expect(await slash.tk('diff')).toMatchObject({ exitCode: 1 });
    expect(await slash.run('diff')).toMatchObject({ exitCode: 16 });
  });

  it('the namespace that tk gives to a cluster-scoped object does no harm: applied, tankard finds nothing changed', async () => {
    const main = {
      class: {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'IngressClass',
        metadata: { name: 'trap' },
        spec: { controller: 'example.com/trap' },
      },
    };
    const { run, tk } = await project('scoped', main);
    expect((await tk('show', '--dangerous-allow-redirect')).stdout).toContain('namespace: default');
    expect(await run('apply', '--auto-approve', 'always')).toMatchObject({ exitCode: 0 });
    expect(
      await readPath(server(), '/apis/networking.k8s.io/v1/ingressclasses/trap'),
    ).toMatchObject({ metadata: { name: 'trap' } });
    expect(await run('diff')).toMatchObject({ exitCode: 0 });
    expect(await run('status')).toMatchObject({ exitCode: 0 });
    expect((await run('prune')).stderr).toMatch(/scoped +test +unchanged/);
  });

  it('tk apply --dry-run none applies without a question; tankard refuses it', async () => {
    const first = await project('dry-tk', { cm: configMap('dry-tk') });
    expect(await first.tk('apply', '--dry-run=none')).toMatchObject({ exitCode: 0 });
    expect(await read('dry-tk')).toMatchObject({ kind: 'ConfigMap' });

    const { run } = await project('dry-own', { cm: configMap('dry-own') });
    expect(await run('apply', '--dry-run', 'none')).toMatchObject({ exitCode: 2 });
    expect(await run('apply', '--dry-run=none', '--auto-approve=always')).toMatchObject({
      exitCode: 2,
    });
    expect(await read('dry-own')).toMatchObject({ code: 404 });
  });

  it('variables make tk diff print into nothing or something else; tankard diff and apply are the same with all of them', async () => {
    const other = await temporaryDirectory();
    await writeFile(path.join(other, 'x.libsonnet'), `'of JSONNET_PATH'`);
    const main = `{ cm: ${JSON.stringify(configMap('variables'))} + { data: { v: import 'x.libsonnet' } } }`;
    const { cwd, env, tk } = await project('variables', main);
    await writeProject(cwd, { 'lib/x.libsonnet': `'of lib'` });
    const interactive = { ...env, KUBECTL_INTERACTIVE_DIFF: 'true' };
    const args = ['diff', 'environments/variables'];
    expect(await tk('diff')).toMatchObject({ exitCode: 16 });
    expect(await realTk(args, { cwd, env: interactive })).toMatchObject({ exitCode: 0 });
    const traced = await realTk(args, { cwd, env: { ...env, TANKA_KUBECTL_TRACE: 'true' } });
    expect(traced.stdout).toContain('kubectl');

    const failing = await fakeProgram(other, 'program', 'echo of another program; exit 7');
    const variables = {
      ...interactive,
      KUBECTL_EXTERNAL_DIFF: failing,
      TANKA_KUBECTL_TRACE: 'true',
      TANKA_DANGEROUS_ALLOW_REDIRECT: 'false',
      TANKA_PAGER: failing,
      PAGER: failing,
      JSONNET_PATH: other,
      FORCE_COLOR: '3',
      CLICOLOR_FORCE: '1',
      LESS: 'x',
    };
    for (const more of [[], ['--unified']]) {
      const plain = await tankard([...args, ...more], { cwd, env });
      expect(plain.exitCode).toBe(16);
      expect(await tankard([...args, ...more], { cwd, env: variables })).toEqual(plain);
    }
    const apply = ['apply', 'environments/variables', '--auto-approve', 'always'];
    const applied = await tankard(apply, { cwd, env: variables });
    expect(applied).toMatchObject({ exitCode: 0 });
    expect(applied.stdout + applied.stderr).not.toMatch(/another program|JSONNET_PATH/);
    expect(await read('variables')).toMatchObject({ data: { v: 'of lib' } });
    expect(await tankard(args, { cwd, env: variables })).toMatchObject({ exitCode: 0 });
  });
});
