import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '../finding/failure.ts';

const PREFIX = '.fetch-';
const STALE_AFTER_MS = 60 * 60_000;

/**
 * Runs something in a folder of its own, which is removed afterwards; and those with it that a killed process left
 * behind more than an hour ago.
 *
 * @param parent where the folder is made, so that what is made in it can be moved.
 * @throws Failure `usage` when the folder cannot be made; and what `use` throws.
 */
export async function inWorkDirectory<Result>(
  parent: string,
  use: (work: string) => Promise<Result>,
): Promise<Result> {
  await removeStale(parent);
  const work = await makeDirectory(parent);
  try {
    return await use(work);
  } finally {
    await rm(work, { recursive: true, force: true, maxRetries: 2 });
  }
}

async function makeDirectory(parent: string): Promise<string> {
  try {
    return await mkdtemp(path.join(parent, PREFIX));
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

/** A process that was killed could not remove its work folder, which may be 150 MB. */
async function removeStale(parent: string): Promise<void> {
  const names = await readdir(parent).catch(() => []);
  for (const name of names.filter((each) => each.startsWith(PREFIX))) {
    const folder = path.join(parent, name);
    const age = Date.now() - (await stat(folder).catch(() => ({ mtimeMs: Date.now() }))).mtimeMs;
    if (age > STALE_AFTER_MS)
      await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}
