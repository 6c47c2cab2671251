import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { Command } from './cpu.ts';

const SAMPLE_MS = 50;

/**
 * Memory of a command and all that it starts, sampled while it runs. Linux only.
 *
 * @returns the largest sum of what was resident at one time, in MiB.
 * @throws when the command fails.
 */
export async function peakMiB({ cwd, argv }: Command): Promise<number> {
  const [program = '', ...args] = argv;
  const child = spawn(program, args, { cwd, stdio: 'ignore' });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('exit', resolve);
    child.once('error', reject);
  });
  let peak = 0;
  while (child.exitCode === null && child.signalCode === null) {
    peak = Math.max(peak, residentMiB(child.pid ?? 0));
    await delay(SAMPLE_MS);
  }
  if ((await ended) !== 0) throw new Error(`failed: ${argv.join(' ')}`);
  return peak;
}

/** Source: proc(5): the fourth field of stat is the parent, VmRSS in status what is resident, in KiB. */
function residentMiB(root: number): number {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc').filter((one) => /^\d+$/.test(one)))
    parents.set(Number(name), Number(read(`/proc/${name}/stat`).split(') ')[1]?.split(' ')[1]));
  const isBelow = (pid: number): boolean =>
    pid === root || (parents.has(pid) && pid > 1 && isBelow(parents.get(pid) ?? 0));
  const kibibytes = [...parents.keys()]
    .filter(isBelow)
    .map((pid) => Number(/^VmRSS:\s+(\d+)/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0));
  return kibibytes.reduce((sum, one) => sum + one, 0) / 1024;
}

/** A process may end at any time. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
