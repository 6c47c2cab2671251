/**
 * From a save to what is shown: `tankard preview` against the loop of `inotifywait` and `tk show`, in the same run, one
 * save of each in turn while the other waits.
 */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findExecutable } from '../lib/tools/find-executable.ts';
import { ROOT } from '../scripts/steps.ts';
import { spread } from './cpu.ts';
import { SPEC } from './spec.ts';

const PROGRAM = path.join(ROOT, 'dist/cli/main.cjs');
const SAVES = 30;
/** What a preview may take longer than the loop, in milliseconds. */
const ALLOWANCE_MS = 50;
const ENVIRONMENTS = 200;
const IMPORTERS = 20;
const IDLE_SECONDS = 10;
const MANY_SAVES = Number(process.env['BENCH_SAVES'] ?? 1000);
/** What is resident may grow so much between the saves up to 30 % and the last ones: V8 sizes its heap as it likes. */
const MOST_GROWTH = 1.1;

/** Measures everything about the preview, and prints each goal as met or missed. */
export async function previewBench(project: string, tk: string): Promise<void> {
  await printLatency(path.join(project, 'latency'), tk);
  await printAffected(path.join(project, 'many'), tk);
  await printMemory(path.join(project, 'memory'));
}

/** A program whose output is waited for. */
class Shown {
  readonly child: ChildProcess;
  #text = '';
  #errors = '';
  #wake: (() => void) | undefined;

  constructor(argv: readonly [string, ...string[]], cwd: string, env: NodeJS.ProcessEnv = {}) {
    const [program, ...args] = argv;
    this.child = spawn(program, args, {
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
      detached: true,
    });
    this.child.stderr?.on('data', (chunk: Buffer) => {
      this.#errors += chunk.toString('utf8');
    });
    this.child.stdout?.on('data', (chunk: Buffer) => {
      this.#text += chunk.toString('utf8');
      this.#wake?.();
    });
  }

  /** Waits until what was printed since the last call fits; gives it. */
  async until(fits: (text: string) => boolean): Promise<string> {
    while (!fits(this.#text)) {
      if (this.child.exitCode !== null) throw new Error(`ended: ${this.#text}${this.#errors}`);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const text = this.#text;
    this.#text = '';
    return text;
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => {
      this.child.once('exit', resolve);
    });
    process.kill(-(this.child.pid ?? 0), 'SIGTERM');
    await ended;
  }
}

function preview(cwd: string, environments: readonly string[], env?: NodeJS.ProcessEnv): Shown {
  return new Shown([process.execPath, PROGRAM, 'preview', ...environments], cwd, env);
}

const ENVIRONMENT = 'environments/istio-tls';

/** A project of its own with the environment that is saved. */
function writeProject(root: string): string {
  mkdirSync(path.join(root, 'vendor'), { recursive: true });
  writeFileSync(path.join(root, 'jsonnetfile.json'), '{"version":1,"dependencies":[]}');
  symlinkSync(path.join(ROOT, 'jsonnet', 'tankard'), path.join(root, 'vendor', 'tankard'));
  cpSync(path.join(ROOT, ENVIRONMENT), path.join(root, ENVIRONMENT), { recursive: true });
  return path.join(root, ENVIRONMENT, 'main.jsonnet');
}

/** Saves the file with a value that differs each time, and gives the time until it is shown. */
function saver(file: string): (nth: number) => string {
  const text = readFileSync(file, 'utf8');
  return (nth) => {
    const email = `platform-${nth}@example.org`;
    writeFileSync(file, text.replace('platform@example.org', email));
    return email;
  };
}

async function printLatency(root: string, tk: string): Promise<void> {
  const inotifywait = findExecutable('inotifywait');
  if (inotifywait === undefined) {
    console.log('not measured: from save to shown, since there is no inotifywait');
    console.log('  apt-get install inotify-tools');
    return;
  }
  const [own, loops] = ['preview', 'loop'].map((name) => path.join(root, name)) as [string, string];
  const saveOwn = saver(writeProject(own));
  const saveLoop = saver(writeProject(loops));
  const shown = preview(own, [ENVIRONMENT]);
  // As seed and blog posts have it, with the output in a file.
  const script = `inotifywait -q -m -e close_write,moved_to "$1" | while read -r _; do "$2" show "$1" --dangerous-allow-redirect >shown.yaml; echo shown; done`;
  const loop = new Shown(['bash', '-c', script, 'bash', ENVIRONMENT, tk], loops);
  const [times, loopTimes]: [number[], number[]] = [[], []];
  try {
    await shown.until((text) => text.includes(ENVIRONMENT));
    await delay(1000);
    for (let nth = 0; nth <= SAVES; nth += 1) {
      const before = performance.now();
      const value = saveOwn(nth);
      await shown.until((text) => text.includes(value));
      const between = performance.now();
      saveLoop(nth);
      await loop.until((text) => text.includes('shown'));
      const after = performance.now();
      // The first save warms both up.
      if (nth === 0) continue;
      times.push(between - before);
      loopTimes.push(after - between);
      await delay(100);
    }
  } finally {
    await Promise.all([shown.stop(), loop.stop()]);
  }
  const ratio = spread(times.map((time, nth) => (time - ALLOWANCE_MS) / (loopTimes[nth] ?? 0)));
  print(
    ratio.median <= 1,
    `save to shown, validated difference, less ${ALLOWANCE_MS} ms: ${inBrackets(ratio)} of inotifywait + tk show ` +
      `(${spread(times).median.toFixed(0)} against ${spread(loopTimes).median.toFixed(0)} ms, median of ${SAVES} saves), goal at most 1`,
  );
}

async function printAffected(root: string, tk: string): Promise<void> {
  const shared = path.join(root, 'lib', 'shared.libsonnet');
  writeFarm(root);
  // Counts how often tk renders.
  const log = path.join(root, 'renders.log');
  const wrapper = path.join(root, 'tk.sh');
  writeFileSync(
    wrapper,
    `#!/bin/sh\n[ "$1" = show ] && echo "$2" >>'${log}'\nexec '${tk}' "$@"\n`,
    { mode: 0o755 },
  );
  writeFileSync(log, '');
  const shown = preview(root, [], { TANKARD_TK: wrapper });
  try {
    let text = '';
    while (namedIn(text) < ENVIRONMENTS) text += await shown.until((one) => one !== '');
    writeFileSync(log, '');
    const before = performance.now();
    writeFileSync(shared, "'saved'");
    text = '';
    while (namedIn(text) < IMPORTERS) text += await shown.until((one) => one !== '');
    const time = performance.now() - before;
    await delay(2000);
    const renders = readFileSync(log, 'utf8').split('\n').length - 1;
    print(
      renders === IMPORTERS,
      `of ${ENVIRONMENTS} environments a save of a file that ${IMPORTERS} import renders ${renders} (shown after ${time.toFixed(0)} ms)`,
    );
    await printIdle(shown.child.pid ?? 0);
  } finally {
    await shown.stop();
  }
}

function writeFarm(root: string): void {
  mkdirSync(path.join(root, 'lib'), { recursive: true });
  mkdirSync(path.join(root, 'vendor'));
  writeFileSync(path.join(root, 'jsonnetfile.json'), '{"version":1,"dependencies":[]}');
  writeFileSync(path.join(root, 'lib', 'shared.libsonnet'), "'first'");
  for (let index = 0; index < ENVIRONMENTS; index += 1) {
    const folder = path.join(root, 'environments', `e${index}`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, 'spec.json'), SPEC);
    const value = index < IMPORTERS ? "import 'shared.libsonnet'" : `'${index}'`;
    writeFileSync(
      path.join(folder, 'main.jsonnet'),
      `{ a: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { a: ${value} } } }`,
    );
  }
}

/** How many environments a text names: those that a save did the same to share a line. */
function namedIn(text: string): number {
  return new Set(text.match(/\be\d+\b/g)).size;
}

async function printIdle(pid: number): Promise<void> {
  const before = cpuSeconds(pid);
  await delay(IDLE_SECONDS * 1000);
  const share = ((cpuSeconds(pid) - before) / IDLE_SECONDS) * 100;
  print(
    share < 1,
    `idle with ${ENVIRONMENTS} environments: ${share.toFixed(2)} % CPU over ${IDLE_SECONDS} s, goal below 1 %`,
  );
}

/** User and system time of a process. Source: proc(5), /proc/pid/stat, fields 14 and 15. */
function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  const ticks = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
  return (Number(fields[11]) + Number(fields[12])) / ticks;
}

async function printMemory(root: string): Promise<void> {
  const save = saver(writeProject(root));
  const shown = preview(root, [ENVIRONMENT]);
  const sizes: number[] = [];
  try {
    await shown.until((text) => text.includes(ENVIRONMENT));
    for (let nth = 0; nth < MANY_SAVES; nth += 1) {
      const value = save(nth);
      await shown.until((text) => text.includes(value));
      sizes.push(residentMiB(shown.child.pid ?? 0));
    }
  } finally {
    await shown.stop();
  }
  const window = Math.floor(MANY_SAVES / 10);
  const early = spread(sizes.slice(2 * window, 3 * window)).median;
  const late = spread(sizes.slice(-window)).median;
  print(
    late / early <= MOST_GROWTH,
    `memory over ${MANY_SAVES} saves: ${(late / early).toFixed(2)} of that after a fifth ` +
      `(${late.toFixed(0)} against ${early.toFixed(0)} MiB), goal at most ${MOST_GROWTH}`,
  );
}

function residentMiB(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]) / 1024;
}

function inBrackets({ median, lower, upper }: ReturnType<typeof spread>): string {
  return `${median.toFixed(2)} [${lower.toFixed(2)}, ${upper.toFixed(2)}]`;
}

function print(isMet: boolean, text: string): void {
  console.log(`${isMet ? 'met   ' : 'missed'}  ${text}`);
}
