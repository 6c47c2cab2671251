import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '../finding/failure.ts';

/**
 * Runs what writes, while no other process does that uses the same file.
 *
 * @param file holds the id of the process that writes; absolute. It goes in the end.
 * @param busy what is thrown when another process writes now.
 * @throws Failure `usage` when the file cannot be written; `busy()`; whatever `write` throws.
 */
export async function inTurn<Result>(
  file: string,
  busy: () => Failure,
  write: () => Promise<Result>,
): Promise<Result> {
  if (!take(file)) {
    if (isRunning(file)) throw busy();
    // Left by a process that was killed.
    rmSync(file, { force: true });
    if (!take(file)) throw busy();
  }
  try {
    return await write();
  } finally {
    rmSync(file, { force: true });
  }
}

function take(file: string): boolean {
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, `${process.pid} ${startOf(process.pid)}`, { flag: 'wx' });
    return true;
  } catch (cause) {
    const { code, syscall } = cause as NodeJS.ErrnoException;
    // Making its folder says the same where a file stands in the place of that.
    if (code === 'EEXIST' && syscall === 'open') return false;
    throw new Failure('usage', `cannot write ${file}: ${(cause as Error).message}`, { cause });
  }
}

function isRunning(file: string): boolean {
  try {
    const [pid, start = ''] = readFileSync(file, 'utf8').split(' ');
    // Empty for the moment between making and filling it.
    if (pid === '') return true;
    return process.kill(Number(pid), 0) && (start === '' || start === startOf(Number(pid)));
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * When a process was started, which tells it from another one with its id: in containers a killed process and the one that does
 * its work again have the same. Source: proc_pid_stat(5), field 22.
 *
 * @returns empty where the system does not tell.
 */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name of the program, in parentheses, may have spaces.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}
