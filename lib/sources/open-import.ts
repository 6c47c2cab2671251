import { cacheDirectory } from '../disk/cache.ts';
import type { ApiSchemas } from './api-schemas.ts';
import { parseImportSource } from './import-source.ts';
import type { LockedImport } from './locked-import.ts';
import { openStore, type Store, type StoreOptions } from './open-store.ts';
import { importStores } from './pinned-stores.ts';
import { readApi } from './read-api.ts';

/** Where schemas are read from and kept, and what is told meanwhile. */
export interface SourceOptions {
  /** The project root, absolute: files are named from it. */
  readonly root: string;
  /** Told what is fetched or passed over, a line at a time, without a newline. */
  readonly onProgress?: ((line: string) => void) | undefined;
  /** Stops a download. */
  readonly signal?: AbortSignal | undefined;
  /** Where the schemas are kept. @default `schemas` in the cache */
  readonly cacheDirectory?: string | undefined;
}

/**
 * The schemas of a pinned import: from the cache, without a network; what the cache lacks is fetched again. Files of
 * the project are read each time. All that is read must match the lock.
 *
 * @throws ChangedSource (a Failure `usage`) when a file of the project is another than the lock pins; Failure `usage`
 *   for anything else that is, `tool` when something is to be fetched and cannot be, `interrupted` on abort.
 */
export async function openImport(
  locked: LockedImport,
  options: SourceOptions,
): Promise<ApiSchemas> {
  await checkFiles(locked, options.root);
  const stores: Store[] = [];
  const places = storeOptions(options);
  for (const pinned of importStores(locked, options.root))
    stores.push(await openStore(pinned, places));
  return readApi(stores, places);
}

/** The options of stores for those of sources. */
export function storeOptions({ onProgress, signal, ...options }: SourceOptions): StoreOptions {
  return { parent: options.cacheDirectory ?? cacheDirectory('schemas'), onProgress, signal };
}

/**
 * Compares the files of a project with those that an import pins; of other sources nothing is compared.
 *
 * @throws ChangedSource when one is new, gone or another.
 */
export async function checkFiles(locked: LockedImport, root: string): Promise<void> {
  const source = parseImportSource(locked.source);
  if (source.type !== 'files') return;
  const { checkProjectFiles } = await import('./project-files.ts');
  await checkProjectFiles(root, source.path, locked.files ?? []);
}
