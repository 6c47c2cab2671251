import path from 'node:path';
import { loadConfig } from '../config/load-config.ts';
import type { UnexpressedKeyword } from '../model/node.ts';
import { checkReplaceable, inspectLibrary, LIBRARIES_FOLDER } from '../output/library-folder.ts';
import { libraryKey, readImportLock, type LockedLibrary } from '../sources/import-lock.ts';
import { DEFAULT_KUBERNETES } from '../sources/pinned-modules.ts';
import { withLibraries } from '../tanka/jsonnetfile.ts';
import { findProjectRoot } from '../tanka/project.ts';
import { commitImport } from './import-commit.ts';
import { readImportFiles } from './import-files.ts';
import {
  isInPlace,
  keptLibrary,
  makeImport,
  type ImportJob,
  type ImportOutcome,
  type MadeLibrary,
} from './import-outcome.ts';
import { planImports, type PlannedImport, type RequestedImport } from './import-plan.ts';
import { staleness } from './import-staleness.ts';
import { planAlias, targetKubernetes } from './kubernetes-alias.ts';
import { running, type ProjectOptions } from './project.ts';

/** What to import. */
export interface ImportOptions extends ProjectOptions {
  /** Added to what tankard.yaml imports, or pinned anew. @default none */
  readonly sources?: readonly RequestedImport[];
  /** Change nothing of the project. @default false */
  readonly check?: boolean;
}

/** What importing did to one library, or with `check` would do. */
export interface ImportedLibrary {
  readonly name: string;
  /** Canonical text, as in tankard.yaml. */
  readonly source: string;
  /** `restored`: the lock stays as it is, the folder was missing, outdated or not what had been written. */
  readonly change: 'added' | 'changed' | 'restored' | 'removed' | 'unchanged';
  /** How many files it has. */
  readonly files: number;
  /** What of the schemas it cannot express. */
  readonly unexpressed: readonly UnexpressedKeyword[];
}

/** What importing did. */
export interface ImportResult {
  /** Project root, absolute. */
  readonly root: string;
  /**
   * In the order of tankard.yaml; removed ones last. With sources, only those, and what else was not there as pinned.
   */
  readonly libraries: readonly ImportedLibrary[];
  /** What is stale, a sentence each: what no command mends by itself, `import` aside. Filled with `check` only. */
  readonly stale: readonly string[];
  /** What the user should know, a line each. */
  readonly notes: readonly string[];
}

/**
 * Brings the imported libraries in line with tankard.yaml and the requested sources: pins them in tankard.lock, makes
 * them, and lists them in jsonnetfile.json. Without sources it restores what the lock pins. All of it is done, or none.
 *
 * @throws Failure `usage` outside a project, for what is no source, when files of the user's are in the way or
 *   something cannot be written or was changed meanwhile; as `resolveImport` and `openImport`; `tool` without jb.
 */
export async function importLibraries(options: ImportOptions = {}): Promise<ImportResult> {
  const cwd = path.resolve(options.cwd ?? process.cwd());
  const root = findProjectRoot(cwd);
  // Before anything is read of them: what changes later is noticed when they are written.
  const files = readImportFiles(root);
  const config = await loadConfig(root);
  const requested = options.sources ?? [];
  const plan = planImports(config, requested, { root, cwd });
  const job: ImportJob = {
    root,
    config,
    files,
    kubernetes: targetKubernetes(config.kubernetes, plan) ?? DEFAULT_KUBERNETES,
    lock: readImportLock(root),
    options: running(options),
  };
  const outcome = await outcomeOf(plan, job, requested.length > 0);
  const libraries = [
    ...outcome.made.map(describe),
    ...outcome.removed.map((name) => describeRemoved(name, job)),
  ];
  if (options.check === true) return { root, libraries, stale: staleness(job, outcome), notes: [] };
  await commitImport(job, outcome);
  return { root, libraries, stale: [], notes: outcome.alias.notes };
}

async function outcomeOf(
  plan: readonly PlannedImport[],
  job: ImportJob,
  isAddition: boolean,
): Promise<ImportOutcome> {
  const { root, config, lock } = job;
  const made: MadeLibrary[] = [];
  const locked = new Map<string, LockedLibrary>();
  for (const planned of plan) {
    const kept = isAddition ? keptLibrary(planned, job) : undefined;
    if (kept === undefined) made.push(await makeImport(planned, job));
    locked.set(planned.name, kept ?? (made.at(-1) as MadeLibrary).locked);
  }
  const removed = [...lock.keys()].filter((name) => !locked.has(name));
  for (const name of removed) checkReplaceable(name, await inspectLibrary(root, name));
  return {
    made,
    removed,
    locked,
    alias: await planAlias(root, config.kubernetes, plan),
    jsonnetfile: await withLibraries(root, LIBRARIES_FOLDER, [...locked.keys()]),
  };
}

function describe(made: MadeLibrary): ImportedLibrary {
  const { name, locked, library } = made;
  const { files, unexpressed } = library;
  return { name, source: locked.source, change: changeOf(made), files: files.length, unexpressed };
}

function changeOf(made: MadeLibrary): ImportedLibrary['change'] {
  if (made.before === undefined) return 'added';
  if (libraryKey(made.before) !== libraryKey(made.locked)) return 'changed';
  return isInPlace(made) ? 'unchanged' : 'restored';
}

function describeRemoved(name: string, { lock }: ImportJob): ImportedLibrary {
  const source = lock.get(name)?.source ?? '';
  return { name, source, change: 'removed', files: 0, unexpressed: [] };
}
