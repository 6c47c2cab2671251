import { fileChecksum } from './checksum.ts';
import { type ImportSource, parseImportSource } from './import-source.ts';
import type { LockedImport } from './locked-import.ts';
import { type LockedModule, moduleKey } from './module-lock.ts';
import type { PinnedStore } from './open-store.ts';
import { MIXINS } from './mixins.ts';
import { REDUCTION_VERSION } from './reduction.ts';

/** The lock file of a project, as messages name it. */
export const PROJECT_LOCK = 'tankard.lock';

/**
 * The store of a Go module.
 *
 * @param lockFile the file that pins it, as messages name it.
 */
export function moduleStore(locked: LockedModule, lockFile: string): PinnedStore {
  const { module, version } = locked;
  return {
    name: module,
    version,
    folder: `${slug(module)}@${version}-${moduleKey(locked)}.${REDUCTION_VERSION}`,
    // Loaded only here: with all schemas in the cache, nothing of what downloading takes is needed.
    fetch: async (options) =>
      (await import('./fetch-module.ts')).fetchModule(locked, { ...options, lockFile }),
  };
}

/**
 * The stores of an import: one for each Go module, one for anything else, none for the mixins, which have no schemas
 * of kinds.
 *
 * @param root the project root, absolute.
 * @throws Failure `usage` when the source that the lock names is none.
 */
export function importStores(locked: LockedImport, root: string): PinnedStore[] {
  if (locked.modules !== undefined)
    return locked.modules.map((module) => moduleStore(module, PROJECT_LOCK));
  if (locked.source === MIXINS) return [];
  return [filesStore(locked, parseImportSource(locked.source), root)];
}

function filesStore(locked: LockedImport, source: ImportSource, root: string): PinnedStore {
  const key = fileChecksum(JSON.stringify([locked.source, locked.files])).slice(0, 12);
  return {
    name: locked.source,
    version: '',
    folder: `${slug(locked.source).slice(0, 80)}-${key}.${REDUCTION_VERSION}`,
    fetch: async (options) =>
      (await import('./fetch-files.ts')).fetchFiles(locked, source, { ...options, root }),
  };
}

function slug(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9.-]+/g, '_');
}
