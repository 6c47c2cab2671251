import { existsSync } from 'node:fs';
import { lstat, mkdir, readdir, readlink, rmdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '../../finding/failure.ts';
import { libraryDirectory, readLibraryKey } from '../../output/library-folder.ts';
import { libraryKey, readImportLock } from '../../sources/import-lock.ts';
import { JSONNETFILE, readDependencies, vendorName } from '../../tanka/jsonnetfile.ts';
import { runGit, type Repository } from './git.ts';

/** Which commit is copied, and where to. */
export interface CopyOptions {
  /** The whole hash. */
  readonly commit: string;
  /** Absolute path of a folder that is there and empty. */
  readonly folder: string;
  readonly signal?: AbortSignal;
}

/** The files of a commit on disk, with what git does not have of them. */
export interface CommitCopy {
  /** The root of the project in it, absolute; it does not exist when the commit does not have the project. */
  readonly root: string;
  /** The imported libraries that are those of the work tree, with the keys that they are right for. */
  readonly libraries: ReadonlyMap<string, string>;
}

/** Two roots, of the work tree and of the copy, absolute: a path in the one stands for the same path in the other. */
interface Trees {
  readonly work: string;
  readonly copy: string;
}

/**
 * Copies a commit out of a repository into a folder, with all that is needed to render from it. Nothing is written to the
 * repository: git gets an index file of its own.
 *
 * All tracked files are copied, and not the project's alone, since Jsonnet may import from anywhere in the repository. Of what
 * git ignores, and of vendor/, there is only the state of the work tree: the copy has links to it. A link within the
 * repository, as `jb install` makes them in vendor/ for local libraries, leads to the same place in the copy. A submodule has
 * the commit that the copied one names; where that was not fetched, and where it has submodules itself, it is a link to the work
 * tree's. Imported libraries are links where tankard.lock of the commit
 * pins the same ones; others are missing.
 *
 * @throws Failure `usage` with git's words when it fails; `interrupted` on abort.
 */
export async function copyCommit(
  repository: Repository,
  options: CopyOptions,
): Promise<CommitCopy> {
  const trees = { work: repository.toplevel, copy: path.join(options.folder, 'files') };
  const git = reader(repository, options, path.join(options.folder, 'index'));
  await mkdir(trees.copy);
  await git('read-tree', options.commit);
  await git('checkout-index', '--all', '--force', '--quiet', `--prefix=${trees.copy}/`);
  if (existsSync(path.join(trees.copy, '.gitmodules')))
    await copySubmodules(trees, await git('ls-files', '-z', '--stage'), (folder, commit) =>
      reader(
        { ...repository, toplevel: folder },
        { ...options, commit },
        `${trees.copy}-${commit}`,
      ),
    );
  const root = path.join(trees.copy, repository.prefix);
  if (!existsSync(root)) return { root, libraries: new Map() };
  const vendor = path.posix.join(repository.prefix, 'vendor');
  const others = ['ls-files', '-z', '--others', '--directory'];
  await linkAll(trees, await git(...others, '--ignored', '--exclude-standard'));
  await linkAll(trees, await git(...others, '--', `:(top,literal)${vendor}`));
  await linkLocalLibraries(trees, root);
  return { root, libraries: await linkImports(path.join(trees.work, repository.prefix), root) };
}

function reader(
  { git, toplevel }: Repository,
  { commit, signal }: CopyOptions,
  indexFile: string,
): (...args: string[]) => Promise<string> {
  return async (...args) => {
    const { stdout, problem } = await runGit({
      git,
      args,
      cwd: toplevel,
      indexFile,
      ...(signal === undefined ? {} : { signal }),
    });
    if (problem === undefined) return stdout;
    throw new Failure(
      'usage',
      `cannot read the commit ${commit} of ${toplevel}: git ${args[0]}: ${problem}`,
      { hint: '`git fsck` says whether the repository is whole.' },
    );
  };
}

/**
 * @param listed what `git ls-files -z --stage` prints: mode, hash, stage and path of each entry.
 * @param open gives git in the folder of a submodule, with an index for the commit.
 */
async function copySubmodules(
  trees: Trees,
  listed: string,
  open: (folder: string, commit: string) => ReturnType<typeof reader>,
): Promise<void> {
  for (const entry of listed.split('\0')) {
    const [, commit = '', submodule] = /^160000 (\w+) [^\t]*\t(.*)$/s.exec(entry) ?? [];
    if (submodule === undefined) continue;
    const [from, to] = [path.join(trees.work, submodule), path.join(trees.copy, submodule)];
    if (!existsSync(from)) continue;
    if (!existsSync(path.join(from, '.gitmodules')) && existsSync(path.join(from, '.git')))
      if (await hasCopied(open(from, commit), commit, to)) continue;
    // git makes an empty folder for it.
    await rmdir(to).catch(() => undefined);
    await link(trees, submodule);
  }
}

/** @returns false when the commit is not there. */
async function hasCopied(
  git: ReturnType<typeof reader>,
  commit: string,
  to: string,
): Promise<boolean> {
  try {
    await git('read-tree', commit);
  } catch (error) {
    if (error instanceof Failure && error.kind === 'usage') return false;
    throw error;
  }
  await git('checkout-index', '--all', '--force', '--quiet', `--prefix=${to}/`);
  return true;
}

/** @param listed paths relative to the toplevel, each ended by NUL; those of folders end in `/`. */
async function linkAll(trees: Trees, listed: string): Promise<void> {
  for (const entry of listed.split('\0')) {
    const item = entry.replace(/\/$/, '');
    // Libraries of another tankard.lock may lie there.
    if (item === '' || item.split('/').includes('.tankard')) continue;
    if (entry.endsWith('/') && path.posix.basename(item) === 'vendor') await linkEach(trees, item);
    else await link(trees, item);
  }
}

/** A folder whose links are of their own, since a link to the folder would lead to the work tree with all of them. */
async function linkEach(trees: Trees, folder: string): Promise<void> {
  const names = await readdir(path.join(trees.work, folder)).catch(() => []);
  for (const name of names) await link(trees, `${folder}/${name}`);
}

/** Links a path that the copy does not have. */
async function link(trees: Trees, item: string): Promise<void> {
  const [from, to] = [path.join(trees.work, item), path.join(trees.copy, item)];
  const entry = await lstat(from).catch(() => undefined);
  if (entry === undefined || (await isThere(to))) return;
  await mkdir(path.dirname(to), { recursive: true });
  if (!entry.isSymbolicLink()) return symlink(from, to);
  await symlink(inCopy(trees, path.resolve(path.dirname(from), await readlink(from))), to);
}

/** What is outside the repository has no other state than its own. */
function inCopy({ work, copy }: Trees, target: string): string {
  const relative = path.relative(work, target);
  return relative === '..' || relative.startsWith(`..${path.sep}`) || path.isAbsolute(relative)
    ? target
    : path.join(copy, relative);
}

/**
 * Does what `jb install` does for local libraries that the commit has and the work tree no longer. jb itself would delete
 * through the links what lies in the work tree.
 */
async function linkLocalLibraries({ work, copy }: Trees, root: string): Promise<void> {
  for (const dependency of await readDependencies(path.join(root, JSONNETFILE))) {
    const name = vendorName(dependency);
    const directory = dependency.source?.local?.directory;
    if (name === undefined || directory === undefined) continue;
    const place = path.join(root, 'vendor', name);
    if (await isThere(place)) continue;
    await mkdir(path.dirname(place), { recursive: true });
    const original = path.resolve(work, path.relative(copy, root), directory);
    await symlink(inCopy({ work, copy }, original), place);
  }
}

async function linkImports(from: string, root: string): Promise<Map<string, string>> {
  const linked = new Map<string, string>();
  for (const [name, locked] of readImportLock(root)) {
    const key = libraryKey(locked);
    const place = libraryDirectory(root, name);
    if (readLibraryKey(from, name) !== key || (await isThere(place))) continue;
    await mkdir(path.dirname(place), { recursive: true });
    await symlink(libraryDirectory(from, name), place);
    linked.set(name, key);
  }
  return linked;
}

async function isThere(file: string): Promise<boolean> {
  return lstat(file).then(
    () => true,
    () => false,
  );
}
