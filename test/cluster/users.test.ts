import path from 'node:path';
import { expect, it } from 'vitest';
import { connectCluster } from '../../lib/cluster/cluster-connection.ts';
import { failureOf } from '../tools/failure-of.ts';
import { askCluster } from './ask-cluster.ts';
import { describeCluster } from './describe-cluster.ts';
import { writeKubeconfig } from './kubeconfig.ts';
import {
  ALL_RESOURCES,
  expiredKubeconfig,
  makeUser,
  userKubeconfig,
  wrongAuthorityKubeconfig,
} from './users.ts';

const CONFIG_MAPS = '/api/v1/namespaces/default/configmaps';
const SECRETS = '/api/v1/namespaces/default/secrets';

describeCluster('users of an API server', (server) => {
  const status = async (kubeconfig: string, resource: string): Promise<number> =>
    (await askCluster(kubeconfig, { method: 'GET', path: resource })).status;

  it('may do what their rules say, and nothing else', async () => {
    const reader = await userKubeconfig(server(), {
      name: 'reader',
      rules: [{ apiGroups: [''], resources: ['configmaps'], verbs: ['list'] }],
    });
    expect(await status(reader, CONFIG_MAPS)).toBe(200);
    expect(await status(reader, SECRETS)).toBe(403);
    const all = await userKubeconfig(server(), { name: 'all', rules: [ALL_RESOURCES] });
    expect(await status(all, SECRETS)).toBe(200);
  });

  it('are unknown with a token that has expired', async () => {
    expect(await status(await expiredKubeconfig(server()), CONFIG_MAPS)).toBe(401);
  });

  it('do not trust a server of another authority', async () => {
    const connection = await connectCluster({
      kubeconfig: await wrongAuthorityKubeconfig(server()),
    });
    expect(await failureOf(connection.getJson('/version'))).toMatchObject({ kind: 'cluster' });
  });

  it('choose by context in a kubeconfig with several', async () => {
    const token = await makeUser(server(), { name: 'second', rules: [ALL_RESOURCES] });
    const { url, certificate, directory } = server();
    const kubeconfig = path.join(directory, 'kubeconfig-several');
    await writeKubeconfig(kubeconfig, [
      { name: 'first', server: 'https://127.0.0.1:1', certificate, token: 'none' },
      { name: 'second', server: url, certificate, token },
    ]);
    expect((await connectCluster({ kubeconfig })).server).toBe('https://127.0.0.1:1');
    const second = await connectCluster({ kubeconfig, context: 'second' });
    expect((await second.request({ path: SECRETS })).status).toBe(200);
  });
});
