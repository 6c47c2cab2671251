import { beforeAll, expect, it } from 'vitest';
import { ensureTool } from '../../lib/tools/ensure-tool.ts';
import { configMap, deployProject, namespace, readPath } from './deploy-project.ts';
import { describeCluster } from './describe-cluster.ts';

beforeAll(() => ensureTool('tk'));

describeCluster('prune', (server) => {
  const read = (at: string): Promise<unknown> => readPath(server(), at);

  it('prunes what is no longer rendered, and only that', async () => {
    const { run, answer, change } = await deployProject(server(), 'pruned', {
      ns: namespace('pruned'),
      a: configMap('a'),
      b: configMap('b'),
    });
    await run('apply', '--auto-approve', 'always');
    await server().applyManifests([
      { ...configMap('by-hand'), metadata: { name: 'by-hand', namespace: 'pruned' } },
    ]);
    await change({ ns: namespace('pruned'), a: configMap('a') });
    const diff = await run('diff', '--with-prune');
    expect(diff.exitCode).toBe(16);
    expect(diff.stdout).toContain('1 removed\n- ConfigMap pruned/b\n');
    expect(await run('diff')).toMatchObject({ exitCode: 0 });
    expect(await answer('', 'prune')).toMatchObject({ exitCode: 130 });
    expect(await read('/api/v1/namespaces/pruned/configmaps/b')).toMatchObject({
      kind: 'ConfigMap',
    });

    const pruned = await answer('yes\n', 'prune');
    expect(pruned.exitCode).toBe(0);
    expect(pruned.stderr).toMatch(/environments\/pruned +test +pruned +1 deleted/);
    expect(await read('/api/v1/namespaces/pruned/configmaps/b')).toMatchObject({ code: 404 });
    for (const name of ['a', 'by-hand'])
      expect(await read(`/api/v1/namespaces/pruned/configmaps/${name}`)).toMatchObject({
        kind: 'ConfigMap',
      });
    expect((await run('prune')).stderr).toMatch(/environments\/pruned +test +unchanged/);
  });

  it('takes nothing that -t leaves out for what is no longer rendered', async () => {
    const { run } = await deployProject(server(), 'targeted', {
      ns: namespace('targeted'),
      a: configMap('a'),
      b: configMap('b'),
    });
    await run('apply', '--auto-approve', 'always');
    const pruned = await run('prune', '--auto-approve', 'always', '-t', 'ConfigMap/a');
    expect(pruned.exitCode).toBe(2);
    expect(pruned.stderr).toContain('with -t it is not known what is no longer rendered');
    const compared = await run('diff', '--with-prune', '-t', 'ConfigMap/a');
    expect(compared.exitCode).toBe(2);
    expect(await run('diff', '-t', 'ConfigMap/a')).toMatchObject({ exitCode: 0 });
    const status = await run('status', '-t', 'ConfigMap/a');
    expect(status.exitCode).toBe(0);
    expect(status.stdout).toContain('1 current\n');
    expect(await read('/api/v1/namespaces/targeted/configmaps/b')).toMatchObject({
      kind: 'ConfigMap',
    });
  });

  it('deletes all of an environment that renders nothing only when somebody says so', async () => {
    const { run, answer, change } = await deployProject(
      server(),
      'emptied',
      { a: configMap('emptied') },
      { spec: { namespace: 'default' } },
    );
    await run('apply', '--auto-approve', 'always');
    await change({});
    const refused = await run('prune', '--auto-approve', 'always');
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain('it renders nothing, so that all of it would be deleted');
    const pruned = await answer('yes\n', 'prune');
    expect(pruned).toMatchObject({ exitCode: 0 });
    expect(await read('/api/v1/namespaces/default/configmaps/emptied')).toMatchObject({
      code: 404,
    });
  });

  it('an object whose finalizer does not run: exit 4, and what it is about', async () => {
    const held = {
      ...configMap('held'),
      metadata: { name: 'held', finalizers: ['example.com/never'] },
    };
    const { run, change } = await deployProject(
      server(),
      'held',
      { ns: namespace('held'), held },
      { files: { 'tankard.yaml': 'timeoutSeconds: 15\n' } },
    );
    await run('apply', '--auto-approve', 'always');
    await change({ ns: namespace('held') });
    const { exitCode, stderr } = await run('prune', '--auto-approve', 'always');
    expect(exitCode).toBe(4);
    expect(stderr).toContain('pruning environments/held: not done within 15 s');
    expect(stderr).toContain('waits for its finalizers');
    expect(await read('/api/v1/namespaces/held/configmaps/held')).toMatchObject({
      metadata: { deletionTimestamp: expect.any(String) },
    });
  });

  it('without injectLabels nothing can be pruned: exit 2', async () => {
    const { run } = await deployProject(
      server(),
      'unlabelled',
      { cm: configMap('a') },
      { spec: { injectLabels: false, namespace: 'default' } },
    );
    const { exitCode, stderr } = await run('prune');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('its spec does not set injectLabels');
  });
});
