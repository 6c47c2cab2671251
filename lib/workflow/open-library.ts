import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { packageRoot } from '../disk/package-root.ts';
import { readHandWritten, type HandWritten } from '../model/library/hand-written.ts';
import { buildLibrary, type Library } from '../model/library/library.ts';
import { lowerApi } from '../model/lower-api.ts';
import type { ApiSchemas } from '../sources/api-schemas.ts';
import type { LockedImport } from '../sources/locked-import.ts';
import { openImport, type SourceOptions } from '../sources/open-import.ts';
import { openObjectMeta } from '../sources/open-object-meta.ts';
import { DEFAULT_KUBERNETES } from '../sources/pinned-modules.ts';

/** Where schemas come from, and for which Kubernetes. */
export interface LibraryOptions extends SourceOptions {
  /** The minor version that the project targets, such as `1.37`. @default DEFAULT_KUBERNETES */
  readonly kubernetes?: string | undefined;
}

/** All that an imported library is made from, and documented by. */
export interface LibraryParts {
  readonly library: Library;
  /** Functions that stand in the objects of Kubernetes. */
  readonly handWritten: HandWritten;
  /** Minor version whose metadata its kinds have; undefined for Kubernetes itself. */
  readonly kubernetes: string | undefined;
}

/**
 * Reads and arranges what an import pins.
 *
 * @param name of the library.
 * @throws Failure as `openImport`.
 */
export async function openLibrary(
  name: string,
  locked: LockedImport,
  options: LibraryOptions,
): Promise<LibraryParts> {
  return arrangeLibrary(name, await openImport(locked, options), options);
}

/**
 * Arranges what a source publishes.
 *
 * @param name of the library.
 * @throws Failure when the metadata of custom resources cannot be read, as `openImport`.
 */
export async function arrangeLibrary(
  name: string,
  schemas: ApiSchemas,
  options: LibraryOptions,
): Promise<LibraryParts> {
  const isKubernetes = Object.keys(schemas.definitions).length > 0;
  const kubernetes = isKubernetes ? undefined : (options.kubernetes ?? DEFAULT_KUBERNETES);
  const api = lowerApi(await withObjectMeta(schemas, kubernetes, options));
  const handWritten = isKubernetes ? await readHelpers() : new Map<string, never>();
  return { library: buildLibrary(name, api), handWritten, kubernetes };
}

/** The metadata of custom resources is Kubernetes'. */
async function withObjectMeta(
  schemas: ApiSchemas,
  kubernetes: string | undefined,
  options: SourceOptions,
): Promise<ApiSchemas> {
  if (kubernetes === undefined) return schemas;
  return { ...schemas, definitions: await openObjectMeta(kubernetes, options) };
}

const COMPAT = 'compat.libsonnet';

async function readHelpers(): Promise<HandWritten> {
  const files = await readFolder('k8s-helpers');
  files.delete(COMPAT);
  const byId = [...files].map(([file, text]): [string, string] => [
    path.basename(file, '.libsonnet'),
    text,
  ]);
  return readHandWritten(new Map(byId));
}

/**
 * The files of a library that are copied as they are.
 *
 * @returns texts by their path in the library.
 */
export async function readRuntime(isKubernetes: boolean): Promise<ReadonlyMap<string, string>> {
  const runtime = await readFolder('library');
  if (!isKubernetes) return runtime;
  for (const [file, text] of await readFolder('k8s-helpers/shared'))
    runtime.set(`_helpers/${file}`, text);
  const compat = (await readFolder('k8s-helpers')).get(COMPAT);
  return compat === undefined ? runtime : runtime.set(COMPAT, compat);
}

async function readFolder(folder: string): Promise<Map<string, string>> {
  const directory = path.join(packageRoot(), 'jsonnet', folder);
  const names = (await readdir(directory)).filter((name) => name.endsWith('.libsonnet')).sort();
  const texts = names.map(async (name): Promise<[string, string]> => [
    name,
    await readFile(path.join(directory, name), 'utf8'),
  ]);
  return new Map(await Promise.all(texts));
}
