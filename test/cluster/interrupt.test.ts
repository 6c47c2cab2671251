import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { allEnd } from '../cli/hanging-tk.ts';
import { PROGRAM, tankard } from '../cli/tankard.ts';
import { makeProject } from '../tanka/project.ts';
import { temporaryDirectory } from '../tools/fake-program.ts';
import { environmentFiles } from './cluster-environment.ts';
import { configMap, readPath } from './deploy-project.ts';
import { describeCluster } from './describe-cluster.ts';
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts';

const PATIENCE = { timeout: 40_000 };

/** The processes that have a variable of this value, with their names. */
function processesWith(mark: string): Map<number, string> {
  const found = readdirSync('/proc').flatMap((pid): [number, string][] => {
    try {
      if (!readFileSync(`/proc/${pid}/environ`, 'latin1').includes(mark)) return [];
      return [[Number(pid), readFileSync(`/proc/${pid}/comm`, 'utf8').trim()]];
    } catch {
      // No process, another user's, or one that ended meanwhile.
      return [];
    }
  });
  return new Map(found);
}

describeCluster('tankard apply that is ended while tk writes', (server) => {
  let proxy: FaultProxy;
  beforeAll(async () => {
    proxy = await startFaultProxy(server());
  });
  afterAll(() => proxy.close());

  /**
   * Applies two environments, `one-NAME` of three objects and `two-NAME`, and does `meanwhile` when kubectl writes the second of
   * the three, which the API server gets only afterwards.
   */
  async function apply(name: string, meanwhile: (running: Running) => Promise<void>) {
    const names = ['one', 'two'].map((each) => `${each}-${name}`);
    const [one = '', two = ''] = names;
    const secret = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: one },
      stringData: { password: 'open-sesame' },
    };
    const main = { secret, a: configMap(`${one}-a`), b: configMap(`${one}-b`) };
    const apiServer = proxy.url;
    const cwd = await makeProject({
      ...environmentFiles({ name: one, apiServer, main }),
      ...environmentFiles({ name: two, apiServer, main: { a: configMap(`${two}-a`) } }),
    });
    const environments = names.map((each) => `environments/${each}`);
    const args = ['apply', ...environments, '--auto-approve', 'always'];
    const env = server().environment(proxy.kubeconfig);
    const temporary = await temporaryDirectory();
    const mark = randomUUID();
    let running: Running | undefined;
    proxy.reset();
    proxy.add({
      method: 'POST',
      path: '/api/v1/namespaces/default/configmaps',
      isWrite: true,
      nth: 1,
      fault: { kind: 'hold', meanwhile: async () => running && meanwhile(running) },
    });
    const child = spawn(process.execPath, [PROGRAM, ...args], {
      cwd,
      env: { ...process.env, ...env, TMPDIR: temporary, TANKARD_TEST_MARK: mark },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let stderr = '';
    child.stderr.on('data', (chunk) => (stderr += String(chunk)));
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    running = { child, ended, stderr: () => stderr, processes: () => processesWith(mark) };
    const exitCode = await ended;
    return {
      exitCode,
      stderr,
      processes: () => processesWith(mark),
      /** The folders that it left, absolute. */
      left: async () => (await readdir(temporary)).map((each) => path.join(temporary, each)),
      again: () => tankard(args, { cwd, env }),
      diff: () => tankard(['diff', ...environments], { cwd, env }),
    };
  }

  const isThere = async (name: string): Promise<boolean> => {
    const found = await readPath(server(), `/api/v1/namespaces/default/configmaps/${name}`);
    return (found as { kind: string }).kind === 'ConfigMap';
  };

  it('Ctrl-C once: tk finishes, nothing else is started, exit 130, no process and no file stays', async () => {
    const run = await apply('once', async ({ child, stderr }) => {
      child.kill('SIGINT');
      await expect.poll(stderr, PATIENCE).toContain('interrupted: ');
    });
    expect(run.exitCode).toBe(130);
    expect(run.stderr).toContain(
      'interrupted: what is being written to the cluster is finished, nothing else is started',
    );
    expect(run.stderr).toMatch(/one-once +test +applied +3 created/);
    expect(run.stderr).toMatch(/two-once +test +not started/);
    expect(await isThere('one-once-b')).toBe(true);
    expect(await isThere('two-once-a')).toBe(false);
    expect(run.processes()).toEqual(new Map());
    expect(await run.left()).toEqual([]);
  });

  it('Ctrl-C twice: tk and kubectl are stopped at once, no process and no file stays, and the next run does the rest', async () => {
    let stopped: Map<number, string> | undefined;
    const run = await apply('twice', async ({ child, ended, stderr, processes }) => {
      child.kill('SIGINT');
      await expect.poll(stderr, PATIENCE).toContain('interrupt again to stop it at once');
      stopped = processes();
      child.kill('SIGINT');
      await ended;
    });
    expect(run.exitCode).toBe(130);
    expect([...(stopped?.values() ?? [])]).toEqual(expect.arrayContaining(['tk', 'kubectl']));
    expect(await allEnd([...(stopped?.keys() ?? [])])).toBe(true);
    expect(await run.left()).toEqual([]);
    expect(run.stderr).toContain('secret/one-twice created');
    expect(run.stderr).not.toContain('one-twice-b');
    expect(await isThere('two-twice-a')).toBe(false);

    expect(await run.again()).toMatchObject({ exitCode: 0 });
    expect(await run.diff()).toMatchObject({ exitCode: 0 });
  });

  it('kill -9: what it kept is for its user alone, and the next run does the rest', async () => {
    const run = await apply('killed', async ({ child, ended }) => {
      child.kill('SIGKILL');
      await ended;
    });
    expect(run.exitCode).toBe(null);
    // tk finishes, or ends when it cannot say any more what was written.
    await expect.poll(() => run.processes().size, PATIENCE).toBe(0);
    expect(await isThere('two-killed-a')).toBe(false);
    const left = await run.left();
    expect(left.map((each) => path.basename(each).replace(/-\w+$/, ''))).toEqual([
      'tankard-snapshot',
    ]);
    expect((await stat(left[0] ?? '')).mode & 0o777).toBe(0o700);

    expect(await run.again()).toMatchObject({ exitCode: 0 });
    expect(await run.diff()).toMatchObject({ exitCode: 0 });
  });
});

interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  readonly stderr: () => string;
  /** Its own, and those that it started. */
  readonly processes: () => Map<number, string>;
}
