/**
 * `npm run bench`: each goal as met or missed. CPU time (user and system, with all child processes), the command and
 * its alternative in turn, in one run; the ratio of each round counts, so that what slows down both cancels out. The
 * preview is measured by the clock. `npm run bench -- preview` measures it alone, `npm run bench -- scale` many environments.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setUp } from '../scripts/set-up.ts';
import { ROOT } from '../scripts/steps.ts';
import { cpuMs, spread, type Command } from './cpu.ts';
import type { Goal } from './goal.ts';
import {
  LIBRARY_ENVIRONMENTS,
  writeImportProject,
  writeLibraryProject,
} from './library-project.ts';
import { writeMixinProject } from './mixin-project.ts';
import { validationBench } from './validation.ts';
import { previewBench } from './preview.ts';
import { scaleBench } from './scale.ts';
import { DOWNLOAD_COMMAND, obtainK8sLibsonnet } from '../test/library/k8s-libsonnet.ts';

const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 21);

const only = process.argv[2];

const tk = (await setUp(['tk', 'jb'])).get('tk') ?? 'tk';
const project = mkdtempSync(path.join(os.tmpdir(), 'tankard-bench-'));
try {
  if (only === undefined) {
    writeMixinProject(project, [1, 100]);
    assertSameOutput(1);
    assertSameOutput(100);
    const validation = await validationBench(project);
    await printGoals([...goals(), ...validation.goals, ...(await libraryGoals())]);
    await validation.printRest(Math.min(ROUNDS, 5));
  }
  if (only !== 'scale') await previewBench(path.join(project, 'preview'), tk);
  if (only !== 'preview') await scaleBench(path.join(project, 'scale'), tk);
} finally {
  rmSync(project, { recursive: true, force: true });
}

function goals(): Goal[] {
  const node = { cwd: ROOT, argv: [process.execPath, '-e', '0'] };
  const tankard = (...args: string[]): Command => ({
    cwd: ROOT,
    argv: [process.execPath, 'dist/cli/main.cjs', ...args],
  });
  const validate = ['eks-irsa', 'gke-workload-identity', 'istio-tls', 'reflector-pull-secret'].map(
    (name): Goal => ({
      name: `validate environments/${name}`,
      measured: tankard('validate', `environments/${name}`),
      against: [show(ROOT, `environments/${name}`), node],
      alternative: 'tk show + node -e 0',
      atMost: 2,
    }),
  );
  const mixins = [1, 100].map((count): Goal => ({
    name: `tk show, ${4 * count} objects by mixins`,
    measured: show(project, `environments/mixins-${count}`),
    against: [show(project, `environments/raw-${count}`)],
    alternative: 'the same objects written raw',
    atMost: 1.15,
  }));
  const start = {
    name: 'tankard --version',
    measured: tankard('--version'),
    against: [node],
    alternative: 'node -e 0',
    atMost: 1.5,
  };
  return [...validate, ...mixins, start];
}

/** The typed libraries against k8s-libsonnet, for the same Kubernetes. */
async function libraryGoals(): Promise<Goal[]> {
  const { jpath, missing } = await obtainK8sLibsonnet();
  if (jpath === undefined) {
    console.log(`not measured: typed libraries, since there is no k8s-libsonnet (${missing})`);
    console.log(`  ${DOWNLOAD_COMMAND}`);
    return [];
  }
  const cwd = path.join(project, 'library');
  mkdirSync(cwd);
  writeLibraryProject(cwd, jpath);
  const { typed, k8sLibsonnet, manyTyped, manyRaw } = LIBRARY_ENVIRONMENTS;
  assertSame(cwd, typed, k8sLibsonnet);
  assertSame(cwd, manyTyped, manyRaw);
  const rival = show(cwd, k8sLibsonnet);
  const alternative = 'k8s-libsonnet 1.30';
  const imports = [
    ['k8s@1.30', 25],
    ['istio', 8],
  ] as const;
  return [
    {
      name: 'tk show, 3 objects by the typed library',
      measured: show(cwd, typed),
      against: [rival],
      alternative,
      atMost: 0.5,
    },
    {
      name: 'tk show, 2000 objects by the typed library',
      measured: show(cwd, manyTyped),
      against: [show(cwd, manyRaw)],
      alternative: 'the same objects written raw',
      atMost: 1.15,
    },
    {
      name: 'tk lint, 3 objects by the typed library',
      measured: lint(cwd, typed),
      against: [lint(cwd, k8sLibsonnet)],
      alternative,
      atMost: 1,
    },
    ...imports.map(([source, atMost]): Goal => {
      const root = path.join(project, `import-${source}`);
      const { argv, before } = writeImportProject(root, source);
      return {
        name: `tankard import, ${source}`,
        measured: { cwd: root, argv },
        before,
        against: [rival],
        alternative: `tk show of 3 objects by ${alternative}`,
        atMost,
      };
    }),
  ];
}

function show(cwd: string, environment: string): Command {
  return { cwd, argv: [tk, 'show', environment, '--dangerous-allow-redirect'] };
}

function lint(cwd: string, environment: string): Command {
  return { cwd, argv: [tk, 'lint', environment] };
}

function assertSameOutput(count: number): void {
  assertSame(project, `environments/mixins-${count}`, `environments/raw-${count}`);
}

function assertSame(cwd: string, ...environments: readonly [string, string]): void {
  const [one, other] = environments.map((environment) =>
    execFileSync(tk, ['show', environment, '--dangerous-allow-redirect'], {
      cwd,
      encoding: 'utf8',
      maxBuffer: 2 ** 27,
    }),
  );
  if (one !== other) throw new Error(`${environments.join(' and ')} do not render the same`);
}

async function printGoals(all: readonly Goal[]): Promise<void> {
  console.log(`CPU time, median of ${ROUNDS} rounds; quartiles of the ratio in brackets`);
  for (const goal of all) {
    const ratios: number[] = [];
    const measured: number[] = [];
    const against: number[] = [];
    // The first round warms the caches and does not count.
    for (let round = 0; round <= ROUNDS; round += 1) {
      goal.before?.();
      const own = await cpuMs(goal.measured);
      let other = 0;
      for (const command of goal.against) other += await cpuMs(command);
      if (round === 0) continue;
      measured.push(own);
      against.push(other);
      ratios.push(own / other);
    }
    const ratio = spread(ratios);
    const verdict = ratio.median <= goal.atMost ? 'met   ' : 'missed';
    console.log(
      `${verdict}  ${goal.name}: ${ratio.median.toFixed(2)} [${ratio.lower.toFixed(2)}, ${ratio.upper.toFixed(2)}] ` +
        `of ${goal.alternative} (${spread(measured).median.toFixed(0)} against ${spread(against).median.toFixed(0)} ms), ` +
        `goal at most ${goal.atMost}`,
    );
  }
}
