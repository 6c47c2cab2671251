import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseManifests } from '../lib/manifest/parse-manifests.ts';
import { openUpstream } from '../lib/sources/upstream.ts';
import { findKubeconform } from '../test/agreement/find-kubeconform.ts';
import { writeSchemas } from '../test/agreement/kubeconform.ts';
import { ROOT } from '../scripts/steps.ts';
import { cpuMs, spread, type Command } from './cpu.ts';
import type { Goal } from './goal.ts';
import { CORPUS_KINDS, writeManifestCorpus } from './manifest-corpus.ts';

const PROGRAM = path.join(ROOT, 'dist/cli/main.cjs');
const SIZES = [100, 1000, 10_000] as const;
const MOST_MIB = 300;
/** What each manifest beyond the first thousand may cost, of what each up to the first thousand does. */
const MOST_GROWTH = 1.25;

/** Files of manifests in three sizes, and how they are validated. */
export interface ValidationBench {
  readonly goals: readonly Goal[];
  /** Measures memory and growth, and prints both as met or missed. */
  printRest(rounds: number): Promise<void>;
}

/**
 * `tankard validate --manifests` with all its rules against `kubeconform -strict`, on the same files and schemas.
 *
 * @param project folder to write to.
 */
export async function validationBench(project: string): Promise<ValidationBench> {
  const folders = SIZES.map((size) => path.join(project, `manifests-${size}`));
  const sizes = folders.map((folder, index) => writeManifestCorpus(folder, SIZES[index] ?? 0));
  const commands = folders.map(validate);
  const last = folders.at(-1) ?? '';
  for (const folder of folders) assertClean(folder);
  const printRest = async (rounds: number): Promise<void> => {
    printPeak(last, project);
    await printGrowth(commands, rounds);
  };
  const found = await findKubeconform();
  if ('missing' in found) {
    console.log(`not measured: validation against kubeconform (${found.missing})`);
    return { goals: [], printRest };
  }
  const location = await corpusSchemas(path.join(project, 'schemas'), folders[0] ?? '');
  const argv = [found.file, '-strict', '-schema-location', location, last];
  const megabytes = ((sizes.at(-1) ?? 0) / 1e6).toFixed(1);
  const goal = {
    name: `validate --manifests, 10,000 manifests of ${CORPUS_KINDS} kinds, ${megabytes} MB`,
    measured: commands.at(-1) ?? validate(last),
    against: [{ cwd: ROOT, argv }],
    alternative: 'kubeconform -strict',
    atMost: 0.4,
  };
  return { goals: [goal], printRest };
}

function validate(folder: string): Command {
  return { cwd: ROOT, argv: [process.execPath, PROGRAM, 'validate', '--manifests', folder] };
}

/** What finds nothing and what finds much cost differently; and kubeconform must be held to the same. */
function assertClean(folder: string): void {
  const [program = '', ...args] = validate(folder).argv;
  const text = execFileSync(program, args, { cwd: ROOT, encoding: 'utf8' });
  if (!text.trim().endsWith(' 0 errors, 0 warnings'))
    throw new Error(`not clean:\n${text.slice(0, 2000)}`);
}

async function corpusSchemas(directory: string, folder: string): Promise<string> {
  mkdirSync(directory);
  const upstream = await openUpstream({ kubernetes: '1.34' });
  const manifests = parseManifests(readFileSync(path.join(folder, '000000.yaml'), 'utf8'));
  const kinds = manifests.slice(0, CORPUS_KINDS).map(({ resource }) => {
    const kind = upstream.kind(resource.apiVersion, resource.kind);
    if (kind === undefined) throw new Error(`no schema for ${resource.kind}`);
    return kind;
  });
  const loaded = kinds.map(async (kind) => ({ kind, schema: await upstream.loadSchema(kind) }));
  return writeSchemas(directory, await Promise.all(loaded));
}

function printPeak(folder: string, project: string): void {
  const file = path.join(project, 'peak');
  const [program = '', ...args] = validate(folder).argv;
  execFileSync(program, ['--require', path.join(ROOT, 'bench/print-peak.cjs'), ...args], {
    cwd: ROOT,
    env: { ...process.env, TANKARD_BENCH_PEAK: file },
  });
  const mebibytes = Number(readFileSync(file, 'utf8')) / 1024;
  const verdict = mebibytes <= MOST_MIB ? 'met   ' : 'missed';
  console.log(
    `${verdict}  the same, peak memory: ${mebibytes.toFixed(0)} MiB, goal at most ${MOST_MIB}`,
  );
}

/** The start of the program costs the same for any number, so the differences are compared. */
async function printGrowth(commands: readonly Command[], rounds: number): Promise<void> {
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const small = await cpuMs(commands[0] as Command);
    const middle = await cpuMs(commands[1] as Command);
    const large = await cpuMs(commands[2] as Command);
    ratios.push((large - middle) / 9000 / ((middle - small) / 900));
  }
  const { median, lower, upper } = spread(ratios);
  const verdict = median <= MOST_GROWTH ? 'met   ' : 'missed';
  console.log(
    `${verdict}  the same, CPU for each manifest from 1,000 to 10,000: ${median.toFixed(2)} ` +
      `[${lower.toFixed(2)}, ${upper.toFixed(2)}] of that from 100 to 1,000, goal at most ${MOST_GROWTH}`,
  );
}
