import { CONFIG_FILE, type Config } from '../config/load-config.ts';
import { Failure } from '../finding/failure.ts';
import { readLibraryKey } from '../output/library-folder.ts';
import { libraryKey, readImportLock, type ImportLock } from '../sources/import-lock.ts';
import { parseImportSource, printImportSource } from '../sources/import-source.ts';
import { PROJECT_LOCK } from '../sources/pinned-stores.ts';
import { ensureVendor } from '../tanka/vendor.ts';
import type { ProjectOptions } from './project.ts';

/** Which project, and how what takes long reports and stops. */
export interface RestoreOptions extends Pick<ProjectOptions, 'onProgress' | 'signal'> {
  /** Project root, absolute. */
  readonly root: string;
  readonly config: Pick<Config, 'imports'>;
}

/**
 * Sees to it that every library can be imported: restores the imported ones that are missing or outdated from
 * tankard.lock, then links vendor/. With all there it costs reading the lock and one small file a library.
 *
 * @returns what tankard.lock holds.
 * @throws Failure `stale` when tankard.yaml and tankard.lock do not agree, or this version makes other files than the
 *   lock pins; as `openImport`, `ensureVendor`.
 */
export async function ensureLibraries(options: RestoreOptions): Promise<ImportLock> {
  const lock = await restoreLibraries(options);
  await ensureVendor(options);
  return lock;
}

/**
 * The same, without vendor/ where nothing is imported: for what may not evaluate any Jsonnet at all.
 */
export async function ensureImports(options: RestoreOptions): Promise<void> {
  const lock = await restoreLibraries(options);
  if (lock.size > 0) await ensureVendor(options);
}

async function restoreLibraries(options: RestoreOptions): Promise<ImportLock> {
  const { root, config } = options;
  const lock = readImportLock(root);
  const [difference] = disagreements(config.imports, lock);
  if (difference !== undefined)
    throw new Failure('stale', difference, { hint: 'Run `tankard import`.' });
  const outdated = [...lock].filter(
    ([name, library]) => readLibraryKey(root, name) !== libraryKey(library),
  );
  if (outdated.length > 0) {
    // Loaded only here: with all libraries there, nothing of what makes them is needed.
    const { restore } = await import('./restore-libraries.ts');
    await restore(root, new Map(outdated), options);
  }
  return lock;
}

/**
 * Where tankard.yaml and tankard.lock name different imports, in words.
 *
 * @returns empty when they agree.
 */
export function disagreements(imports: ReadonlyMap<string, string>, lock: ImportLock): string[] {
  const unlocked = [...imports].flatMap(([name, source]) => {
    const locked = lock.get(name)?.source;
    if (locked === source || (locked !== undefined && locked === canonical(source))) return [];
    return locked === undefined
      ? [`${CONFIG_FILE} imports ${name}, which ${PROJECT_LOCK} does not pin`]
      : [`${CONFIG_FILE} imports ${name} from ${source}, ${PROJECT_LOCK} pins it from ${locked}`];
  });
  const dropped = [...lock.keys()]
    .filter((name) => !imports.has(name))
    .map((name) => `${PROJECT_LOCK} pins ${name}, which ${CONFIG_FILE} does not import`);
  return [...unlocked, ...dropped];
}

/** A source as tankard.lock writes it; undefined for what is none, which `tankard import` says in full. */
function canonical(source: string): string | undefined {
  try {
    return printImportSource(parseImportSource(source));
  } catch {
    return undefined;
  }
}
