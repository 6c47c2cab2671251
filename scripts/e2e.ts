/**
 * `npm run e2e`: what a user does with Tankard and a cluster, from the first apply to the last prune, with the built program
 * and a real API server. Every step is checked against what tk itself renders and what the API server has; it exits with 1
 * at the first that is not as expected.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { ensureTool } from '../lib/tools/ensure-tool.ts';
import manifest from '../package.json' with { type: 'json' };
import { type ApiServer, startApiServer } from '../test/cluster/api-server.ts';
import { askClusterJson } from '../test/cluster/ask-cluster.ts';
import { environmentSpec } from '../test/cluster/cluster-environment.ts';
import { compareWithRender } from '../test/cluster/compare-with-render.ts';
import { writeProject } from '../test/tanka/write-project.ts';
import { bin, ROOT, run } from './steps.ts';

const PROJECT = path.join(ROOT, 'test', 'cluster', 'e2e-project');
const NAMES = ['dev', 'staging', 'production'];
const ENVIRONMENTS = NAMES.map((name) => `environments/${name}`);
const STAGING = 'environments/staging';
/** What the password of an environment's database starts with; see the project's lib/shop.libsonnet. */
const SECRET = 'open sesame';
/** Time limit of one command. */
const COMMAND_TIMEOUT_MS = 300_000;

const onProgress = (line: string): void => console.log(`  ${line}`);

/** Where a run of this script takes place. */
interface Place {
  readonly server: ApiServer;
  readonly root: string;
  readonly tk: string;
}

const durations: [string, number][] = [];
const root = mkdtempSync(path.join(os.tmpdir(), 'tankard-e2e-'));
let server: ApiServer | undefined;
try {
  await step('build Tankard', async () => {
    expectEqual('exit code', await run([bin('tsx'), 'scripts/build.ts']), 0);
  });
  const { path: tk } = await step('build or reuse tk', () => ensureTool('tk', { onProgress }));
  server = await step('build or reuse the API server, and start it', () => startApiServer());
  await step('copy the project', () => copyProject({ server: server as ApiServer, root, tk }));
  await story({ server, root, tk });
} catch (error) {
  console.error(`FAILED: ${(error as Error).message}`);
  process.exitCode = 1;
} finally {
  await server?.stop();
  rmSync(root, { recursive: true, force: true });
}
for (const [name, ms] of durations) console.log(`${(ms / 1000).toFixed(1).padStart(7)} s  ${name}`);
if (process.exitCode !== 1) console.log('e2e: the cluster is equal to the render');

/** Runs one step, and remembers how long it took. */
async function step<Value>(name: string, work: () => Promise<Value>): Promise<Value> {
  console.log(`> ${name}`);
  const started = performance.now();
  try {
    return await work();
  } catch (cause) {
    throw new Error(`${name}: ${(cause as Error).message}`, { cause });
  } finally {
    durations.push([name, performance.now() - started]);
  }
}

async function copyProject({ server: { url } }: Place): Promise<void> {
  cpSync(PROJECT, root, { recursive: true });
  const specs = NAMES.map((name) => environmentSpec({ name, apiServer: url }));
  await writeProject(root, Object.assign({}, ...specs) as Record<string, string>);
}

async function story(place: Place): Promise<void> {
  const { server: cluster } = place;
  await step('diff of three environments that are not there yet: exit code 16', () =>
    tankard(place, ['diff', ...ENVIRONMENTS], 16).then((text) => expectText(text, 'settings')),
  );
  await step('apply three environments', () =>
    tankard(place, ['apply', ...ENVIRONMENTS, '--auto-approve', 'always'], 0),
  );
  await step('the cluster is equal to the render', () => expectRendered(place));
  await step('diff of what was applied: exit code 0', () =>
    tankard(place, ['diff', ...ENVIRONMENTS], 0),
  );
  const before = await versions(cluster);
  await step('change one environment, and diff: exit code 16', async () => {
    edit(STAGING, 'replicas:: 2', "replicas:: 5, settings+:: { CURRENCY: 'CHF' }");
    const text = await tankard(place, ['diff', ...ENVIRONMENTS], 16);
    for (const shown of ['CHF', 'replicas', 'shop-staging']) expectText(text, shown);
    expectEqual('objects written by diff', changed(before, await versions(cluster)), []);
  });
  await step('apply it', () => tankard(place, ['apply', STAGING, '--auto-approve', 'always'], 0));
  await step(
    'only what was changed is written, and the cluster is equal to the render',
    async () => {
      const names = ['configmaps/settings', 'deployments/shop'].map(
        (name) => `shop-staging/${name}`,
      );
      expectEqual('changed objects', changed(before, await versions(cluster)), names);
      await expectRendered(place);
    },
  );
  const full = await versions(cluster);
  await step('remove a resource, and apply: it stays until it is pruned', async () => {
    edit(STAGING, "'spring', 'summer'", "'spring'");
    await tankard(place, ['apply', STAGING, '--auto-approve', 'always'], 0);
    expectEqual('extra', await compare(place, STAGING), [
      'ConfigMap shop-staging/banner-summer: not rendered',
    ]);
  });
  await step('prune it', () => tankard(place, ['prune', STAGING, '--auto-approve', 'always'], 0));
  await step('only that is gone, and the cluster ends equal to the render', async () => {
    const left = await versions(cluster);
    const gone = [...full.keys()].filter((name) => !left.has(name));
    expectEqual('pruned objects', gone, ['shop-staging/configmaps/banner-summer']);
    await expectRendered(place);
    await tankard(place, ['diff', ...ENVIRONMENTS], 0);
  });
}

/** Runs the built program as a user does; what it shows never has the value of a Secret. */
async function tankard(
  { server: cluster }: Place,
  args: readonly string[],
  wanted: number,
): Promise<string> {
  const program = path.join(ROOT, manifest.bin.tankard);
  const { exitCode, all, timedOut } = await execa(process.execPath, [program, ...args], {
    cwd: root,
    env: { ...cluster.environment(), NO_COLOR: '1' },
    reject: false,
    all: true,
    stdin: 'ignore',
    timeout: COMMAND_TIMEOUT_MS,
  });
  for (const line of all.split('\n').filter(Boolean)) console.log(`    ${line}`);
  if (timedOut) throw new Error(`no end after ${COMMAND_TIMEOUT_MS / 1000} s`);
  expectEqual('exit code', exitCode, wanted);
  for (const secret of [SECRET, Buffer.from(SECRET).toString('base64').slice(0, 12)])
    if (all.includes(secret)) throw new Error('the value of a Secret is shown');
  return all;
}

function edit(environment: string, from: string, to: string): void {
  const file = path.join(root, environment, 'main.jsonnet');
  const text = readFileSync(file, 'utf8');
  if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
  writeFileSync(
    file,
    text.replace(from, () => to),
  );
}

async function compare({ server: cluster, tk }: Place, environment: string): Promise<string[]> {
  return compareWithRender({ tk, root, environment, kubeconfig: cluster.kubeconfig });
}

async function expectRendered(place: Place): Promise<void> {
  for (const environment of ENVIRONMENTS)
    expectEqual(`${environment}, compared with the cluster`, await compare(place, environment), []);
}

/** The resourceVersion of every object in the namespaces of the shops, by name. */
async function versions({ kubeconfig }: ApiServer): Promise<Map<string, string>> {
  const kinds = [
    'api/v1/configmaps',
    'api/v1/secrets',
    'api/v1/services',
    'api/v1/serviceaccounts',
  ];
  const found = new Map<string, string>();
  for (const kind of [...kinds, 'apis/apps/v1/deployments']) {
    const { items } = (await askClusterJson(kubeconfig, { method: 'GET', path: `/${kind}` })) as {
      items: { metadata: { namespace: string; name: string; resourceVersion: string } }[];
    };
    for (const { metadata } of items)
      if (metadata.namespace.startsWith('shop-'))
        found.set(
          `${metadata.namespace}/${path.basename(kind)}/${metadata.name}`,
          metadata.resourceVersion,
        );
  }
  return found;
}

function changed(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): string[] {
  return [...after.keys()].filter((name) => before.get(name) !== after.get(name)).sort();
}

function expectText(text: string, wanted: string): void {
  if (!text.includes(wanted)) throw new Error(`the output does not have ${wanted}`);
}

function expectEqual(what: string, found: unknown, wanted: unknown): void {
  const [has, wants] = [JSON.stringify(found), JSON.stringify(wanted)];
  if (has !== wants) throw new Error(`${what}: ${has} instead of ${wants}`);
}
