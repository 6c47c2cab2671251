import path from 'node:path';
import { cacheDirectory } from '../disk/cache.ts';
import { Failure } from '../finding/failure.ts';
import { type LockedModule, type ModuleLock, moduleKey, readModuleLock } from './module-lock.ts';
import {
  DEFAULT_KUBERNETES,
  KUBERNETES_MODULE,
  KUBERNETES_VERSIONS,
  minorOf,
} from './pinned-modules.ts';
import { REDUCTION_VERSION, type ReducedSchema } from './reduction.ts';
import { readStore, readStoredSchema, type StoredFile, type StoreIndex } from './schema-store.ts';
import { OBJECT_META, type UpstreamKind, type UpstreamSchema } from './upstream-schema.ts';

export { DEFAULT_KUBERNETES, KUBERNETES_VERSIONS } from './pinned-modules.ts';
export type { UpstreamKind, UpstreamSchema } from './upstream-schema.ts';

/** The kinds of one Kubernetes version and of the controllers whose CRDs Tankard knows. */
export interface Upstream {
  /** The Kubernetes version, such as `1.37`. */
  readonly kubernetes: string;
  /** The kind of that name, or undefined when no schema is known for it. */
  kind(apiVersion: string, kind: string): UpstreamKind | undefined;
  /** All kinds, by apiVersion and kind in code point order. */
  kinds(): readonly UpstreamKind[];
  /**
   * The schema of a kind that this `Upstream` gave.
   *
   * @throws Failure when the cache is damaged and cannot be mended.
   */
  loadSchema(kind: UpstreamKind): Promise<UpstreamSchema>;
}

/** Which schemas are opened, and how they are obtained. */
export interface UpstreamOptions {
  /** One of {@link KUBERNETES_VERSIONS}. @default DEFAULT_KUBERNETES */
  readonly kubernetes?: string;
  /** Told what is fetched, a line at a time, without a newline. */
  readonly onProgress?: (line: string) => void;
  /** Stops a download. */
  readonly signal?: AbortSignal;
  /** Which modules are read. @default the lock in Tankard's package */
  readonly lock?: ModuleLock;
  /** Where the schemas are kept. @default `schemas` in the cache */
  readonly directory?: string;
}

interface Store {
  readonly locked: LockedModule;
  readonly directory: string;
  index: StoreIndex;
}

interface Entry {
  readonly kind: UpstreamKind;
  readonly store: Store;
  readonly file: StoredFile;
}

/**
 * Opens the upstream schemas. What the cache lacks, or has damaged, is fetched first, with Go; after that no
 * network and no Go are needed.
 *
 * @throws Failure `usage` for a Kubernetes version that is not known or a wrong checksum, `tool` when
 *   something is to be fetched and cannot be, `interrupted` on abort.
 */
export async function openUpstream(options: UpstreamOptions = {}): Promise<Upstream> {
  const kubernetes = options.kubernetes ?? DEFAULT_KUBERNETES;
  checkVersion(kubernetes);
  const lock = options.lock ?? readModuleLock();
  const parent = options.directory ?? cacheDirectory('schemas');
  const stores: Store[] = [];
  for (const locked of lock.modules)
    if (locked.module !== KUBERNETES_MODULE || minorOf(locked.version) === kubernetes)
      stores.push(await openStore(locked, parent, options));
  return new StoredUpstream(kubernetes, stores, options);
}

function checkVersion(kubernetes: string): void {
  if (KUBERNETES_VERSIONS.includes(kubernetes)) return;
  throw new Failure('usage', `there are no schemas for Kubernetes ${JSON.stringify(kubernetes)}`, {
    hint: `Known versions: ${KUBERNETES_VERSIONS.join(', ')}.`,
  });
}

async function openStore(
  locked: LockedModule,
  parent: string,
  options: UpstreamOptions,
): Promise<Store> {
  const directory = path.join(parent, folderName(locked));
  let index = readStore(directory);
  if (typeof index === 'string') {
    await refetch(locked, directory, options, index);
    index = readStore(directory);
  }
  if (typeof index === 'string') throw unreadable(locked, directory);
  return { locked, directory, index };
}

function folderName(locked: LockedModule): string {
  const slug = locked.module.replace(/[^A-Za-z0-9.-]+/g, '_');
  return `${slug}@${locked.version}-${moduleKey(locked)}.${REDUCTION_VERSION}`;
}

async function refetch(
  locked: LockedModule,
  directory: string,
  options: UpstreamOptions,
  reason: 'missing' | 'damaged',
): Promise<void> {
  const { onProgress, signal } = options;
  if (reason === 'damaged')
    onProgress?.(
      `schemas in the cache are damaged: ${locked.module} ${locked.version} in ${directory}`,
    );
  // Loaded only here: with all schemas in the cache, nothing of what downloading takes is needed.
  const { fetchModule } = await import('./fetch-module.ts');
  await fetchModule(locked, { directory, onProgress, signal });
}

function unreadable(locked: LockedModule, directory: string): Failure {
  return new Failure(
    'usage',
    `the schemas of ${locked.module} ${locked.version} were fetched, but cannot be read in ${directory}`,
    { hint: 'Remove that folder and run again, or set TANKARD_CACHE to another folder.' },
  );
}

class StoredUpstream implements Upstream {
  readonly kubernetes: string;
  readonly #options: UpstreamOptions;
  readonly #entries = new Map<string, Entry>();
  readonly #objectMeta: { store: Store; file: StoredFile } | undefined;
  readonly #repairs = new Map<Store, Promise<void>>();

  constructor(kubernetes: string, stores: readonly Store[], options: UpstreamOptions) {
    this.kubernetes = kubernetes;
    this.#options = options;
    for (const store of stores) {
      const file = store.index.objectMeta;
      if (file !== undefined) this.#objectMeta = { store, file };
    }
    for (const store of stores)
      for (const { file, sha256, ...identity } of store.index.kinds) {
        const kind = { ...identity, ...this.#origin(store, sha256) };
        this.#entries.set(key(kind.apiVersion, kind.kind), { kind, store, file: { file, sha256 } });
      }
  }

  kind(apiVersion: string, kind: string): UpstreamKind | undefined {
    return this.#entries.get(key(apiVersion, kind))?.kind;
  }

  kinds(): readonly UpstreamKind[] {
    const keys = [...this.#entries.keys()].sort();
    return keys.flatMap((each) => this.#entries.get(each)?.kind ?? []);
  }

  async loadSchema(kind: UpstreamKind): Promise<UpstreamSchema> {
    const entry = this.#entries.get(key(kind.apiVersion, kind.kind));
    if (entry === undefined)
      throw new Error(`${kind.apiVersion} ${kind.kind} is not of this Upstream`);
    const { root, definitions } = await this.#read(entry.store, entry.file);
    const { dialect } = entry.kind;
    if (dialect === 'kubernetes' || this.#objectMeta === undefined)
      return { root, definitions, dialect };
    const meta = await this.#read(this.#objectMeta.store, this.#objectMeta.file);
    return {
      root,
      definitions: { ...meta.definitions, [OBJECT_META]: meta.root },
      dialect,
    };
  }

  #origin(
    { locked }: Store,
    sha256: string,
  ): Pick<UpstreamKind, 'module' | 'version' | 'dialect' | 'schemaKey'> {
    const { module, version } = locked;
    if (module === KUBERNETES_MODULE)
      return { module, version, dialect: 'kubernetes', schemaKey: sha256 };
    // The metadata of a custom resource is checked by the target Kubernetes' own schema: half of each checksum.
    const meta = this.#objectMeta?.file.sha256 ?? '';
    return {
      module,
      version,
      dialect: 'crd',
      schemaKey: sha256.slice(0, 64 - meta.length / 2) + meta.slice(0, 32),
    };
  }

  async #read(store: Store, file: StoredFile): Promise<ReducedSchema> {
    const found = await readStoredSchema(store.directory, file);
    if (found !== undefined) return found;
    await this.#repair(store);
    const mended = await readStoredSchema(store.directory, file);
    if (mended === undefined) throw unreadable(store.locked, store.directory);
    return mended;
  }

  /** Once a store, however many schemas are asked for at the same time. */
  #repair(store: Store): Promise<void> {
    const running =
      this.#repairs.get(store) ?? refetch(store.locked, store.directory, this.#options, 'damaged');
    this.#repairs.set(store, running);
    return running;
  }
}

function key(apiVersion: string, kind: string): string {
  return `${apiVersion} ${kind}`;
}
