import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { editConfig } from '../config/edit-config.ts';
import { CONFIG_FILE, loadConfig, type Config } from '../config/load-config.ts';
import { replaceAll, type Replacement } from '../disk/replace-all.ts';
import type { UnexpressedKeyword } from '../model/node.ts';
import {
  checkReplaceable,
  inspectLibrary,
  LIBRARIES_FOLDER,
  libraryDirectory,
  libraryHash,
  stageLibrary,
  type LibraryOnDisk,
} from '../output/library-folder.ts';
import {
  IMPORT_LOCK_FILE,
  libraryKey,
  printImportLock,
  readImportLock,
  type ImportLock,
  type LockedLibrary,
} from '../sources/import-lock.ts';
import { printImportSource, type LockedImport } from '../sources/import-source.ts';
import { JSONNETFILE, withLibraries } from '../tanka/jsonnetfile.ts';
import { findProjectRoot } from '../tanka/project.ts';
import { checkLinkable, ensureVendor, unlinkLibraries } from '../tanka/vendor.ts';
import { pinImport, planImports, type PlannedImport, type RequestedImport } from './import-plan.ts';
import { ALIAS_FILE, planAlias, type Alias } from './kubernetes-alias.ts';
import { LIBRARY_GENERATOR, makeLibrary, type Library } from './make-library.ts';
import { running, type ProjectOptions } from './project.ts';
import { disagreements } from './restore.ts';
import { notPinned } from './restore-libraries.ts';

/** What to import. */
export interface ImportOptions extends ProjectOptions {
  /** Added to what tankard.yaml imports, or pinned anew. @default none */
  readonly sources?: readonly RequestedImport[];
  /** Write nothing. @default false */
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
  /** In the order of tankard.yaml; removed ones last. */
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
 *   something cannot be written; as `resolveImport` and `openImport`; `tool` without jb.
 */
export async function importLibraries(options: ImportOptions = {}): Promise<ImportResult> {
  const cwd = path.resolve(options.cwd ?? process.cwd());
  const root = findProjectRoot(cwd);
  const config = await loadConfig(root);
  const lock = readImportLock(root);
  const plan = planImports(config, options.sources ?? [], { root, cwd });
  const job: Job = { root, config, lock, options };
  const made: Made[] = [];
  for (const planned of plan) made.push(await make(planned, job));
  const removed = await removedLibraries(job, made);
  const alias = await planAlias(root, config.kubernetes, sourcesOf(made), requestedSources(plan));
  const jsonnetfile = await withLibraries(
    root,
    LIBRARIES_FOLDER,
    made.map(({ name }) => name),
  );
  const outcome = { made, removed, alias, jsonnetfile };
  const libraries = [...made.map(describe), ...removed.map(describeRemoved)];
  if (options.check === true) return { root, libraries, stale: staleness(job, outcome), notes: [] };
  await commit(job, outcome);
  return { root, libraries, stale: [], notes: alias.notes };
}

interface Job {
  readonly root: string;
  readonly config: Config;
  readonly lock: ImportLock;
  readonly options: ImportOptions;
}

/** A library in memory, with its place. */
interface Made {
  readonly name: string;
  readonly locked: LockedLibrary;
  /** What tankard.lock had. */
  readonly before: LockedLibrary | undefined;
  readonly library: Library;
  readonly disk: LibraryOnDisk | undefined;
}

interface Removed {
  readonly name: string;
  readonly before: LockedLibrary;
}

interface Outcome {
  readonly made: readonly Made[];
  readonly removed: readonly Removed[];
  readonly alias: Alias;
  /** New text of jsonnetfile.json; undefined: it stays. */
  readonly jsonnetfile: string | undefined;
}

async function make(planned: PlannedImport, { root, lock, options }: Job): Promise<Made> {
  const { name, requested } = planned;
  const before = lock.get(name);
  const sourceOptions = { root, ...running(options) };
  const pinned = await pinImport(planned, lock, sourceOptions);
  const library = await makeLibrary(name, pinned, sourceOptions);
  options.signal?.throwIfAborted();
  const sha256 = libraryHash(library.files);
  const locked = { ...pinned, generator: LIBRARY_GENERATOR, sha256 };
  // The same generator makes the same files of the same schemas: another hash was not written by it.
  if (!requested && before !== undefined && isOnlyHashOther(before, locked))
    throw notPinned(name, before, sha256);
  return { name, locked, before, library, disk: await inspectLibrary(root, name) };
}

function isOnlyHashOther(before: LockedLibrary, now: LockedLibrary): boolean {
  return (
    before.sha256 !== now.sha256 &&
    libraryKey({ ...before, sha256: now.sha256 }) === libraryKey(now)
  );
}

async function removedLibraries({ root, lock }: Job, made: readonly Made[]): Promise<Removed[]> {
  const removed = [...lock].filter(([name]) => made.every((one) => one.name !== name));
  for (const [name] of removed) checkReplaceable(name, await inspectLibrary(root, name));
  return removed.map(([name, before]) => ({ name, before }));
}

function sourcesOf(made: readonly Made[]): Map<string, string> {
  return new Map(made.map(({ name, locked }) => [name, locked.source]));
}

function requestedSources(plan: readonly PlannedImport[]): string[] {
  return plan.filter((one) => one.requested).map((one) => printImportSource(one.source));
}

function describe(made: Made): ImportedLibrary {
  const { name, locked, library } = made;
  const { source } = locked;
  const { files, unexpressed } = library;
  return { name, source, change: changeOf(made), files: files.length, unexpressed };
}

function changeOf(made: Made): ImportedLibrary['change'] {
  if (made.before === undefined) return 'added';
  if (libraryKey(made.before) !== libraryKey(made.locked)) return 'changed';
  return isInPlace(made) ? 'unchanged' : 'restored';
}

function isInPlace({ disk, locked }: Made): boolean {
  return disk?.key === libraryKey(locked) && disk.sha256 === locked.sha256;
}

function describeRemoved({ name, before }: Removed): ImportedLibrary {
  return { name, source: before.source, change: 'removed', files: 0, unexpressed: [] };
}

/** A missing or outdated folder is none: the next command that renders restores it. */
function staleness({ config, lock }: Job, { made, alias, jsonnetfile }: Outcome): string[] {
  return [
    ...disagreements(config.imports, lock),
    ...made.flatMap(staleLibrary),
    ...(jsonnetfile === undefined ? [] : [`${JSONNETFILE} does not list the imported libraries`]),
    ...(alias.setKubernetes === undefined
      ? []
      : [`${CONFIG_FILE} does not name the version of Kubernetes that k.libsonnet stands for`]),
    ...(alias.replacement === undefined
      ? []
      : [`${ALIAS_FILE} is not what ${CONFIG_FILE} asks for`]),
  ];
}

function staleLibrary({ name, before, locked, disk }: Made): string[] {
  const folder = `${LIBRARIES_FOLDER}/${name}`;
  // What the lock lacks was said already.
  const pinned =
    before === undefined || before.source !== locked.source ? [] : staleEntry(name, before, locked);
  const isOfLock = before !== undefined && disk?.key === libraryKey(before);
  const first = isOfLock ? (disk.changed[0] ?? disk.foreign[0]) : disk?.foreign[0];
  const touched = first === undefined ? [] : [`${folder}/${first} is not what the import wrote`];
  return [...pinned, ...touched];
}

function staleEntry(name: string, before: LockedLibrary, now: LockedLibrary): string[] {
  const changed = changedFiles(before, now);
  if (changed.length > 0)
    return [`${name}: ${changed.join(', ')} changed since ${IMPORT_LOCK_FILE} was written`];
  return libraryKey(before) === libraryKey(now)
    ? []
    : [`${name} was made by another version of tankard`];
}

function changedFiles(
  { files: before = [] }: LockedImport,
  { files = [] }: LockedImport,
): string[] {
  const old = new Map(before.map((one) => [one.file, one.sha256]));
  const now = new Map(files.map((one) => [one.file, one.sha256]));
  const names = [...new Set([...old.keys(), ...now.keys()])];
  return names.filter((name) => old.get(name) !== now.get(name));
}

/** Everything on disk, at once. */
async function commit(job: Job, outcome: Outcome): Promise<void> {
  const { root, options } = job;
  const replaced = outcome.made.filter((one) => !isInPlace(one));
  const names = outcome.made.map(({ name }) => name);
  for (const { name, disk } of replaced) checkReplaceable(name, disk);
  for (const name of names) await checkLinkable(root, name, libraryDirectory(root, name));
  const staged: Replacement[] = [];
  try {
    for (const { name, library, locked } of replaced) {
      const folder = await stageLibrary(root, name, library.files, libraryKey(locked));
      staged.push({ path: libraryDirectory(root, name), staged: folder });
      options.signal?.throwIfAborted();
    }
    const removed = outcome.removed.map(({ name }) => name);
    const removals = removed.map((name): Replacement => ({
      path: libraryDirectory(root, name),
      removed: true,
    }));
    await replaceAll([...staged, ...removals, ...(await fileChanges(job, outcome))], async () => {
      await unlinkLibraries(root, removed);
      await ensureVendor({ root, ...running(options) });
    });
  } catch (error) {
    for (const one of staged)
      if ('staged' in one)
        await rm(one.staged, { recursive: true, force: true }).catch(() => undefined);
    await unlinkLibraries(root, names);
    throw error;
  }
}

/** The committed files; the lock comes last, since it says that all the rest is there. */
async function fileChanges(job: Job, outcome: Outcome): Promise<Replacement[]> {
  const { root, lock } = job;
  const { made, alias, jsonnetfile } = outcome;
  const configFile = path.join(root, CONFIG_FILE);
  const before = await readFile(configFile, 'utf8').catch(() => undefined);
  const config = editConfig(before, {
    imports: sourcesOf(made),
    ...(alias.setKubernetes === undefined ? {} : { kubernetes: alias.setKubernetes }),
  });
  const locked = new Map(made.map((one) => [one.name, one.locked]));
  const lockText = printImportLock(locked);
  const isSameLock = lock.size === locked.size && printImportLock(lock) === lockText;
  const changes: (Replacement | undefined)[] = [
    jsonnetfile === undefined
      ? undefined
      : { path: path.join(root, JSONNETFILE), text: jsonnetfile },
    alias.replacement,
    config === undefined || config === before ? undefined : { path: configFile, text: config },
    isSameLock ? undefined : lockChange(path.join(root, IMPORT_LOCK_FILE), locked.size, lockText),
  ];
  return changes.filter((one) => one !== undefined);
}

function lockChange(file: string, size: number, text: string): Replacement {
  return size === 0 ? { path: file, removed: true } : { path: file, text };
}
