import { cacheDirectory } from '../disk/cache.ts';
import { Failure } from '../finding/failure.ts';
import type { LockedImport } from './locked-import.ts';
import { type ModuleLock, readModuleLock } from './module-lock.ts';
import {
  openStore,
  type PinnedStore,
  repairStore,
  type Store,
  type StoreOptions,
  unreadable,
} from './open-store.ts';
import {
  DEFAULT_KUBERNETES,
  isKnownEverywhere,
  KUBERNETES_MODULE,
  KUBERNETES_VERSIONS,
  minorOf,
} from './pinned-modules.ts';
import { PRESET_NAMES } from './import-source.ts';
import { importStores, moduleStore } from './pinned-stores.ts';
import type { ReducedSchema } from './reduction.ts';
import { readStoredSchema, type StoredFile } from './schema-store.ts';
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
  /**
   * What the project imports. Their kinds win over those that Tankard knows of itself, except that Kubernetes' own
   * are always those of `kubernetes`.
   */
  readonly imports?: readonly LockedImport[];
  /** The project root, absolute; needed with `imports`. */
  readonly root?: string;
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
  const places: StoreOptions = {
    parent: options.directory ?? cacheDirectory('schemas'),
    onProgress: options.onProgress,
    signal: options.signal,
  };
  const stores: Store[] = [];
  for (const pinned of pinnedStores(kubernetes, options))
    stores.push(await openStore(pinned, places));
  return new StoredUpstream(kubernetes, stores, places);
}

/** The later ones win. A module that the project pins itself is not read in Tankard's version too. */
function pinnedStores(kubernetes: string, options: UpstreamOptions): PinnedStore[] {
  const lock = options.lock ?? readModuleLock();
  const imports = (options.imports ?? []).filter(
    ({ modules = [] }) => !modules.some(({ module }) => module === KUBERNETES_MODULE),
  );
  const presets = imports.filter(({ source }) => PRESET_NAMES.includes(source));
  const replaced = new Set(
    presets.flatMap(({ modules = [] }) => modules.map(({ module }) => module)),
  );
  const own = lock.modules.filter(({ module, version }) =>
    module === KUBERNETES_MODULE
      ? minorOf(version) === kubernetes
      : isKnownEverywhere(module) && !replaced.has(module),
  );
  const builtIn = own.map((locked) => moduleStore(locked, 'schemas/upstream.lock.json'));
  return [...builtIn, ...imports.flatMap((each) => importStores(each, options.root ?? ''))];
}

function checkVersion(kubernetes: string): void {
  if (KUBERNETES_VERSIONS.includes(kubernetes)) return;
  throw new Failure('usage', `there are no schemas for Kubernetes ${JSON.stringify(kubernetes)}`, {
    hint: `Known versions: ${KUBERNETES_VERSIONS.join(', ')}.`,
  });
}

class StoredUpstream implements Upstream {
  readonly kubernetes: string;
  readonly #options: StoreOptions;
  readonly #entries = new Map<string, Entry>();
  readonly #objectMeta: { store: Store; file: StoredFile } | undefined;
  readonly #repairs = new Map<Store, Promise<void>>();

  constructor(kubernetes: string, stores: readonly Store[], options: StoreOptions) {
    this.kubernetes = kubernetes;
    this.#options = options;
    const core = stores.find(({ index }) => index.dialect === 'kubernetes');
    const file = core?.index.objectMeta;
    if (core !== undefined && file !== undefined) this.#objectMeta = { store: core, file };
    for (const store of stores) this.#addKinds(store, core);
  }

  /** A cluster has Kubernetes' own kinds too, of its own version. */
  #addKinds(store: Store, core: Store | undefined): void {
    for (const { file, sha256, definition: _, ...identity } of store.index.kinds) {
      const name = key(identity.apiVersion, identity.kind);
      const isOther = store.index.dialect === 'kubernetes' && store !== core;
      if (isOther && this.#entries.get(name)?.store === core) continue;
      const kind = { ...identity, ...this.#origin(store, sha256) };
      this.#entries.set(name, { kind, store, file: { file, sha256 } });
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
    { pinned, index }: Store,
    sha256: string,
  ): Pick<UpstreamKind, 'module' | 'version' | 'dialect' | 'schemaKey'> {
    const { name: module, version } = pinned;
    if (index.dialect === 'kubernetes')
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
    if (mended === undefined) throw unreadable(store.pinned, store.directory);
    return mended;
  }

  /** Once a store, however many schemas are asked for at the same time. */
  #repair(store: Store): Promise<void> {
    const running = this.#repairs.get(store) ?? repairStore(store, this.#options);
    this.#repairs.set(store, running);
    return running;
  }
}

function key(apiVersion: string, kind: string): string {
  return `${apiVersion} ${kind}`;
}
