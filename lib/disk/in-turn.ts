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
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw new Failure('usage', `cannot write ${file}: ${(cause as Error).message}`, { cause });
  }
}

function isRunning(file: string): boolean {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    // Empty for the moment between making and filling it.
    return pid === 0 || process.kill(pid, 0);
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'EPERM';
  }
}
