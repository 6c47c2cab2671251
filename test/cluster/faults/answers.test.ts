import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { ensureTool } from '../../../lib/tools/ensure-tool.ts';
import { describeCluster } from '../describe-cluster.ts';
import { type FaultProxy, startFaultProxy } from '../fault-proxy.ts';
import { expectFailure, expectFinished, type FaultProject, faultProject } from './fault-project.ts';

beforeAll(() => ensureTool('tk'));

describeCluster('apply while an API server fails', (server) => {
  let proxy: FaultProxy;
  beforeAll(async () => {
    proxy = await startFaultProxy(server());
  });
  beforeEach(() => proxy.reset());
  afterAll(() => proxy.close());

  const project = (name: string): Promise<FaultProject> => faultProject(server(), name, proxy);
  const secondConfigMap = (name: string) =>
    ({ path: `/api/v1/namespaces/${name}/configmaps`, isWrite: true, nth: 2 }) as const;

  it('killed in the middle: says what was applied, and the next run does the rest', async () => {
    const killed = await project('killed');
    proxy.add({
      ...secondConfigMap('killed'),
      fault: { kind: 'hold', meanwhile: () => server().kill() },
    });
    const outcome = await killed.apply();
    await server().restart();
    expect(await killed.there()).toEqual(['password', 'a']);
    expectFailure(outcome, [
      'environments/killed: 3 objects applied, 2 not: ConfigMap killed/b, Deployment killed/web. Applying again does the rest.',
      /environments\/killed +test +failed +3 created/,
    ]);
    proxy.reset();
    await expectFinished(killed);
  });

  it('an answer that breaks off: the object may be there, and the next run agrees', async () => {
    const cut = await project('cut');
    proxy.add({ ...secondConfigMap('cut'), fault: { kind: 'cut' } });
    expectFailure(await cut.apply(), [/applied, \d not: ConfigMap cut\/b/]);
    expect(await cut.there()).toContain('b');
    proxy.reset();
    await expectFinished(cut);
  });

  it('500 for one object: the others are applied', async () => {
    const broken = await project('broken');
    proxy.add({ ...secondConfigMap('broken'), fault: { kind: 'status', status: 500 } });
    expectFailure(await broken.apply(), [
      'InternalError of the test',
      'environments/broken: 4 objects applied, 1 not: ConfigMap broken/b.',
    ]);
    expect(await broken.there()).toEqual(['password', 'a', 'web']);
    proxy.reset();
    await expectFinished(broken);
  });

  it('429 with Retry-After: it is tried again, and applied', async () => {
    const busy = await project('busy');
    const fault = { kind: 'status', status: 429, retryAfterS: 1 } as const;
    proxy.add({ ...secondConfigMap('busy'), fault });
    await expectFinished(busy);
    const writes = proxy.requests.filter(
      ({ method, path, query }) =>
        method === 'POST' && path.endsWith('/configmaps') && !query.includes('dryRun'),
    );
    expect(writes).toHaveLength(3);
  });

  it('429 for a read of Tankard itself is not the end', async () => {
    const read = await project('busy-read');
    const namespaces = '/api/v1/namespaces';
    const fault = { kind: 'status', status: 429, retryAfterS: 1 } as const;
    // kubectl does not read again what it has made; Tankard does, to see that it is served.
    const meanwhile = async (): Promise<void> =>
      proxy.add({ method: 'GET', path: `${namespaces}/busy-read`, nth: 1, fault });
    const making = { method: 'POST', path: namespaces, isWrite: true } as const;
    proxy.add({ ...making, fault: { kind: 'hold', meanwhile } });
    await expectFinished(read);
  });

  it('409 once: kubectl reads again and patches; 409 always: it is told', async () => {
    const conflict = await project('conflict');
    await expectFinished(conflict);
    const path = '/api/v1/namespaces/conflict/configmaps/b';
    const fault = { kind: 'status', status: 409 } as const;
    await conflict.change('second');
    proxy.add({ method: 'PATCH', path, isWrite: true, nth: 1, fault });
    await expectFinished(conflict);

    proxy.reset();
    await conflict.change('third');
    proxy.add({ method: 'PATCH', path, isWrite: true, fault });
    expectFailure(await conflict.apply(), [
      'Conflict of the test',
      /: 4 objects applied, 1 not: ConfigMap conflict\/b\./,
    ]);
    expect(await conflict.compare()).toEqual(['ConfigMap conflict/b: data.value']);
    proxy.reset();
    await expectFinished(conflict);
  });

  it('the credentials end while it waits: says that all was applied', async () => {
    const expired = await project('expired');
    const deployments = '/apis/apps/v1/namespaces/expired/deployments';
    const fault = { kind: 'status', status: 401 } as const;
    const meanwhile = async (): Promise<void> =>
      proxy.add({ method: 'GET', path: `${deployments}/web`, fault });
    const making = { method: 'POST', path: deployments, isWrite: true } as const;
    proxy.add({ ...making, fault: { kind: 'hold', meanwhile } });
    expectFailure(await expired.apply(proxy.kubeconfig, ['--wait']), [
      'refused the credentials',
      'environments/expired: all of it was applied, 5 objects',
      /environments\/expired +test +failed +5 created/,
    ]);
  });

  it('a slow one is waited for', async () => {
    const slow = await project('slow');
    proxy.add({ path: /\/namespaces\/slow/, fault: { kind: 'delay', delayMs: 300 } });
    await expectFinished(slow);
  });

  it('one that goes away before anything is written: nothing is applied', async () => {
    const own = await startFaultProxy(server());
    try {
      const gone = await faultProject(server(), 'gone', own);
      own.add({ isWrite: true, fault: { kind: 'close' } });
      expectFailure(await gone.apply(), [
        /environments\/gone: 0 objects applied, 5 not: Namespace gone, /,
      ]);
      expect(await gone.there()).toEqual([]);
    } finally {
      await own.close();
    }
  });
});
