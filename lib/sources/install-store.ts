import { mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '../finding/failure.ts';
import type { Reduction } from './reduction.ts';
import { isWholeStore, writeStore } from './schema-store.ts';

const WORK_PREFIX = '.fetch-';
const STALE_AFTER_MS = 60 * 60_000;

/**
 * Makes a folder of schemas. What is there is replaced only when it is not whole. The folder appears at once with
 * all its files, so several processes can do this at the same time and an interrupted one leaves nothing that is
 * half.
 *
 * @param directory its parent must exist.
 * @param make gets a folder to work in, which is removed afterwards, and gives what is to be kept.
 * @throws Failure `usage` when the cache cannot be written; and what `make` throws.
 */
export async function installStore(
  directory: string,
  make: (work: string) => Reduction | Promise<Reduction>,
): Promise<void> {
  const parent = path.dirname(directory);
  await removeStale(parent);
  const work = await workDirectory(parent);
  try {
    const made = path.join(work, 'store');
    await writeStore(made, await make(work));
    await install(made, directory, work);
  } finally {
    await rm(work, { recursive: true, force: true, maxRetries: 2 });
  }
}

async function workDirectory(parent: string): Promise<string> {
  try {
    return await mkdtemp(path.join(parent, WORK_PREFIX));
  } catch (cause) {
    throw new Failure(
      'usage',
      `cannot write to the cache folder ${parent}: ${(cause as Error).message}`,
      {
        hint: 'Make it writable, or set TANKARD_CACHE to a folder that is.',
        cause,
      },
    );
  }
}

async function install(made: string, directory: string, work: string): Promise<void> {
  // Another process may have been faster. What it put there is the same, and may be in use.
  if (await isWholeStore(directory)) return;
  await rename(directory, path.join(work, 'damaged')).catch(ignoreMissing);
  try {
    await rename(made, directory);
  } catch (error) {
    if (!(await isWholeStore(directory))) throw error;
  }
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}

/** A process that was killed could not remove its work folder, which may be 150 MB. */
async function removeStale(parent: string): Promise<void> {
  const names = await readdir(parent).catch(() => []);
  for (const name of names.filter((each) => each.startsWith(WORK_PREFIX))) {
    const folder = path.join(parent, name);
    const age = Date.now() - (await stat(folder).catch(() => ({ mtimeMs: Date.now() }))).mtimeMs;
    if (age > STALE_AFTER_MS)
      await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}
