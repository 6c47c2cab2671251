import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { temporaryDirectory } from '../tools/fake-program.ts';
import { fakeTk } from './tankard.ts';

/**
 * A tk that never ends.
 *
 * @returns `env`: the variables that make the program run it. `pids`: waits until it runs, and gives its process id and
 *   that of its child.
 */
export async function hangingTk() {
  const file = path.join(await temporaryDirectory(), 'pids');
  const env = await fakeTk(
    'sleep 300 &',
    `echo "$$ $!" > '${file}.new'; mv '${file}.new' '${file}'`,
    'wait',
  );
  const pids = async (): Promise<number[]> => {
    while (!existsSync(file)) await sleep(20);
    return (await readFile(file, 'utf8')).trim().split(' ').map(Number);
  };
  return { env, pids };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    if (process.platform !== 'linux') return true;
    // A process that has ended and that nobody has waited for still has an entry, as a zombie.
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

/** Waits until all processes have ended. */
export async function allEnd(pids: readonly number[]): Promise<boolean> {
  for (let tries = 0; tries < 50 && pids.some(isAlive); tries++) await sleep(100);
  return !pids.some(isAlive);
}
