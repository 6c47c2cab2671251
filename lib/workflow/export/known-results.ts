import { EntryCache } from '../../disk/entry-cache.ts';
import type { ExportFile } from '../../export/export-file.ts';
import { sha256 } from '../../export/export-manifest.ts';
import type { EnvironmentResult } from '../../finding/environment-result.ts';
import type { LockedImport } from '../../sources/locked-import.ts';
import type { ChosenEnvironment } from '../chosen-environments.ts';
import { running, type Project } from '../project.ts';
import type { ExportOptions } from './export.ts';
import { openInputKeys } from './input-keys.ts';

/** What earlier exports rendered, for environments whose inputs are the same. */
export interface KnownResults {
  /**
   * Finds what an environment renders.
   *
   * @param isThere told the paths and sums of its files; whether they are in the export.
   * @returns what was found in it; undefined when it has to be rendered.
   */
  find(
    environment: ChosenEnvironment,
    isThere: (files: ReadonlyMap<string, string>) => Promise<boolean>,
  ): Promise<EnvironmentResult | undefined>;
  /** Keeps what an environment rendered until `save`. */
  remember(
    environment: ChosenEnvironment,
    result: EnvironmentResult,
    files: readonly ExportFile[],
  ): void;
  isReused(environment: ChosenEnvironment): boolean;
  /** Writes what was remembered, unless an input was written meanwhile. */
  save(): Promise<void>;
}

interface Entry {
  readonly result: EnvironmentResult;
  /** Path in the export and SHA-256. The content is in the export: a Secret has no second place, and nothing grows. */
  readonly files: readonly (readonly [string, string])[];
}

/**
 * Opens what is known of a project's environments.
 *
 * @throws Failure as `openInputKeys`.
 */
export async function openKnownResults(
  project: Project,
  options: ExportOptions & { readonly imports: ReadonlyMap<string, LockedImport> },
): Promise<KnownResults> {
  const { args, kubernetes, out, imports, includeSecrets, skipValidation, flux } = options;
  const keys = await openInputKeys(project, {
    ...running(options),
    ...(args === undefined ? {} : { args }),
    // Without a version it is the newest that this Tankard knows, and Tankard itself is part of the key.
    kubernetes: kubernetes ?? project.config.kubernetes ?? 'newest',
    imports,
    outputs: [out],
    also: { includeSecrets, skipValidation, flux },
  });
  const cache = new EntryCache('exports');
  const reused = new Set<string>();
  const remembered: (Entry & { readonly environment: ChosenEnvironment })[] = [];
  return {
    async find(environment, isThere) {
      const key = await keys.keyOf(environment);
      const found = key === undefined ? undefined : await cache.get(key);
      if (found === undefined) return undefined;
      const { result, files } = JSON.parse(found.toString('utf8')) as Entry;
      if (!(await isThere(new Map(files)))) return undefined;
      reused.add(idOf(environment));
      return result;
    },
    remember(environment, result, files) {
      if (result.findings.some(({ severity }) => severity === 'error')) return;
      const sums = files.map(({ path, content }) => [path, sha256(content)] as const);
      remembered.push({ environment, result, files: sums });
    },
    isReused: (environment) => reused.has(idOf(environment)),
    async save() {
      const environments = remembered.map(({ environment }) => environment);
      const changed = new Set((await keys.changedSince(environments)).map(idOf));
      for (const { environment, ...entry } of remembered) {
        const key = changed.has(idOf(environment)) ? undefined : await keys.keyOf(environment);
        if (key !== undefined) await cache.put(key, Buffer.from(JSON.stringify(entry)));
      }
      if (remembered.length > 0) cache.evictIfDue();
    },
  };
}

function idOf({ path, name }: ChosenEnvironment): string {
  return JSON.stringify([path, name]);
}
