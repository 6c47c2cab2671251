import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '../finding/failure.ts';

/** Holds the process id of the import that writes; relative to the project root. */
const TURN_FILE = '.tankard/import.pid';

/**
 * Runs what writes the files of a project, while no other import does.
 *
 * @param root project root, absolute.
 * @throws Failure `usage` when another import writes now, or the project cannot be written; whatever `write` throws.
 */
export async function inTurn(root: string, write: () => Promise<void>): Promise<void> {
  const file = path.join(root, TURN_FILE);
  if (!take(file)) {
    if (isRunning(file)) throw busy();
    // Left by an import that was killed.
    rmSync(file, { force: true });
    if (!take(file)) throw busy();
  }
  try {
    await write();
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

function busy(): Failure {
  return new Failure('usage', 'another tankard import is writing to this project', {
    hint: `Nothing was written. Run it again when that one is done; if none runs, delete ${TURN_FILE}.`,
  });
}
