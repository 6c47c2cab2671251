import path from 'node:path';
import { Failure } from '../finding/failure.ts';
import { fetchCluster } from './fetch-cluster.ts';
import { fetchUrl } from './fetch-url.ts';
import { fileChecksum } from './checksum.ts';
import { downloadModule } from './go-module.ts';
import { type ImportSource, printImportSource } from './import-source.ts';
import { installStore } from './install-store.ts';
import type { LockedImport } from './locked-import.ts';
import { mentionsCrd } from './mentions-crd.ts';
import { readMixins } from './mixins.ts';
import { type LockedFile, type LockedModule, readModuleLock } from './module-lock.ts';
import { type SourceOptions, storeOptions } from './open-import.ts';
import { openStore } from './open-store.ts';
import { KUBERNETES_MODULE, minorOf, PRESETS } from './pinned-modules.ts';
import { importStores, moduleStore, PROJECT_LOCK } from './pinned-stores.ts';
import { readProjectFiles } from './project-files.ts';
import { countedKinds, type CrdReading, readCrds } from './read-crds.ts';
import { reduceCluster } from './reduce-cluster.ts';
import { keepText } from './text-cache.ts';
import { inWorkDirectory } from './work-directory.ts';
import { readZip } from './zip-file.ts';

/**
 * Resolves a source anew: reads or fetches it, and says what to pin. What was fetched is in the cache afterwards, for
 * `openImport`; a failure leaves nothing there.
 *
 * @throws Failure `usage` when it is not there or has no CRDs, or a checksum is wrong; `tool` when it cannot be
 *   fetched; `cluster` when the cluster cannot be reached or refuses; `interrupted` on abort.
 */
export async function resolveImport(
  source: ImportSource,
  options: SourceOptions,
): Promise<LockedImport> {
  switch (source.type) {
    case 'kubernetes':
    case 'preset':
      return resolvePinned(source, options);
    case 'mixins':
      return resolveMixins(source);
    case 'files':
      return resolveFiles(source, options);
    case 'url':
      return resolveUrl(source, options);
    case 'module':
      return resolveModule(source, options);
    case 'cluster':
      return resolveCluster(source, options);
  }
}

async function resolveCluster(
  source: ImportSource & { type: 'cluster' },
  options: SourceOptions,
): Promise<LockedImport> {
  const { version, documents } = await fetchCluster(source, options);
  const { parent } = storeOptions(options);
  const texts = [...documents.values()].map((bytes) => bytes.toString('utf8'));
  const reduction = reduceCluster(texts);
  for (const bytes of documents.values()) await keepText(parent, bytes);
  const files = [...documents].map(lockedFile);
  const locked = { source: printImportSource(source), files, server: version };
  return install(locked, { reduction }, options);
}

/** Those are pinned by Tankard itself, so that everyone with the same Tankard gets the same. */
async function resolvePinned(
  source: ImportSource & { type: 'kubernetes' | 'preset' },
  options: SourceOptions,
): Promise<LockedImport> {
  const modules = readModuleLock().modules.filter(isOf(source));
  const locked = { source: printImportSource(source), modules };
  for (const pinned of importStores(locked, options.root))
    await openStore(pinned, storeOptions(options));
  return locked;
}

function isOf(
  source: ImportSource & { type: 'kubernetes' | 'preset' },
): (locked: LockedModule) => boolean {
  if (source.type === 'kubernetes')
    return ({ module, version }) =>
      module === KUBERNETES_MODULE && minorOf(version) === source.version;
  const preset = PRESETS.find(({ name }) => name === source.name);
  return ({ module }) => preset?.modules.some((each) => each.module === module) === true;
}

/** They are part of Tankard, so that its version decides. */
async function resolveMixins(source: ImportSource & { type: 'mixins' }): Promise<LockedImport> {
  const files = [...(await readMixins())].map(([file, text]) => ({
    file,
    sha256: fileChecksum(text),
  }));
  return { source: printImportSource(source), files };
}

async function resolveFiles(
  source: ImportSource & { type: 'files' },
  options: SourceOptions,
): Promise<LockedImport> {
  const { texts, locked, passedOver } = await readProjectFiles(options.root, source.path);
  if (texts.size === 0) throw noFiles(source.path, passedOver);
  const reading = readCrds(texts, source.path);
  report(source.path, reading, passedOver, options);
  return install({ source: printImportSource(source), files: locked }, reading, options);
}

function noFiles(folder: string, passedOver: number): Failure {
  return new Failure(
    'usage',
    passedOver === 0
      ? `${folder} has no YAML or JSON files`
      : `none of the ${passedOver} YAML and JSON files in ${folder} has a CustomResourceDefinition`,
  );
}

async function resolveUrl(
  source: ImportSource & { type: 'url' },
  options: SourceOptions,
): Promise<LockedImport> {
  options.onProgress?.(`fetching schemas: ${source.url}`);
  const bytes = await fetchUrl(source.url, options.signal);
  const reading = readCrds(new Map([[source.url, bytes.toString('utf8')]]), source.url);
  report(source.url, reading, 0, options);
  await keepText(storeOptions(options).parent, bytes);
  const files = [{ file: source.url, sha256: fileChecksum(bytes) }];
  return install({ source: printImportSource(source), files }, reading, options);
}

async function install(
  locked: LockedImport,
  { reduction }: Pick<CrdReading, 'reduction'>,
  options: SourceOptions,
): Promise<LockedImport> {
  const { parent } = storeOptions(options);
  for (const { folder } of importStores(locked, options.root))
    await installStore(path.join(parent, folder), () => reduction);
  return locked;
}

async function resolveModule(
  source: ImportSource & { type: 'module' },
  options: SourceOptions,
): Promise<LockedImport> {
  const { module, version } = source;
  const { parent, signal } = storeOptions(options);
  options.onProgress?.(`fetching schemas: ${module} ${version}`);
  return inWorkDirectory(parent, async (workDirectory) => {
    const places = { workDirectory, cacheFolder: parent, signal };
    const { sum, zip } = await downloadModule(module, version, places);
    const files = moduleFiles(source, zip);
    const reading = readModuleCrds(source, files, options);
    const locked = { module, version, sum, files: [...files].map(lockedFile) };
    const { folder } = moduleStore(locked, PROJECT_LOCK);
    await installStore(path.join(parent, folder), () => reading.reduction);
    return { source: printImportSource(source), modules: [locked] };
  });
}

function lockedFile([file, bytes]: readonly [string, Buffer]): LockedFile {
  return { file, sha256: fileChecksum(bytes) };
}

function readModuleCrds(
  source: ImportSource & { type: 'module' },
  files: ReadonlyMap<string, Buffer>,
  options: SourceOptions,
): CrdReading {
  const from = `${source.module}@${source.version}`;
  const texts = [...files].map(([file, bytes]) => [`${from}:${file}`, bytes.toString()] as const);
  const reading = readCrds(new Map(texts), `${from}:${source.path}`);
  report(`${from}:${source.path}`, reading, 0, options);
  return reading;
}

/** The file that the path names, or the YAML and JSON files below it that have CRDs; by name. */
function moduleFiles(
  { module, version, path: wanted }: ImportSource & { type: 'module' },
  zip: Buffer,
): Map<string, Buffer> {
  const prefix = `${module}@${version}/`;
  const below = wanted === '.' ? prefix : `${prefix}${wanted}/`;
  const entries = readZip(
    zip,
    (name) =>
      name === prefix + wanted || (name.startsWith(below) && /\.(?:ya?ml|json)$/i.test(name)),
  );
  const files = [...entries]
    .map(([name, bytes]) => [name.slice(prefix.length), bytes] as const)
    .filter(([name, bytes]) => name === wanted || mentionsCrd(bytes.toString('utf8')))
    .sort(([left], [right]) => (left < right ? -1 : 1));
  if (entries.size === 0)
    throw new Failure(
      'usage',
      `${module} ${version} has no file ${wanted}, and no YAML or JSON files in such a folder`,
    );
  if (files.length === 0) throw noFiles(`${module}@${version}:${wanted}`, entries.size);
  return new Map(files);
}

function report(
  from: string,
  { crds, others }: CrdReading,
  passedOver: number,
  { onProgress }: SourceOptions,
): void {
  const parts = [
    ...(others.size > 0 ? [countedKinds(others)] : []),
    ...(passedOver > 0
      ? [`${passedOver} ${passedOver === 1 ? 'file' : 'files'} without CRDs`]
      : []),
  ];
  if (parts.length === 0) return;
  const read = `${crds} ${crds === 1 ? 'CRD' : 'CRDs'}`;
  onProgress?.(`${from}: ${read}; passed over ${parts.join(' and ')}`);
}
