import { beforeAll, describe, expect, it } from 'vitest';
import { schemaProblems } from '../cli/schema-problems.ts';
import { ensureTool } from '../../lib/tools/ensure-tool.ts';
import { askClusterJson } from './ask-cluster.ts';
import {
  configMap,
  deployment,
  deployProject,
  namespace,
  type Objects,
  readPath,
} from './deploy-project.ts';
import { describeCluster } from './describe-cluster.ts';

beforeAll(() => ensureTool('tk'));

describeCluster('status, and conflicts of field managers', (server) => {
  const read = (at: string): Promise<unknown> => readPath(server(), at);

  describe('with server-side apply', () => {
    it('a field that somebody else has stops it, and is explained; taking it needs a flag', async () => {
      const objects = (replicas: number): Objects => ({
        ns: namespace('owned'),
        d: deployment('web', replicas),
      });
      const { run, change } = await deployProject(server(), 'owned', objects(1), {
        spec: { applyStrategy: 'server' },
      });
      expect(await run('apply', '--auto-approve', 'always')).toMatchObject({ exitCode: 0 });
      await askClusterJson(server().kubeconfig, {
        method: 'PATCH',
        path: '/apis/apps/v1/namespaces/owned/deployments/web?fieldManager=somebody',
        contentType: 'application/merge-patch+json',
        body: { spec: { replicas: 5 } },
      });
      const status = await run('status');
      expect(status.exitCode).toBe(16);
      expect(status.stdout).toMatch(/Deployment owned\/web +changed/);
      expect(status.stdout).toMatch(
        /spec\.replicas: 5 in the cluster, 1 rendered, written by somebody \(Update\) at 20/,
      );
      await change({ ...objects(1), cm: configMap('more') });
      const refused = await run('apply', '--auto-approve', 'always');
      expect(refused.exitCode).toBe(4);
      expect(refused.stdout).toMatch(
        /! Deployment owned\/web \.spec\.replicas: 5 -> 1, owned by somebody \(Update\)/,
      );
      expect(refused.stderr).toContain('1 field is owned by others in test: somebody');
      expect(await read('/api/v1/namespaces/owned/configmaps/more')).toMatchObject({ code: 404 });

      const taken = await run('apply', '--auto-approve', 'always', '--force-conflicts');
      expect(taken.exitCode).toBe(0);
      expect(await read('/apis/apps/v1/namespaces/owned/deployments/web')).toMatchObject({
        spec: { replicas: 1 },
      });
      expect(await run('status')).toMatchObject({ exitCode: 0 });
    });
  });

  it('status tells what is current, outdated, missing and extra', async () => {
    const { json, run, change } = await deployProject(server(), 'looked-at', {
      ns: namespace('looked-at'),
      a: configMap('a'),
      b: configMap('b'),
      c: configMap('c'),
    });
    await run('apply', '--auto-approve', 'always');
    await change({
      ns: namespace('looked-at'),
      a: configMap('a'),
      b: configMap('b', { a: '2' }),
      d: configMap('d'),
    });
    const { exitCode, json: found } = await json<{
      environments: { objects: { resource: { name: string }; state: string }[] }[];
    }>('status');
    expect(exitCode).toBe(16);
    expect(
      found.environments[0]?.objects.map(({ resource, state }) => [resource.name, state]),
    ).toEqual([
      ['looked-at', 'current'],
      ['a', 'current'],
      ['b', 'outdated'],
      ['d', 'missing'],
      ['c', 'extra'],
    ]);
  });

  it('what is printed as JSON has the form that is published', async () => {
    const { json, run, change } = await deployProject(server(), 'as-json', {
      ns: namespace('as-json'),
      a: configMap('a'),
    });
    const problems = async (command: string, ...args: string[]): Promise<unknown> =>
      schemaProblems(command, (await json(command, ...args)).json);
    expect(await problems('diff')).toBeUndefined();
    expect(await problems('apply', '--auto-approve', 'always')).toBeUndefined();
    await askClusterJson(server().kubeconfig, {
      method: 'PATCH',
      path: '/api/v1/namespaces/as-json/configmaps/a?fieldManager=somebody',
      contentType: 'application/merge-patch+json',
      body: { data: { a: 'theirs' } },
    });
    expect(await problems('diff', '--unified')).toBeUndefined();
    expect(await problems('status')).toBeUndefined();
    await change({ ns: namespace('as-json') });
    expect(await problems('prune', '--auto-approve', 'always')).toBeUndefined();
    expect(await run('diff', '--with-prune')).toMatchObject({ exitCode: 0 });
  });
});
