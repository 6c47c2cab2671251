import path from 'node:path';
import { Failure } from '../finding/failure.ts';
import { fileChecksum } from './checksum.ts';
import { fetchUrl } from './fetch-url.ts';
import type { ImportSource } from './import-source.ts';
import { installStore } from './install-store.ts';
import type { LockedImport } from './locked-import.ts';
import type { LockedFile } from './module-lock.ts';
import type { FetchOptions } from './open-store.ts';
import { checkProjectFiles } from './project-files.ts';
import { readCrds } from './read-crds.ts';
import { reduceCluster } from './reduce-cluster.ts';
import type { Reduction } from './reduction.ts';
import { keepText, readText } from './text-cache.ts';

/** Files are fetched for a project. */
export interface FetchFilesOptions extends FetchOptions {
  /** The project root, absolute. */
  readonly root: string;
}

/**
 * Reads the files of an import, checks them against the lock and puts their schemas into a folder.
 *
 * @throws ChangedSource when a file of the project is another; Failure `usage` when something fetched is, `tool` when
 *   it cannot be fetched, `interrupted` on abort.
 */
export async function fetchFiles(
  locked: LockedImport,
  source: ImportSource,
  options: FetchFilesOptions,
): Promise<void> {
  await installStore(options.directory, () => reduceFiles(locked, source, options));
}

async function reduceFiles(
  { source: text, files = [] }: LockedImport,
  source: ImportSource,
  options: FetchFilesOptions,
): Promise<Reduction> {
  if (source.type === 'files') {
    const { texts } = await checkProjectFiles(options.root, source.path, files);
    return readCrds(texts, source.path).reduction;
  }
  const parent = path.dirname(options.directory);
  const texts = new Map<string, string>();
  for (const file of files) {
    const bytes =
      (await readText(parent, file.sha256)) ?? (await fetchAgain(file, source, options));
    texts.set(file.file, bytes.toString('utf8'));
  }
  if (source.type === 'cluster') return reduceCluster([...texts.values()]);
  return readCrds(texts, text).reduction;
}

async function fetchAgain(
  { file, sha256 }: LockedFile,
  source: ImportSource,
  { directory, onProgress, signal }: FetchFilesOptions,
): Promise<Buffer> {
  if (source.type !== 'url') throw notKept(file);
  onProgress?.(`fetching schemas: ${source.url}`);
  const bytes = await fetchUrl(source.url, signal);
  const found = fileChecksum(bytes);
  if (found !== sha256)
    throw new Failure(
      'usage',
      `${source.url} is not what tankard.lock pins: wanted sha256 ${sha256}, got ${found}`,
      {
        hint: 'Nothing of it was kept. When the change is right, import it again by its name and review it.',
      },
    );
  await keepText(path.dirname(directory), bytes);
  return bytes;
}

function notKept(file: string): Failure {
  return new Failure('usage', `the schemas of ${file} are not in the cache any more`, {
    hint: 'Import the cluster again.',
  });
}
