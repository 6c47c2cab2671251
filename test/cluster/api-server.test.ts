import { existsSync } from 'node:fs';
import { execa } from 'execa';
import { expect, it, vi } from 'vitest';
import { startApiServer } from './api-server.ts';
import { askCluster, askClusterJson } from './ask-cluster.ts';
import { describeCluster } from './describe-cluster.ts';
import { startKubelet } from './kubelet.ts';

const DEPLOYMENT = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'default' },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: { containers: [{ name: 'web', image: 'example.com/web:1' }] },
    },
  },
};

describeCluster(
  'an API server with controllers',
  (server) => {
    const get = (path: string) => askCluster(server().kubeconfig, { method: 'GET', path });

    it('makes Pods of a Deployment, and follows the status that a test writes to them', async () => {
      await server().applyManifests([DEPLOYMENT]);
      const pods = await vi.waitFor(async () => {
        const { items } = (await askClusterJson(server().kubeconfig, {
          method: 'GET',
          path: '/api/v1/namespaces/default/pods?labelSelector=app%3Dweb',
        })) as { items: { metadata: { name: string } }[] };
        expect(items).toHaveLength(2);
        return items;
      }, 30_000);
      for (const { metadata } of pods) {
        const { name } = metadata;
        const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'default' } };
        await server().writeStatus(pod, {
          phase: 'Running',
          conditions: [{ type: 'Ready', status: 'True' }],
        });
      }
      const ready = async (): Promise<unknown> => {
        const { body } = await get('/apis/apps/v1/namespaces/default/deployments/web');
        return (JSON.parse(body) as { status: { readyReplicas?: number } }).status.readyReplicas;
      };
      await vi.waitFor(async () => expect(await ready()).toBe(2), 30_000);
    });

    it('deletes a namespace with what is in it', async () => {
      const metadata = { name: 'inside', namespace: 'gone' };
      await server().applyManifests([
        { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'gone' } },
        { apiVersion: 'v1', kind: 'ConfigMap', metadata },
      ]);
      const path = '/api/v1/namespaces/gone';
      await askClusterJson(server().kubeconfig, { method: 'DELETE', path });
      await vi.waitFor(async () => expect((await get(path)).status).toBe(404), 60_000);
    });

    it('gives the log of a container that the kubelet of its Node has', async () => {
      const kubelet = await startKubelet(server());
      try {
        const metadata = { name: 'logs', namespace: 'default' };
        const containers = [{ name: 'main', image: 'example.com/main:1' }];
        const spec = { nodeName: kubelet.node, containers };
        const pod = { apiVersion: 'v1', kind: 'Pod', metadata, spec };
        await server().applyManifests([pod]);
        kubelet.setLog(metadata, 'main', 'one\ntwo\nthree\n');
        const path = '/api/v1/namespaces/default/pods/logs/log';
        expect(await get(path)).toEqual({ status: 200, body: 'one\ntwo\nthree\n' });
        expect(await get(`${path}?tailLines=2`)).toEqual({ status: 200, body: 'two\nthree\n' });
      } finally {
        await kubelet.close();
      }
    });

    it('is the same server after a crash', async () => {
      const metadata = { name: 'kept', namespace: 'default' };
      await server().applyManifests([{ apiVersion: 'v1', kind: 'ConfigMap', metadata }]);
      await server().kill();
      const path = '/api/v1/namespaces/default/configmaps/kept';
      await expect(get(path)).rejects.toThrow('ECONNREFUSED');
      await server().restart();
      expect((await get(path)).status).toBe(200);
    });

    it('is talked to by the kubectl of its own version', async () => {
      const env = server().environment();
      const { stdout } = await execa(env.TANKA_KUBECTL_PATH, ['version', '-o', 'json'], { env });
      expect(JSON.parse(stdout)).toMatchObject({
        clientVersion: { gitVersion: 'v1.36.3' },
        serverVersion: { gitVersion: 'v1.36.3' },
      });
    });
  },
  { controllers: true },
);

describeCluster('an API server', (server) => {
  it('leaves nothing behind, also when it is stopped after a crash', async () => {
    const other = await startApiServer();
    await other.kill();
    await other.stop();
    expect(existsSync(other.directory)).toBe(false);
    expect(existsSync(server().directory)).toBe(true);
  });

  it('never ends a deleted namespace without controllers', async () => {
    const metadata = { name: 'stays' };
    await server().applyManifests([{ apiVersion: 'v1', kind: 'Namespace', metadata }]);
    const path = '/api/v1/namespaces/stays';
    await askClusterJson(server().kubeconfig, { method: 'DELETE', path });
    const left = await askClusterJson(server().kubeconfig, { method: 'GET', path });
    expect(left).toMatchObject({ status: { phase: 'Terminating' } });
  });
});
