import path from 'node:path';
import { Failure } from '../finding/failure.ts';
import { fileChecksum } from './checksum.ts';
import { fetchCluster } from './fetch-cluster.ts';
import { fetchUrl } from './fetch-url.ts';
import { type ImportSource, printImportSource } from './import-source.ts';
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
  const texts = (await readKept(files, options)) ?? (await fetchAgain(files, source, options));
  if (source.type === 'cluster') return reduceCluster([...texts.values()]);
  return readCrds(texts, text).reduction;
}

async function readKept(
  files: readonly LockedFile[],
  { directory }: FetchOptions,
): Promise<Map<string, string> | undefined> {
  const texts = new Map<string, string>();
  for (const { file, sha256 } of files) {
    const bytes = await readText(path.dirname(directory), sha256);
    if (bytes === undefined) return undefined;
    texts.set(file, bytes.toString('utf8'));
  }
  return texts;
}

/** What a URL or a cluster answers now, as long as it is what the lock pins. */
async function fetchAgain(
  files: readonly LockedFile[],
  source: ImportSource,
  options: FetchOptions,
): Promise<Map<string, string>> {
  const found = await fetchNow(source, options);
  for (const { file, sha256 } of files) checkText(source, { file, sha256 }, found.get(file));
  for (const bytes of found.values()) await keepText(path.dirname(options.directory), bytes);
  return new Map(files.map(({ file }) => [file, found.get(file)?.toString('utf8') ?? '']));
}

async function fetchNow(
  source: ImportSource,
  options: FetchOptions,
): Promise<ReadonlyMap<string, Buffer>> {
  if (source.type === 'cluster') return (await fetchCluster(source, options)).documents;
  if (source.type !== 'url') throw new Error(`nothing to fetch of a source ${source.type}`);
  options.onProgress?.(`fetching schemas: ${source.url}`);
  return new Map([[source.url, await fetchUrl(source.url, options.signal)]]);
}

function checkText(source: ImportSource, { file, sha256 }: LockedFile, bytes?: Buffer): void {
  const found = bytes === undefined ? 'nothing' : fileChecksum(bytes);
  if (found === sha256) return;
  const what = source.type === 'cluster' ? `${file} of ${printImportSource(source)}` : file;
  throw new Failure(
    'usage',
    `${what} is not what tankard.lock pins: wanted sha256 ${sha256}, got ${found}`,
    {
      hint: 'Nothing of it was kept. When the change is right, import it again by its name and review it.',
    },
  );
}
