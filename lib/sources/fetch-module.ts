import path from 'node:path';
import { type DownloadedModule, downloadModule, verifiedFiles } from './go-module.ts';
import { installStore } from './install-store.ts';
import type { LockedModule } from './module-lock.ts';
import type { FetchOptions } from './open-store.ts';
import { KUBERNETES_MODULE, PINNED_MODULES } from './pinned-modules.ts';
import type { ModuleFiles, Reduction } from './reduction.ts';

/** A module is fetched for a lock. */
export interface FetchModuleOptions extends FetchOptions {
  /** The file that pins the module, as messages name it. */
  readonly lockFile: string;
}

/**
 * Downloads a module, checks it against the lock and puts its schemas into a folder.
 *
 * @throws Failure `tool` when it cannot be downloaded, `usage` when a checksum is wrong or the cache cannot be
 *   written, `interrupted` on abort.
 */
export async function fetchModule(
  locked: LockedModule,
  options: FetchModuleOptions,
): Promise<void> {
  const { directory, onProgress, signal, lockFile } = options;
  onProgress?.(`fetching schemas: ${locked.module} ${locked.version}${sizeOf(locked)}`);
  await installStore(directory, async (work) => {
    const downloaded = await downloadModule(locked.module, locked.version, {
      workDirectory: path.join(work, 'go'),
      cacheFolder: path.dirname(directory),
      signal,
      // Others may be private, and nobody is to learn their names.
      withoutGo: PINNED_MODULES.some(({ module }) => module === locked.module),
    });
    return reduceModule(locked, downloaded, lockFile);
  });
}

/**
 * Checks a module as downloaded against the lock, and reads its schemas.
 *
 * @throws Failure `usage` when a checksum is wrong or a file is not what it should be.
 */
export async function reduceModule(
  locked: LockedModule,
  downloaded: DownloadedModule,
  lockFile: string,
): Promise<Reduction> {
  const files = verifiedFiles(locked, downloaded, lockFile);
  // Only one of the two is loaded, when it is needed: each brings what no other command needs.
  if (locked.module === KUBERNETES_MODULE)
    return (await import('./reduce-kubernetes.ts')).reduceKubernetes(files);
  const { readCrds } = await import('./read-crds.ts');
  const from = `${locked.module}@${locked.version}`;
  return readCrds(texts(files, from), from).reduction;
}

function texts(files: ModuleFiles, from: string): Map<string, string> {
  return new Map([...files].map(([file, bytes]) => [`${from}:${file}`, bytes.toString('utf8')]));
}

function sizeOf(locked: LockedModule): string {
  const pinned = PINNED_MODULES.find(
    ({ module, version }) => module === locked.module && version === locked.version,
  );
  return pinned === undefined ? '' : ` (${pinned.megabytes} MB)`;
}
