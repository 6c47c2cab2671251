import { existsSync, mkdirSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { CONFIG_FILE } from '../../config/load-config.ts';
import { temporaryBeside } from '../../disk/temporary-beside.ts';
import { writeWhole } from '../../disk/write-whole.ts';
import { Failure } from '../../finding/failure.ts';
import { parseImportSource } from '../../sources/import-source.ts';
import { MIXINS } from '../../sources/mixins.ts';
import { DEFAULT_KUBERNETES } from '../../sources/pinned-modules.ts';
import { PROJECT_LOCK } from '../../sources/pinned-stores.ts';
import { JSONNETFILE } from '../../tanka/jsonnetfile.ts';
import { ancestors } from '../../tanka/project.ts';
import { importLibraries, type ImportedLibrary } from '../import.ts';
import { ALIAS_FILE } from '../kubernetes-alias.ts';
import { running, type ProjectOptions } from '../project.ts';
import { placeEntries, takenEntries } from './place-project.ts';
import { GITIGNORE, starterFiles } from './starter-files.ts';

/** Where a project is made, and with which libraries. */
export interface InitOptions extends ProjectOptions {
  /** Relative to `cwd`; made when it does not exist. @default `cwd` itself */
  readonly folder?: string;
  /** Sources to import beside Kubernetes and the mixins, as `tankard import` takes them; not files. @default none */
  readonly imports?: readonly string[];
}

/** A project that was made. */
export interface InitResult {
  /** Project root, absolute. */
  readonly root: string;
  /** The files to commit, relative to the root, sorted. */
  readonly created: readonly string[];
  /** What can be imported in Jsonnet. */
  readonly libraries: readonly ImportedLibrary[];
  /** What the user should know, a line each. */
  readonly notes: readonly string[];
}

const TKRC = 'tkrc.yaml';
/** Committed files that the import makes. */
const IMPORTED = [PROJECT_LOCK, ALIAS_FILE];
/** Not committed: what is imported, and its links. */
const RESTORED = ['.tankard', 'vendor'];

/**
 * Makes a Tanka project: an environment as an example, and typed libraries. All of it appears, or nothing; nothing that
 * is there is changed.
 *
 * @throws Failure `usage` when the folder is in a Tanka project, holds files that a project needs, or cannot be
 *   written, and for a wrong source; as `importLibraries`.
 */
export async function init(options: InitOptions = {}): Promise<InitResult> {
  const root = path.resolve(options.cwd ?? process.cwd(), options.folder ?? '.');
  const sources = sourcesOf(options.imports ?? []);
  checkNoProject(root, sources);
  const hasGitignore = existsSync(path.join(root, GITIGNORE));
  const files = new Map(await starterFiles());
  if (hasGitignore) files.delete(GITIGNORE);
  const created = [...files.keys(), ...IMPORTED].sort();
  checkFree(root, [...created, ...RESTORED]);

  const made = makeFolder(root);
  const staged = temporaryBeside(path.join(root, 'tankard-init'));
  try {
    for (const [file, text] of files) await writeWhole(path.join(staged, file), text);
    const requested = sources.map((source) => ({ source }));
    const work = { cwd: staged, sources: requested, ...running(options) };
    const { libraries, notes } = await importLibraries(work);
    options.signal?.throwIfAborted();
    // What marks a project comes last.
    const last = [CONFIG_FILE, JSONNETFILE];
    const first = [...RESTORED, ...created].filter((entry) => !last.includes(entry));
    placeEntries(staged, root, [...first, ...last]);
    const ignoring = hasGitignore ? await ignoreNotes(root) : [];
    return { root, created, libraries, notes: [...notes, ...ignoring] };
  } catch (error) {
    if (made !== undefined) await rm(made, { recursive: true, force: true });
    throw error;
  } finally {
    await rm(staged, { recursive: true, force: true });
  }
}

function sourcesOf(imports: readonly string[]): string[] {
  const parsed = imports.map((text) => ({ text, type: parseImportSource(text).type }));
  const file = parsed.find(({ type }) => type === 'files');
  if (file !== undefined)
    throw new Failure('usage', `${file.text} is taken from the project, which is yet to be made`, {
      hint: `Make it first; then run \`tankard import ${file.text}\` in it.`,
    });
  const kubernetes = parsed.some(({ type }) => type === 'kubernetes')
    ? []
    : [`k8s@${DEFAULT_KUBERNETES}`];
  return [...new Set([...kubernetes, MIXINS, ...imports])];
}

/** tk takes the nearest tkrc.yaml for the root, before any jsonnetfile.json: a project below one would not be one. */
function checkNoProject(root: string, sources: readonly string[]): void {
  const above = ancestors(root).find((folder) => existsSync(path.join(folder, TKRC)));
  const marked = above ?? (existsSync(path.join(root, JSONNETFILE)) ? root : undefined);
  if (marked === undefined) return;
  const file = path.join(marked, above === undefined ? JSONNETFILE : TKRC);
  throw new Failure('usage', `${root} is in a Tanka project already: there is ${file}`, {
    hint: `Nothing was changed. In it, \`tankard import ${sources.join(' ')}\` adds the libraries, and \`tankard validate\` checks it as it is.`,
  });
}

function checkFree(root: string, entries: readonly string[]): void {
  const taken = takenEntries(root, entries);
  if (taken.length === 0) return;
  throw new Failure('usage', `${root} already has ${taken.join(', ')}`, {
    hint: 'Nothing was changed. Move them away, or name another folder: `tankard init FOLDER`.',
  });
}

/** Makes a folder, and gives the first one that was not there before; undefined when all were. */
function makeFolder(root: string): string | undefined {
  try {
    return mkdirSync(root, { recursive: true });
  } catch (cause) {
    throw new Failure('usage', `cannot make the folder ${root}: ${(cause as Error).message}`, {
      cause,
    });
  }
}

/** A .gitignore of the user's stays as it is. `.tankard` has one of its own in it. */
async function ignoreNotes(root: string): Promise<string[]> {
  const lines = (await readFile(path.join(root, GITIGNORE), 'utf8')).split('\n');
  const ignores = lines.some((line) => /^\/?vendor\/?$/.test(line.trim()));
  return ignores ? [] : [`${GITIGNORE} stays as it is; add the line /vendor/ to it`];
}
