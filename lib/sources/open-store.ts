import path from 'node:path';
import { Failure } from '../finding/failure.ts';
import { readStore, type StoreIndex } from './schema-store.ts';

/** How a store is fetched. */
export interface FetchOptions {
  /** The folder for its schemas; its parent must exist. */
  readonly directory: string;
  /** Told what is done, a line at a time, without a newline. */
  readonly onProgress?: ((line: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Something that is pinned and has a folder of schemas in the cache. */
export interface PinnedStore {
  /** The Go module, or the source of an import, as messages name it. */
  readonly name: string;
  /** The version of the module; empty for other sources. */
  readonly version: string;
  /** Name of the folder: another content has another. */
  readonly folder: string;
  /** Makes the folder, and replaces a damaged one. */
  readonly fetch: (options: FetchOptions) => Promise<void>;
}

/** A folder of schemas that is there. */
export interface Store {
  readonly pinned: PinnedStore;
  /** Absolute. */
  readonly directory: string;
  readonly index: StoreIndex;
}

/** Where stores are, and what they are told when something is fetched. */
export type StoreOptions = Omit<FetchOptions, 'directory'> & {
  /** The folder that holds the stores. */
  readonly parent: string;
};

/**
 * Opens a store. It is fetched when the cache lacks or has damaged it.
 *
 * @throws Failure what fetching throws; `usage` when what was fetched cannot be read.
 */
export async function openStore(pinned: PinnedStore, options: StoreOptions): Promise<Store> {
  const directory = path.join(options.parent, pinned.folder);
  const found = readStore(directory);
  if (typeof found !== 'string') return { pinned, directory, index: found };
  if (found === 'damaged') reportDamage(pinned, directory, options);
  await pinned.fetch({ ...options, directory });
  const index = readStore(directory);
  if (typeof index === 'string') throw unreadable(pinned, directory);
  return { pinned, directory, index };
}

/** Fetches a store again of which a file turned out to be damaged. */
export async function repairStore(store: Store, options: StoreOptions): Promise<void> {
  reportDamage(store.pinned, store.directory, options);
  await store.pinned.fetch({ ...options, directory: store.directory });
}

/** The failure of a store that is damaged though it was just made. */
export function unreadable(pinned: PinnedStore, directory: string): Failure {
  return new Failure(
    'usage',
    `the schemas of ${nameOf(pinned)} were fetched, but cannot be read in ${directory}`,
    { hint: 'Remove that folder and run again, or set TANKARD_CACHE to another folder.' },
  );
}

function reportDamage(pinned: PinnedStore, directory: string, { onProgress }: StoreOptions): void {
  onProgress?.(`schemas in the cache are damaged: ${nameOf(pinned)} in ${directory}`);
}

function nameOf({ name, version }: PinnedStore): string {
  return version === '' ? name : `${name} ${version}`;
}
