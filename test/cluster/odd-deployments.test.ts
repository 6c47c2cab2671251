import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { ensureTool } from '../../lib/tools/ensure-tool.ts';
import { tankard } from '../cli/tankard.ts';
import { makeProject } from '../tanka/project.ts';
import { environmentFiles } from './cluster-environment.ts';
import { configMap, deployProject, namespace, readPath } from './deploy-project.ts';
import { describeCluster } from './describe-cluster.ts';

beforeAll(() => ensureTool('tk'));

describeCluster('what is odd, and goes to a cluster', (server) => {
  it('applies strings with line separators as they are', async () => {
    const data = { a: 'one\u2028two', b: 'one\u2028two\nthree\u2029four\n' };
    const { run } = await deployProject(server(), 'separators', {
      a: namespace('separators'),
      b: configMap('odd', data),
    });
    expect(await run('apply', '--auto-approve', 'always')).toMatchObject({ exitCode: 0 });
    const at = '/api/v1/namespaces/separators/configmaps/odd';
    expect(await readPath(server(), at)).toMatchObject({ data });
  });

  it('says which object has no name', async () => {
    const { name: _name, ...metadata } = { name: '', generateName: 'migrate-' };
    const { run } = await deployProject(server(), 'default', {
      a: { ...configMap('a'), metadata },
    });
    const { exitCode, stderr } = await run('diff');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('ConfigMap migrate- has no metadata.name');
  });

  it('tells two entrypoints of one environment apart', async () => {
    const { run } = await deployProject(
      server(),
      'entrypoints',
      { a: namespace('entrypoints') },
      {
        files: {
          'environments/entrypoints/more.jsonnet': JSON.stringify(namespace('more')),
        },
      },
    );
    const { stdout } = await run('diff', 'environments/entrypoints/more.jsonnet');
    expect(stdout).toContain('environments/entrypoints  compared');
    expect(stdout).toContain('environments/entrypoints/more.jsonnet  compared');
  });

  it('says which name of a cluster tk cannot use', async () => {
    const kubeconfig = path.join(server().directory, 'odd-cluster');
    const text = await readFile(server().kubeconfig, 'utf8');
    await writeFile(kubeconfig, text.replaceAll(/(?<=cluster: |name: )"?test"?$/gm, 'a+b'));
    const { cwd } = await deployProject(server(), 'default', { a: configMap('odd-cluster') });
    const { exitCode, stderr } = await tankard(['diff', 'environments/default'], {
      cwd,
      env: server().environment(kubeconfig),
    });
    expect(exitCode).toBe(4);
    expect(stderr).toContain('takes the name of its cluster, a+b, for a regular expression');
  });

  it('does not prune what another of the environments renders', async () => {
    const apiServer = server().url;
    const from = { apiServer, name: 'moved-from', spec: { namespace: 'default' } };
    const to = { apiServer, name: 'moved-to', spec: { namespace: 'default' } };
    const cwd = await makeProject({
      ...environmentFiles({ ...from, main: { a: configMap('moved') } }),
      ...environmentFiles({ ...to, main: {} }),
    });
    const env = server().environment();
    const both = ['environments/moved-from', 'environments/moved-to'];
    const all = ['--auto-approve', 'always'];
    await tankard(['apply', ...both, ...all], { cwd, env });
    const write = (name: string, main: object): Promise<void> =>
      writeFile(path.join(cwd, 'environments', name, 'main.jsonnet'), JSON.stringify(main));
    await write('moved-from', {});
    await write('moved-to', { a: configMap('moved') });
    const refused = await tankard(['prune', ...both, ...all], { cwd, env });
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain('environments/moved-to renders ConfigMap default/moved');
    expect(await readPath(server(), '/api/v1/namespaces/default/configmaps/moved')).toMatchObject({
      kind: 'ConfigMap',
    });
    await tankard(['apply', ...both, ...all], { cwd, env });
    expect((await tankard(['prune', ...both, ...all], { cwd, env })).exitCode).toBe(0);
    expect(await readPath(server(), '/api/v1/namespaces/default/configmaps/moved')).toMatchObject({
      kind: 'ConfigMap',
    });
  });

  it('shows what the first server-side apply removes of what was applied by the client', async () => {
    const { run, change } = await deployProject(server(), 'migrated', {
      a: namespace('migrated'),
      b: configMap('odd', { a: '1', b: '2' }),
    });
    await run('apply', '--auto-approve', 'always');
    await change({ a: namespace('migrated'), b: configMap('odd', { a: '1' }) });
    const onServer = ['--apply-strategy', 'server'];
    const { exitCode, stdout } = await run('diff', ...onServer);
    expect(stdout).toContain('- data.b');
    expect(exitCode).toBe(16);
    const applied = await run('apply', ...onServer, '--auto-approve', 'always');
    expect(applied).toMatchObject({ exitCode: 0 });
    const at = '/api/v1/namespaces/migrated/configmaps/odd';
    expect(await readPath(server(), at)).toMatchObject({ data: { a: '1' } });
    expect((await run('diff', ...onServer)).exitCode).toBe(0);
    expect((await run('apply', ...onServer)).stderr).toMatch(/unchanged/);
  });
});
