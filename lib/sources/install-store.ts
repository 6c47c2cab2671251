import { rename } from 'node:fs/promises';
import path from 'node:path';
import type { Reduction } from './reduction.ts';
import { isWholeStore, writeStore } from './schema-store.ts';
import { inWorkDirectory } from './work-directory.ts';

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
  await inWorkDirectory(path.dirname(directory), async (work) => {
    const made = path.join(work, 'store');
    await writeStore(made, await make(work));
    await install(made, directory, work);
  });
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
