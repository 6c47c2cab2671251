import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import pMap from 'p-map';
import { buildLibrary, type LibraryObject } from '../../lib/model/library/library.ts';
import { type Api, lowerApi } from '../../lib/model/lower-api.ts';
import type { ApiSchemas } from '../../lib/sources/api-schemas.ts';
import { parseImportSource } from '../../lib/sources/import-source.ts';
import { openImport } from '../../lib/sources/open-import.ts';
import { openObjectMeta } from '../../lib/sources/open-object-meta.ts';
import { DEFAULT_KUBERNETES } from '../../lib/sources/pinned-modules.ts';
import { resolveImport } from '../../lib/sources/resolve-import.ts';
import { runProgram } from '../../lib/tools/run-program.ts';
import { makeLibrary } from '../../lib/workflow/make-library.ts';
import type { Case, Verdict } from './judge.ts';

/** The sources whose kinds every validator knows, by the name of their library. */
const SOURCES = {
  k8s: `k8s@${DEFAULT_KUBERNETES}`,
  istio: 'istio',
  'cert-manager': 'cert-manager',
  'gateway-api': 'gateway-api',
  'sealed-secrets': 'sealed-secrets',
  'external-secrets': 'external-secrets',
} as const;

/** A Tanka project with a typed library of each source. */
export interface LibraryProject {
  readonly root: string;
  /** By `group/version/Kind`. */
  readonly kinds: ReadonlyMap<string, LibraryKind>;
}

/** Where a kind is. */
export interface LibraryKind {
  /** The name of the library, by which it is imported. */
  readonly library: string;
  readonly object: LibraryObject;
  readonly api: Api;
}

/**
 * Makes the project as `tankard import` makes libraries; the caller removes it.
 *
 * @param cacheDirectory where the schemas are.
 */
export async function makeLibraryProject(cacheDirectory: string): Promise<LibraryProject> {
  const root = await realpath(await mkdtemp(path.join(os.tmpdir(), 'tankard-libraries-')));
  await writeFile(path.join(root, 'jsonnetfile.json'), '{"version":1,"dependencies":[]}');
  const options = { root, cacheDirectory };
  const kinds = new Map<string, LibraryKind>();
  for (const [name, source] of Object.entries(SOURCES)) {
    const locked = await resolveImport(parseImportSource(source), options);
    const { files } = await makeLibrary(name, locked, options);
    for (const file of files) {
      const target = path.join(root, 'vendor', name, file.path);
      await mkdir(path.dirname(target), { recursive: true });
      await writeFile(target, file.text);
    }
    const schemas = await openImport(locked, options);
    const definitions =
      name === 'k8s' ? schemas.definitions : await openObjectMeta(DEFAULT_KUBERNETES, options);
    for (const [kind, place] of kindsOf(name, { ...schemas, definitions })) kinds.set(kind, place);
  }
  return { root, kinds };
}

function kindsOf(library: string, schemas: ApiSchemas): [string, LibraryKind][] {
  const api = lowerApi(schemas);
  const { groups } = buildLibrary(library, api);
  const objects = groups.flatMap(({ versions }) => versions.flatMap((version) => version.objects));
  return objects.flatMap((object): [string, LibraryKind][] => {
    if (object.resource === undefined) return [];
    const { apiVersion, kind } = object.resource;
    const group = apiVersion.includes('/') ? '' : 'core/';
    return [[`${group}${apiVersion}/${kind}`, { library, object, api }]];
  });
}

/**
 * The verdicts of the typed library: the type by which `fromObject` of a kind checks its argument.
 *
 * @param tk absolute path of tk.
 * @returns one for each case, in their order.
 * @throws Error when a check fails to evaluate.
 */
export async function judgeByLibrary(
  tk: string,
  project: LibraryProject,
  cases: readonly Case[],
): Promise<Verdict[]> {
  const names = [...new Set(cases.map(({ kind }) => kind.name))];
  const verdicts = new Map<Case, Verdict>();
  await pMap(
    names,
    async (name) => {
      const own = cases.filter(({ kind }) => kind.name === name);
      const { library, object } = project.kinds.get(name) as LibraryKind;
      const values = JSON.stringify(own.map(({ value }) => value));
      const { value, error } = await evaluate(
        tk,
        project,
        `local type = import '${library}/_types/${object.id}.libsonnet';\n[type(value) for value in ${values}]`,
      );
      if (error !== undefined) throw new Error(`${name}: ${error}`);
      for (const [index, one] of own.entries())
        verdicts.set(one, (value as (string | null)[])[index] ?? undefined);
    },
    { concurrency: 2 },
  );
  return cases.map((one) => verdicts.get(one));
}

/** What a program of the project is, or what tk says of it. */
export async function evaluate(
  tk: string,
  { root }: LibraryProject,
  program: string,
): Promise<{ value: unknown; error?: never } | { value?: never; error: string }> {
  const directory = await mkdtemp(path.join(root, 'program-'));
  const file = path.join(directory, 'program.jsonnet');
  await writeFile(file, program);
  const result = await runProgram({ file: tk, args: ['eval', file], cwd: root });
  await rm(directory, { recursive: true });
  if (result.exitCode !== 0) return { error: result.stderr };
  return { value: JSON.parse(result.stdout.toString('utf8')) };
}

/** Removes the project. */
export async function removeLibraryProject({ root }: LibraryProject): Promise<void> {
  await rm(root, { recursive: true, force: true });
}
