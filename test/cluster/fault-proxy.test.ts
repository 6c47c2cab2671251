import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { askCluster, type TestRequest } from './ask-cluster.ts';
import { describeCluster } from './describe-cluster.ts';
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts';

const CONFIG_MAPS = '/api/v1/namespaces/default/configmaps';

describeCluster('a fault proxy', (server) => {
  let proxy: FaultProxy;
  beforeAll(async () => {
    proxy = await startFaultProxy(server());
  });
  beforeEach(() => proxy.reset());
  afterAll(() => proxy.close());

  const ask = (request: TestRequest) => askCluster(proxy.kubeconfig, request);
  const create = (name: string) =>
    ask({
      method: 'POST',
      path: `${CONFIG_MAPS}?fieldManager=test`,
      body: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } },
    });
  const exists = async (name: string): Promise<boolean> => {
    const path = `${CONFIG_MAPS}/${name}`;
    return (await askCluster(server().kubeconfig, { method: 'GET', path })).status === 200;
  };

  it('passes requests on, and remembers them', async () => {
    expect((await create('passed')).status).toBe(201);
    expect(await exists('passed')).toBe(true);
    const seen = { method: 'POST', path: CONFIG_MAPS, query: '?fieldManager=test' };
    expect(proxy.requests).toEqual([seen]);
  });

  it('answers the chosen request in place of the server, once', async () => {
    const fault = { kind: 'status', status: 429, retryAfterS: 1 } as const;
    proxy.add({ method: 'POST', path: CONFIG_MAPS, nth: 2, fault });
    const statuses = [];
    for (const name of ['n1', 'n2', 'n3']) statuses.push((await create(name)).status);
    expect(statuses).toEqual([201, 429, 201]);
    expect(await Promise.all(['n1', 'n2', 'n3'].map(exists))).toEqual([true, false, true]);
    expect((await ask({ method: 'GET', path: CONFIG_MAPS })).status).toBe(200);
  });

  it('gives every request that fits a pattern the same error', async () => {
    proxy.add({ path: /configmaps/, fault: { kind: 'status', status: 500 } });
    for (const name of ['e1', 'e2']) {
      const { status, body } = await create(name);
      expect([status, JSON.parse(body)]).toMatchObject([500, { kind: 'Status', code: 500 }]);
    }
  });

  it('breaks off the answer to a request that the server has done', async () => {
    proxy.add({ method: 'POST', fault: { kind: 'cut' } });
    await expect(create('cut')).rejects.toThrow(/aborted|hang up/);
    expect(await exists('cut')).toBe(true);
  });

  it('holds a request until something else is done, and delays one', async () => {
    const before: string[] = [];
    const meanwhile = async (): Promise<void> => {
      before.push(String(await exists('held')));
    };
    proxy.add({ method: 'POST', nth: 1, fault: { kind: 'hold', meanwhile } });
    proxy.add({ method: 'POST', nth: 2, fault: { kind: 'delay', delayMs: 300 } });
    expect((await create('held')).status).toBe(201);
    expect(before).toEqual(['false']);
    const started = performance.now();
    expect((await create('late')).status).toBe(201);
    expect(performance.now() - started).toBeGreaterThan(290);
  });

  it('goes away for good', async () => {
    const gone = await startFaultProxy(server());
    gone.add({ fault: { kind: 'close' } });
    const again = () => askCluster(gone.kubeconfig, { method: 'GET', path: '/version' });
    await expect(again()).rejects.toThrow();
    await expect(again()).rejects.toThrow('ECONNREFUSED');
    await gone.close();
  });
});
