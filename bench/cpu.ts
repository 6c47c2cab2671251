import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execFileAsync = promisify(execFile);

/** A command and the folder it runs in. */
export interface Command {
  readonly cwd: string;
  readonly argv: readonly string[];
}

/**
 * CPU time, user and system, of a command and of all processes it waits for.
 *
 * @returns milliseconds, as bash's `time` measures them.
 * @throws when the command fails: a failing command is no measurement.
 */
export async function cpuMs({ cwd, argv }: Command): Promise<number> {
  const script = 'TIMEFORMAT="%3U %3S"; { time "$@" >/dev/null 2>/dev/null; } 2>&1';
  const { stdout } = await execFileAsync('bash', ['-ec', script, 'bash', ...argv], { cwd });
  const [user = Number.NaN, system = Number.NaN] = stdout.trim().split(' ').map(Number);
  return (user + system) * 1000;
}

/** The middle of some measurements, and the half of them that lies around it. */
export interface Spread {
  readonly median: number;
  readonly lower: number;
  readonly upper: number;
}

/** Median and quartiles. */
export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((left, right) => left - right);
  const at = (share: number): number =>
    sorted[Math.round((sorted.length - 1) * share)] ?? Number.NaN;
  return { median: at(0.5), lower: at(0.25), upper: at(0.75) };
}
