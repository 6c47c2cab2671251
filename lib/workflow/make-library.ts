import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { packageRoot } from '../disk/package-root.ts';
import { generatedBanner, type OutputFile } from '../emit/file.ts';
import { emitLibrary } from '../emit/jsonnet/library/emit-library.ts';
import { buildLibrary } from '../model/library/library.ts';
import { uncheckedRules } from '../model/library/unchecked-rules.ts';
import { lowerApi } from '../model/lower-api.ts';
import type { UnexpressedKeyword } from '../model/node.ts';
import type { ApiSchemas } from '../sources/api-schemas.ts';
import type { LockedImport } from '../sources/locked-import.ts';
import { openImport, type SourceOptions } from '../sources/open-import.ts';
import { openObjectMeta } from '../sources/open-object-meta.ts';
import { DEFAULT_KUBERNETES } from '../sources/pinned-modules.ts';

/** A library in memory. */
export interface Library {
  /** Paths relative to the library's folder. */
  readonly files: readonly OutputFile[];
  /** Minor version whose metadata its kinds have; undefined where the source has its own. */
  readonly kubernetes: string | undefined;
  /** What of the schemas the library cannot express, sorted by keyword. */
  readonly unexpressed: readonly UnexpressedKeyword[];
}

/** Where schemas come from, and for which Kubernetes. */
export interface LibraryOptions extends SourceOptions {
  /** The minor version that the project targets, such as `1.37`. @default DEFAULT_KUBERNETES */
  readonly kubernetes?: string | undefined;
}

/** Version of what makes the files: raised with every change of them. */
export const LIBRARY_GENERATOR = '1';

/**
 * Makes a library from a pinned import.
 *
 * @param name of the library.
 * @throws Failure as `openImport`.
 */
export async function makeLibrary(
  name: string,
  locked: LockedImport,
  options: LibraryOptions,
): Promise<Library> {
  const schemas = await openImport(locked, options);
  const isKubernetes = hasKubernetes(schemas);
  const kubernetes = isKubernetes ? undefined : (options.kubernetes ?? DEFAULT_KUBERNETES);
  const api = lowerApi(await withObjectMeta(schemas, kubernetes, options));
  const files = emitLibrary(buildLibrary(name, api), {
    banner: generatedBanner(locked.source, sourceHash(locked)),
    ...(await readHandWritten(isKubernetes)),
  });
  const unexpressed = [...api.unexpressed, ...uncheckedRules(api)].sort(byKeyword);
  return { files, kubernetes, unexpressed };
}

function byKeyword(left: UnexpressedKeyword, right: UnexpressedKeyword): number {
  return left.keyword < right.keyword ? -1 : 1;
}

/** Of what is pinned alone: a lock has more, such as the hash of these very files. */
function sourceHash({ source, modules, files, server }: LockedImport): string {
  const pinned = JSON.stringify([source, modules, files, server]);
  return createHash('sha256').update(pinned).digest('hex');
}

function hasKubernetes({ definitions }: ApiSchemas): boolean {
  return Object.keys(definitions).length > 0;
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

interface HandWritten {
  readonly runtime: ReadonlyMap<string, string>;
  readonly helpers: ReadonlyMap<string, string>;
}

/** What of a library is written by hand; the helpers are for Kubernetes' own kinds. */
async function readHandWritten(isKubernetes: boolean): Promise<HandWritten> {
  const runtime = await readFolder('library');
  if (!isKubernetes) return { runtime, helpers: new Map() };
  const shared = [...(await readFolder('k8s-helpers/shared'))];
  const { [COMPAT]: compat = '', ...helpers } = Object.fromEntries(await readFolder('k8s-helpers'));
  const names = Object.entries(helpers).map(([file, text]): [string, string] => [
    path.basename(file, '.libsonnet'),
    text,
  ]);
  return {
    runtime: new Map([
      ...runtime,
      ...shared.map(([file, text]): [string, string] => [`_helpers/${file}`, text]),
      [COMPAT, compat],
    ]),
    helpers: new Map(names),
  };
}

const COMPAT = 'compat.libsonnet';

async function readFolder(folder: string): Promise<Map<string, string>> {
  const directory = path.join(packageRoot(), 'jsonnet', folder);
  const names = (await readdir(directory)).filter((name) => name.endsWith('.libsonnet')).sort();
  const texts = names.map(async (name): Promise<[string, string]> => [
    name,
    await readFile(path.join(directory, name), 'utf8'),
  ]);
  return new Map(await Promise.all(texts));
}
