import type { Config } from '../config/load-config.ts';
import {
  inspectLibrary,
  libraryHash,
  readLibraryKey,
  type LibraryOnDisk,
} from '../output/library-folder.ts';
import { libraryKey, type ImportLock, type LockedLibrary } from '../sources/import-lock.ts';
import { printImportSource } from '../sources/import-source.ts';
import type { ImportFiles } from './import-files.ts';
import { pinImport, type PlannedImport } from './import-plan.ts';
import type { Alias } from './kubernetes-alias.ts';
import { LIBRARY_GENERATOR, makeLibrary, type Library } from './make-library.ts';
import { running, type ProjectOptions } from './project.ts';
import { notPinned } from './restore-libraries.ts';

/** What an import works with. */
export interface ImportJob {
  /** Project root, absolute. */
  readonly root: string;
  readonly config: Config;
  /** What the files held that it is made from, and writes. */
  readonly files: ImportFiles;
  /** Minor version of Kubernetes that the project is for. */
  readonly kubernetes: string;
  /** What tankard.lock holds. */
  readonly lock: ImportLock;
  readonly options: Pick<ProjectOptions, 'onProgress' | 'signal'>;
}

/** A library in memory, with its place. */
export interface MadeLibrary {
  readonly name: string;
  /** What tankard.lock is to hold. */
  readonly locked: LockedLibrary;
  /** What it holds. */
  readonly before: LockedLibrary | undefined;
  readonly library: Library;
  readonly disk: LibraryOnDisk | undefined;
}

/** What an import comes to, before anything is written. */
export interface ImportOutcome {
  readonly made: readonly MadeLibrary[];
  /** Names of libraries that go. */
  readonly removed: readonly string[];
  /** What tankard.lock is to hold, in the order of tankard.yaml. */
  readonly locked: ImportLock;
  readonly alias: Alias;
  /** New text of jsonnetfile.json; undefined: it stays. */
  readonly jsonnetfile: string | undefined;
}

/**
 * A library that an import of others need not look at.
 *
 * @returns its entry of the lock; undefined when it is requested, or not there as the lock pins it.
 */
export function keptLibrary(
  { name, source, requested }: PlannedImport,
  { root, kubernetes, lock }: ImportJob,
): LockedLibrary | undefined {
  const locked = lock.get(name);
  if (requested || locked?.source !== printImportSource(source)) return undefined;
  if ((locked.kubernetes ?? kubernetes) !== kubernetes) return undefined;
  return readLibraryKey(root, name) === libraryKey(locked) ? locked : undefined;
}

/**
 * Pins a library and makes it, in memory.
 *
 * @throws Failure `usage` when the lock pins other files than the same generator makes; as `resolveImport` and
 *   `openImport`.
 */
export async function makeImport(
  planned: PlannedImport,
  { root, kubernetes, lock, options }: ImportJob,
): Promise<MadeLibrary> {
  const { name, requested } = planned;
  const before = lock.get(name);
  const sourceOptions = { root, ...running(options) };
  const pinned = await pinImport(planned, lock, sourceOptions);
  const library = await makeLibrary(name, pinned, {
    ...sourceOptions,
    kubernetes,
  });
  options.signal?.throwIfAborted();
  const sha256 = libraryHash(library.files);
  const metadata = library.kubernetes === undefined ? {} : { kubernetes: library.kubernetes };
  const locked = { ...pinned, ...metadata, generator: LIBRARY_GENERATOR, sha256 };
  // The same generator makes the same files of the same schemas: another hash was not written by it.
  if (!requested && before !== undefined && isOnlyHashOther(before, locked))
    throw notPinned(name, before, sha256);
  return { name, locked, before, library, disk: await inspectLibrary(root, name) };
}

function isOnlyHashOther(before: LockedLibrary, now: LockedLibrary): boolean {
  return (
    before.sha256 !== now.sha256 &&
    libraryKey({ ...before, sha256: now.sha256 }) === libraryKey(now)
  );
}

/** Whether a library lies on disk as it was made. */
export function isInPlace({ disk, locked }: MadeLibrary): boolean {
  return disk?.key === libraryKey(locked) && disk.sha256 === locked.sha256;
}
