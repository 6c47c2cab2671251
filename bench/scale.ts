/**
 * `npm run bench -- scale`: a thousand environments of ten objects, exported with validation, against `tk export` on
 * k8s-libsonnet and kubeconform. CPU time, user and system, of all processes; the rivals in turn.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { findExecutable } from '../lib/tools/find-executable.ts';
import { ensureTool } from '../lib/tools/ensure-tool.ts';
import { parseManifests } from '../lib/manifest/parse-manifests.ts';
import { openUpstream, type Upstream } from '../lib/sources/upstream.ts';
import { showBatch } from '../lib/tanka/show-batch.ts';
import { validateManifests } from '../lib/validate/validate-manifests.ts';
import { ROOT } from '../scripts/steps.ts';
import { findKubeconform } from '../test/agreement/find-kubeconform.ts';
import { writeSchemas } from '../test/agreement/kubeconform.ts';
import { DOWNLOAD_COMMAND, obtainK8sLibsonnet } from '../test/library/k8s-libsonnet.ts';
import { cpuMs, spread, type Command } from './cpu.ts';
import { peakMiB } from './process-tree.ts';
import {
  RESOURCES,
  scaleEnvironment,
  TEAM_LIBRARY,
  TEAM_SIZE,
  writeScaleProject,
} from './scale-project.ts';

const PROGRAM = path.join(ROOT, 'dist/cli/main.cjs');
const ENVIRONMENTS = Number(process.env['BENCH_ENVIRONMENTS'] ?? 1000);
const ROUNDS = Number(process.env['BENCH_SCALE_ROUNDS'] ?? 3);
/** What the cost of one environment may grow, and the memory, from a tenth of the environments to twice as many. */
const MOST_GROWTH = 1.25;
const JRSONNET_COMMAND = 'cargo install jrsonnet --version 0.5.0-pre98 --locked';

interface Projects {
  readonly tk: string;
  readonly typed: string;
  readonly untyped: string;
  /** An empty folder for outputs. */
  readonly out: string;
  readonly kubeconform: readonly string[];
}

/** Measures everything about many environments, and prints each goal as met or missed. */
export async function scaleBench(project: string, tk: string): Promise<void> {
  const { jpath, missing } = await obtainK8sLibsonnet();
  const kubeconform = await findKubeconform();
  if (jpath === undefined || 'missing' in kubeconform) {
    console.log(
      `not measured: scale (${missing ?? ''}${'missing' in kubeconform ? kubeconform.missing : ''})`,
    );
    console.log(`  ${DOWNLOAD_COMMAND}`);
    return;
  }
  const [typed, untyped] = ['typed', 'k8s-libsonnet'].map((name) => path.join(project, name)) as [
    string,
    string,
  ];
  writeScaleProject(typed, 'typed', { count: ENVIRONMENTS, jpath });
  writeScaleProject(untyped, 'k8s-libsonnet', { count: ENVIRONMENTS, jpath });
  const out = path.join(project, 'out');
  const upstream = await openUpstream({ kubernetes: '1.30' });
  const location = await schemas(path.join(project, 'schemas'), { tk, typed, upstream });
  const argv = [kubeconform.file, '-strict', '-schema-location', location, out];
  const projects = { tk, typed, untyped, out, kubeconform: argv };
  assertSame(projects);
  console.log(
    `${ENVIRONMENTS} environments of ${RESOURCES} objects; CPU time, median of ${ROUNDS} rounds, least and most in brackets`,
  );
  const full = await printFull(projects);
  await printChanges(projects, full);
  await printProfile(projects, upstream, full);
  await printGrowth(project, jpath);
}

function tankard(cwd: string, out: string): Command {
  return { cwd, argv: [process.execPath, PROGRAM, 'export', out] };
}

function tkExport({ tk, untyped, out }: Projects): Command {
  const format = '{{env.metadata.name}}/{{.kind}}-{{.metadata.name}}';
  return {
    cwd: untyped,
    argv: [tk, 'export', out, 'environments', '-r', '--skip-manifest', '--format', format],
  };
}

/** What is compared must be the same work. */
function assertSame({ tk, typed, untyped }: Projects): void {
  const [one, other] = [typed, untyped].map((cwd) =>
    execFileSync(tk, ['show', scaleEnvironment(0), '--dangerous-allow-redirect'], { cwd }),
  );
  if (one === undefined || other === undefined || !one.equals(other))
    throw new Error('the two projects do not render the same');
}

async function schemas(
  directory: string,
  { tk, typed, upstream }: { tk: string; typed: string; upstream: Upstream },
): Promise<string> {
  mkdirSync(directory);
  const args = ['show', scaleEnvironment(0), '--dangerous-allow-redirect'];
  const yaml = execFileSync(tk, args, { cwd: typed, encoding: 'utf8' });
  const kinds = parseManifests(yaml).map(async ({ resource }) => {
    const kind = upstream.kind(resource.apiVersion, resource.kind);
    if (kind === undefined) throw new Error(`no schema for ${resource.kind}`);
    return { kind, schema: await upstream.loadSchema(kind) };
  });
  return writeSchemas(directory, await Promise.all(kinds));
}

/** @returns CPU of a full export, in milliseconds. */
async function printFull(projects: Projects): Promise<number> {
  const { typed, out, untyped } = projects;
  const jrsonnet = process.env['TANKARD_BENCH_JRSONNET'] ?? findExecutable('jrsonnet');
  const times: Record<'own' | 'rival' | 'fast', number[]> = { own: [], rival: [], fast: [] };
  const ownTime = async (): Promise<number> => {
    clearExport(projects);
    return cpuMs(tankard(typed, out));
  };
  for (let round = 0; round < ROUNDS; round += 1) {
    times.own.push(await ownTime());
    if (jrsonnet !== undefined) {
      withEvaluator(typed, jrsonnet);
      times.fast.push(await ownTime());
      withEvaluator(typed, undefined);
    }
    rmSync(out, { recursive: true, force: true });
    const exported = await cpuMs(tkExport(projects));
    times.rival.push(exported + (await cpuMs({ cwd: untyped, argv: projects.kubeconform })));
  }
  printRatio('full export with validation', times.own, times.rival, 0.6);
  if (jrsonnet === undefined) {
    console.log('not measured: the same with jrsonnet, which is not on PATH');
    console.log(`  ${JRSONNET_COMMAND}`);
  } else printRatio('the same with jrsonnet as evaluator', times.fast, times.rival, 0.3);
  return spread(times.own).median;
}

/** Neither the folder nor what is remembered of earlier runs may help. */
function clearExport({ out, typed }: Projects): void {
  rmSync(out, { recursive: true, force: true });
  rmSync(path.join(typed, '.tankard', 'cache'), { recursive: true, force: true });
}

function withEvaluator(root: string, evaluator: string | undefined): void {
  const file = path.join(root, 'tankard.yaml');
  const text = readFileSync(file, 'utf8').replace(/^evaluator: .*\n/m, '');
  writeFileSync(file, evaluator === undefined ? text : `${text}evaluator: binary:${evaluator}\n`);
}

function printRatio(
  name: string,
  own: readonly number[],
  rival: readonly number[],
  atMost: number,
): void {
  const ratios = own.map((time, round) => time / (rival[round] ?? Number.NaN));
  const { median } = spread(ratios);
  print(
    median <= atMost,
    `${name}: ${median.toFixed(2)} [${Math.min(...ratios).toFixed(2)}, ${Math.max(...ratios).toFixed(2)}] of tk export on k8s-libsonnet + ` +
      `kubeconform -strict (${seconds(spread(own).median)} against ${seconds(spread(rival).median)}), goal at most ${atMost}`,
  );
}

/** One environment's file, then a library of one team, is saved with other text. */
async function printChanges({ typed, out }: Projects, full: number): Promise<void> {
  const main = path.join(typed, scaleEnvironment(0), 'main.jsonnet');
  const changes = [
    {
      name: "one environment's file",
      file: main,
      from: /timeout: \d+s/,
      to: 'timeout: ',
      more: 's',
    },
    {
      name: 'a library of one team',
      file: path.join(typed, TEAM_LIBRARY),
      from: /cpu: '\d+m/,
      to: "cpu: '",
      more: 'm',
    },
  ];
  // What the round before left behind may be tk's.
  rmSync(out, { recursive: true, force: true });
  await cpuMs(tankard(typed, out));
  for (const [index, { name, file, from, to, more }] of changes.entries()) {
    const times: number[] = [];
    let rendered = Number.NaN;
    for (let round = 0; round < ROUNDS; round += 1) {
      const text = readFileSync(file, 'utf8').replace(from, `${to}${round + 40}${more}`);
      writeFileSync(file, text);
      times.push(await cpuMs(tankard(typed, out)));
      rendered =
        ENVIRONMENTS - reused(typed, out, file, text.replace(from, `${to}${round + 60}${more}`));
    }
    const share = spread(times).median / full;
    const importers = index === 0 ? 1 : Math.min(TEAM_SIZE, ENVIRONMENTS);
    if (index === 0)
      print(
        share <= 0.02,
        `after ${name} changed: ${(share * 100).toFixed(1)} % of the full time (${seconds(spread(times).median)}), goal at most 2 %`,
      );
    print(
      rendered === importers,
      `after ${name} changed: ${rendered} of ${ENVIRONMENTS} rendered (${seconds(spread(times).median)}), goal ${importers}`,
    );
  }
}

/** Saves a file once more and exports; gives how many environments were not rendered again. */
function reused(cwd: string, out: string, file: string, text: string): number {
  writeFileSync(file, text);
  const args = [PROGRAM, 'export', out, '--format', 'json'];
  const json = execFileSync(process.execPath, args, { cwd, encoding: 'utf8', maxBuffer: 2 ** 28 });
  const { environments } = JSON.parse(json) as { environments: { reused: boolean }[] };
  return environments.filter((one) => one.reused).length;
}

/** Where the CPU of a full export goes: each stage by itself, on the same environments. */
async function printProfile({ typed }: Projects, upstream: Upstream, full: number): Promise<void> {
  const locator = (await ensureTool('locate')).path;
  const start = await cpuMs({ cwd: typed, argv: [process.execPath, PROGRAM, '--version'] });
  const mains = Array.from({ length: ENVIRONMENTS }, (_, index) =>
    path.join(typed, scaleEnvironment(index), 'main.jsonnet'),
  );
  const request = path.join(typed, '.request.json');
  writeFileSync(request, JSON.stringify({ root: typed, mains, extCode: {}, tlaCode: {} }));
  const argv = ['bash', '-c', 'GOGC=400 "$0" render <"$1"', locator, request];
  const render = await cpuMs({ cwd: typed, argv });
  rmSync(request);
  const yamls: string[] = [];
  for await (const yaml of showBatch({ locator, root: typed, mains })) {
    if (yaml === undefined) throw new Error('an environment was left to tk');
    yamls.push(yaml.toString('utf8'));
  }
  const parseStart = process.cpuUsage();
  const parsed = yamls.map((yaml) => parseManifests(yaml));
  const parse = cpuSince(parseStart);
  const validateStart = process.cpuUsage();
  for (const manifests of parsed)
    await validateManifests(manifests, { upstream, allowedUnknownKinds: new Set() });
  const validate = cpuSince(validateStart);
  const rest = full - start - render - parse - validate;
  const stages = {
    render,
    'parse YAML': parse,
    validate,
    'start of the program': start,
    'write and all else': rest,
  };
  console.log('where it goes, each stage measured by itself:');
  for (const [stage, ms] of Object.entries(stages))
    console.log(`        ${stage}: ${seconds(ms)}, ${((ms / full) * 100).toFixed(0)} %`);
}

function cpuSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/** A tenth of the environments against twice as many. */
async function printGrowth(project: string, jpath: string): Promise<void> {
  const counts = [ENVIRONMENTS / 10, ENVIRONMENTS * 2] as const;
  const results: { readonly ms: number; readonly mebibytes: number }[] = [];
  for (const count of counts) {
    const root = path.join(project, `typed-${count}`);
    writeScaleProject(root, 'typed', { count, jpath });
    const out = path.join(project, `out-${count}`);
    const clear = (): void => rmSync(out, { recursive: true, force: true });
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      clear();
      times.push(await cpuMs(tankard(root, out)));
    }
    clear();
    results.push({ ms: spread(times).median, mebibytes: await peakMiB(tankard(root, out)) });
  }
  const [small, large] = results;
  if (small === undefined || large === undefined) return;
  const [fewer, more] = counts;
  const perEnvironment = large.ms / more / (small.ms / fewer);
  print(
    perEnvironment <= MOST_GROWTH,
    `CPU for each environment of ${more}: ${perEnvironment.toFixed(2)} of that of ${fewer} ` +
      `(${(large.ms / more).toFixed(1)} against ${(small.ms / fewer).toFixed(1)} ms), goal at most ${MOST_GROWTH}`,
  );
  print(
    large.mebibytes / small.mebibytes <= MOST_GROWTH,
    `memory of all processes with ${more}: ${(large.mebibytes / small.mebibytes).toFixed(2)} of that with ${fewer} ` +
      `(${large.mebibytes.toFixed(0)} against ${small.mebibytes.toFixed(0)} MiB), goal at most ${MOST_GROWTH}`,
  );
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}

function print(isMet: boolean, text: string): void {
  console.log(`${isMet ? 'met   ' : 'missed'}  ${text}`);
}
