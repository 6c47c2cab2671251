import { execa } from 'execa';
import { beforeAll, expect, it } from 'vitest';
import { ensureTool } from '../../lib/tools/ensure-tool.ts';
import { PROGRAM, tankard, tankardJson } from '../cli/tankard.ts';
import { makeProject } from '../tanka/project.ts';
import { schemaProblems } from '../cli/schema-problems.ts';
import {
  configMap,
  deployment,
  deployProject,
  namespace,
  type Objects,
  readPath,
} from './deploy-project.ts';
import { environmentFiles } from './cluster-environment.ts';
import { describeCluster } from './describe-cluster.ts';

beforeAll(() => ensureTool('tk'));

const WIDGET_CRD = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'widgets.apply.example.com' },
  spec: {
    group: 'apply.example.com',
    names: { kind: 'Widget', plural: 'widgets', singular: 'widget' },
    scope: 'Namespaced',
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: 'object',
            properties: { spec: { type: 'object', properties: { size: { type: 'integer' } } } },
          },
        },
      },
    ],
  },
};
const WIDGET = {
  apiVersion: 'apply.example.com/v1',
  kind: 'Widget',
  metadata: { name: 'small' },
  spec: { size: 1 },
};
const LETS_WIDGETS = { 'tankard.yaml': 'unknownKinds: [apply.example.com/v1/Widget]\n' };

describeCluster('apply and diff', (server) => {
  const read = (at: string): Promise<unknown> => readPath(server(), at);

  it('applies what differs, after a yes, and nothing else', async () => {
    const { run, answer, change } = await deployProject(server(), 'plain', {
      ns: namespace('plain'),
      cm: configMap('a'),
    });
    expect(await run('diff')).toMatchObject({ exitCode: 16 });
    const no = await answer('no\n', 'apply');
    expect(no.exitCode).toBe(130);
    expect(no.stdout).toContain('2 added\n+ Namespace plain\n+ ConfigMap plain/a\n');
    expect(no.stderr).toContain('environments/plain: not approved, nothing was applied');
    expect(await read('/api/v1/namespaces/plain')).toMatchObject({ code: 404 });

    const yes = await answer('yes\n', 'apply');
    expect(yes.exitCode).toBe(0);
    expect(yes.stderr).toContain('namespace/plain created\nconfigmap/a created\n');
    expect(yes.stderr).toMatch(/environments\/plain +test +applied +2 created/);
    expect(await read('/api/v1/namespaces/plain/configmaps/a')).toMatchObject({ data: { a: '1' } });
    expect(await run('diff')).toMatchObject({ exitCode: 0 });
    expect((await run('apply')).stderr).toMatch(/environments\/plain +test +unchanged +-/);

    await change({ ns: namespace('plain'), cm: configMap('a', { a: '2' }) });
    const changed = await run('apply', '--auto-approve', 'always');
    expect(changed.stdout).toContain('~ ConfigMap plain/a\n    data.a: "1" -> "2"\n');
    expect(await read('/api/v1/namespaces/plain/configmaps/a')).toMatchObject({ data: { a: '2' } });
  });

  it('applies what was shown, although the file changes while it asks', async () => {
    const { cwd, change } = await deployProject(server(), 'frozen', {
      ns: namespace('frozen'),
      cm: configMap('a', { a: 'shown' }),
    });
    const args = [PROGRAM, 'apply', 'environments/frozen'];
    const running = execa(process.execPath, args, { cwd, env: server().environment() });
    running.stderr.setEncoding('utf8').on('data', (text: string) => {
      if (!text.includes('Only yes is taken for a yes')) return;
      void change({ ns: namespace('frozen'), cm: configMap('a', { a: 'saved later' }) }).then(() =>
        running.stdin.end('yes\n'),
      );
    });
    await running;
    expect(await read('/api/v1/namespaces/frozen/configmaps/a')).toMatchObject({
      data: { a: 'shown' },
    });
  });

  it('brings a CustomResourceDefinition and its objects in one go', async () => {
    const { run } = await deployProject(
      server(),
      'widgets',
      { w: WIDGET, crd: WIDGET_CRD, ns: namespace('widgets') },
      { files: LETS_WIDGETS },
    );
    const diff = await run('diff', '--with-prune');
    expect(diff.exitCode).toBe(16);
    expect(diff.stdout).toContain('+ Widget widgets/small');
    const { exitCode, stderr } = await run('apply', '--auto-approve', 'always');
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    expect(stderr.indexOf('customresourcedefinition.apiextensions.k8s.io')).toBeLessThan(
      stderr.indexOf('widget.apply.example.com/small created'),
    );
    expect(await run('diff')).toMatchObject({ exitCode: 0 });
  });

  it('a kind that the cluster does not have: exit 4, and nothing is applied', async () => {
    const gadget = { ...WIDGET, apiVersion: 'nowhere.example.com/v1', kind: 'Gadget' };
    const { run } = await deployProject(
      server(),
      'unserved',
      { g: gadget, ns: namespace('unserved') },
      { files: { 'tankard.yaml': 'unknownKinds: [nowhere.example.com/v1/Gadget]\n' } },
    );
    const { exitCode, stderr } = await run('apply', '--auto-approve', 'always');
    expect(exitCode).toBe(4);
    expect(stderr).toContain('has no Gadget (nowhere.example.com/v1)');
    expect(await read('/api/v1/namespaces/unserved')).toMatchObject({ code: 404 });
  });

  it('shows no value of a Secret, in no form, and none of its copies', async () => {
    const secret = (password: string): object => ({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 's' },
      stringData: { password },
    });
    const objects = (password: string): Objects => ({
      ns: namespace('secrets'),
      s: secret(password),
      cm: configMap('copy', { url: `https://u:${password}@db` }),
    });
    const { run, change, json } = await deployProject(
      server(),
      'secrets',
      objects('hunter2-first'),
    );
    const first = await run('apply', '--auto-approve', 'always');
    await change(objects('hunter2-second'));
    const outputs = [
      first,
      await run('diff'),
      await run('diff', '--unified'),
      await json('diff', '--unified'),
      await run('status'),
      await run('apply', '--auto-approve', 'always'),
    ];
    expect(outputs.map(({ exitCode }) => exitCode)).toEqual([0, 16, 16, 16, 16, 0]);
    for (const { stdout, stderr } of outputs) {
      expect(stdout + stderr).not.toContain('hunter2');
      expect(stdout + stderr).not.toContain(Buffer.from('hunter2-second').toString('base64'));
    }
    expect(outputs[1]?.stdout).toContain('data.password: changed (not shown)');
  });

  it('several environments: in their order, until one fails, or on to the end', async () => {
    const apiServer = server().url;
    const invalid = { ...configMap('x'), metadata: { name: 'x', namespace: 'no-such-namespace' } };
    const cwd = await makeProject({
      ...environmentFiles({ name: 'one', apiServer, main: { a: configMap('several-one') } }),
      ...environmentFiles({ name: 'two', apiServer, main: { a: invalid } }),
      ...environmentFiles({ name: 'three', apiServer, main: { a: configMap('several-three') } }),
    });
    const env = server().environment();
    const all = ['one', 'two', 'three'].map((name) => `environments/${name}`);
    const stopped = await tankardJson<{ environments: { state: string }[] }>(
      ['apply', ...all, '--auto-approve', 'always'],
      { cwd, env },
    );
    expect(stopped.exitCode).toBe(4);
    expect(stopped.json.environments.map(({ state }) => state)).toEqual([
      'applied',
      'failed',
      'not started',
    ]);
    const on = await tankard(['apply', ...all, '--auto-approve', 'always', '--keep-going'], {
      cwd,
      env,
    });
    expect(on.exitCode).toBe(4);
    expect(on.stderr).toMatch(
      /one +test +unchanged.*\n.*two +test +failed.*\n.*three +test +applied/,
    );
  });

  it('asks for each of several environments', async () => {
    const apiServer = server().url;
    const cwd = await makeProject({
      ...environmentFiles({ name: 'first', apiServer, main: { a: configMap('asked-first') } }),
      ...environmentFiles({ name: 'second', apiServer, main: { a: configMap('asked-second') } }),
    });
    const outcome = await tankard(['apply', 'environments/first', 'environments/second'], {
      cwd,
      env: server().environment(),
      input: 'yes\nno\n',
    });
    expect(outcome.exitCode).toBe(130);
    expect(outcome.stderr).toMatch(/first +test +applied.*\n.*second +test +declined/);
  });

  it('an inline environment by its name', async () => {
    const environment = (name: string): object => ({
      apiVersion: 'tanka.dev/v1alpha1',
      kind: 'Environment',
      metadata: { name },
      spec: { apiServer: server().url, namespace: 'default', injectLabels: true },
      data: { cm: configMap(`inline-${name}`) },
    });
    const cwd = await makeProject({
      'environments/all/main.jsonnet': JSON.stringify([environment('dev'), environment('prod')]),
    });
    const env = server().environment();
    const args = ['environments/all', '--name', 'dev', '--auto-approve', 'always'];
    expect(await tankard(['apply', ...args], { cwd, env })).toMatchObject({ exitCode: 0 });
    expect(await read('/api/v1/namespaces/default/configmaps/inline-dev')).toMatchObject({
      kind: 'ConfigMap',
    });
    expect(await read('/api/v1/namespaces/default/configmaps/inline-prod')).toMatchObject({
      code: 404,
    });
    expect(
      await tankard(['diff', 'environments/all', '--name', 'dev'], { cwd, env }),
    ).toMatchObject({
      exitCode: 0,
    });
    const pruned = await tankard(['prune', 'environments/all', '--name', 'dev'], { cwd, env });
    expect(pruned.stderr).toMatch(/environments\/all#dev +test +unchanged/);
  });

  it('--dangerous-skip-validation goes on, and says in spite of what', async () => {
    const main = { cm: { ...configMap('skipped'), datta: {} } };
    const { run } = await deployProject(server(), 'skipping', main, {
      spec: { namespace: 'default' },
    });
    expect(await run('diff')).toMatchObject({ exitCode: 1 });
    const args = ['--dangerous-skip-validation', '--auto-approve', 'always'];
    const { stderr, exitCode } = await run('apply', ...args);
    expect(stderr).toContain('going on in spite of 1 error: --dangerous-skip-validation');
    // The API server finds it too.
    expect(stderr).toContain('unknown field "datta"');
    expect(stderr).toContain(
      'environments/skipping: 0 objects applied, 1 not: ConfigMap default/skipped.',
    );
    expect(exitCode).toBe(4);
  });

  it('--wait: exit 4 when something does not come up, and why', async () => {
    const { run, json, change } = await deployProject(server(), 'waited', {
      ns: namespace('waited'),
      cm: configMap('a'),
    });
    const args = ['--auto-approve', 'always', '--wait', '--wait-timeout', '1'];
    const up = await run('apply', ...args);
    expect(up.exitCode).toBe(0);
    expect(up.stderr).toMatch(/environments\/waited: all 2 objects are up after/);
    // No controllers run here.
    await change({ ns: namespace('waited'), d: deployment('web', 1) });
    const down = await run('apply', ...args);
    expect(down.exitCode).toBe(4);
    expect(down.stderr).toContain(
      'waiting  Deployment waited/web: its controller has not reported anything yet',
    );
    expect(down.stderr).toMatch(/environments\/waited +test +applied, not up/);
    expect(schemaProblems('apply', (await json('apply', ...args)).json)).toBeUndefined();
  });

  it('--wait tells of each environment by itself', async () => {
    const apiServer = server().url;
    const cwd = await makeProject({
      ...environmentFiles({ name: 'down', apiServer, main: { a: deployment('alone', 1) } }),
      ...environmentFiles({ name: 'up', apiServer, main: { a: configMap('alone') } }),
    });
    const approved = ['--auto-approve', 'always', '--keep-going'];
    const { stderr } = await tankard(
      ['apply', 'environments/down', 'environments/up', ...approved, '--wait', '--wait-timeout=1'],
      { cwd, env: server().environment() },
    );
    expect(stderr).toContain('waiting  Deployment default/alone');
    // What was ready at once is not told of, as in a run for that environment alone.
    expect(stderr).not.toContain('ready    ConfigMap default/alone');
  });

  it('a dry run changes nothing', async () => {
    const { run } = await deployProject(
      server(),
      'dry',
      { cm: configMap('dry') },
      { spec: { namespace: 'default' } },
    );
    const { exitCode, stderr } = await run('apply', '--dry-run', 'server');
    expect(exitCode).toBe(0);
    expect(stderr).toContain('configmap/dry created');
    expect(await read('/api/v1/namespaces/default/configmaps/dry')).toMatchObject({ code: 404 });
  });
});
