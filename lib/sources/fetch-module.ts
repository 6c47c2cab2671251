import { mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '../finding/failure.ts';
import { downloadModule, verifiedFiles } from './go-module.ts';
import type { LockedModule } from './module-lock.ts';
import { KUBERNETES_MODULE, PINNED_MODULES } from './pinned-modules.ts';
import type { ModuleFiles, Reduction } from './reduction.ts';
import { isWholeStore, writeStore } from './schema-store.ts';

/** How a module is fetched. */
export interface FetchOptions {
  /** The folder for its schemas; its parent must exist. */
  readonly directory: string;
  /** Told what is done, a line at a time, without a newline. */
  readonly onProgress?: ((line: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

const WORK_PREFIX = '.fetch-';
const STALE_AFTER_MS = 60 * 60_000;

/**
 * Downloads a module, checks it against the lock and puts its schemas into a folder. What is there is replaced
 * only when it is not whole. The folder appears at once with all its files, so several processes can do this
 * at the same time and an interrupted one leaves nothing that is half.
 *
 * @throws Failure `tool` when it cannot be downloaded, `usage` when a checksum is wrong or the cache cannot be
 *   written, `interrupted` on abort.
 */
export async function fetchModule(locked: LockedModule, options: FetchOptions): Promise<void> {
  const { directory, onProgress, signal } = options;
  const parent = path.dirname(directory);
  onProgress?.(`fetching schemas: ${locked.module} ${locked.version}${sizeOf(locked)}`);
  await removeStale(parent);
  const work = await workDirectory(parent);
  try {
    const downloaded = await downloadModule(locked.module, locked.version, {
      workDirectory: path.join(work, 'go'),
      cacheFolder: parent,
      signal,
    });
    const files = verifiedFiles(locked, downloaded);
    const made = path.join(work, 'store');
    await writeStore(made, await reduce(locked, files));
    await install(made, directory, work);
  } finally {
    await rm(work, { recursive: true, force: true, maxRetries: 2 });
  }
}

function sizeOf(locked: LockedModule): string {
  const pinned = PINNED_MODULES.find(
    ({ module, version }) => module === locked.module && version === locked.version,
  );
  return pinned === undefined ? '' : ` (${pinned.megabytes} MB)`;
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

/** Only one of the two is loaded, when it is needed: each brings what no other command needs. */
async function reduce(locked: LockedModule, files: ModuleFiles): Promise<Reduction> {
  if (locked.module === KUBERNETES_MODULE)
    return (await import('./reduce-kubernetes.ts')).reduceKubernetes(files);
  return (await import('./reduce-crds.ts')).reduceCrds(files);
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
