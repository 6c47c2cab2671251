import path from 'node:path';
import { Failure } from '../../finding/failure.ts';
import { headCommit, openRepository, runGit, type Repository } from '../preview/git.ts';

/** What a range of commits changed. */
export interface ChangedFiles {
  /** The commit that the files are compared with, its whole hash. */
  readonly base: string;
  /** The range as it was given. */
  readonly range: string;
  /** Absolute paths, sorted; those that were removed or renamed away too. */
  readonly files: readonly string[];
}

/**
 * Finds which files differ from a commit: in the commits after it, in the work tree, and those that git does not track yet, but
 * for the ignored ones.
 *
 * @param root project root, absolute.
 * @param range `BASE...HEAD` compares with the last commit that both have, as a pull request does; `BASE..HEAD` with BASE itself.
 *   Without `..` it is a BASE of the first kind. Both are revisions of git; HEAD has to be what is checked out, since that is
 *   what is checked, and may be left out.
 * @throws Failure `usage` without git or a repository; for a revision that git does not find, which says how to get it in a
 *   shallow clone; for a range that ends elsewhere; `interrupted` on abort.
 */
export async function changedFiles(
  root: string,
  range: string,
  signal?: AbortSignal,
): Promise<ChangedFiles> {
  const repository = await openRepository(root, signal).catch((error: unknown) => {
    if (!(error instanceof Failure) || error.kind === 'interrupted') throw error;
    throw new Failure('usage', `the range ${range} needs git: ${error.message}`, {
      hint: 'Without --range all environments are checked.',
    });
  });
  const git = new RangeReader(repository, range, signal);
  const { from, to, isMergeBase } = parseRange(range);
  const given = await git.commit(from);
  const head = await headCommit(repository, signal);
  if (to !== '' && (await git.commit(to)) !== head) throw endsElsewhere(range, to, head);
  const base = isMergeBase ? await git.mergeBase(given, head) : given;
  const different = await git.run(['diff', '--name-only', '-z', ...PLAIN, base, '--']);
  const untracked = await git.run(['ls-files', '-z', '--others', '--exclude-standard']);
  const names = `${different}${untracked}`.split('\0').filter((name) => name !== '');
  const files = [...new Set(names)].map((name) => placeOf(name, root, repository));
  return { base, range, files: files.sort() };
}

/** Below the root as the project names it, which may be reached by a link. */
function placeOf(name: string, root: string, { toplevel, prefix }: Repository): string {
  if (prefix === '') return path.join(root, name);
  return name.startsWith(`${prefix}/`)
    ? path.join(root, name.slice(prefix.length + 1))
    : path.join(toplevel, name);
}

/** Whatever the user's configuration of git says. A file that was renamed is two: one that went, one that came. */
const PLAIN = ['--no-renames', '--no-ext-diff', '--no-relative', '--no-color'];

interface Range {
  readonly from: string;
  /** Empty when it is left out. */
  readonly to: string;
  readonly isMergeBase: boolean;
}

function parseRange(range: string): Range {
  const [, from = '', dots = '...', to = ''] = /^(.*?)(?:(\.{2,3})(.*))?$/s.exec(range) ?? [];
  if (from === '')
    throw new Failure('usage', `${JSON.stringify(range)} is no range of commits: it has no start`, {
      hint: 'Such as main...HEAD, or a commit.',
    });
  return { from, to, isMergeBase: dots === '...' };
}

function endsElsewhere(range: string, to: string, head: string): Failure {
  return new Failure(
    'usage',
    `the range ${range} ends at ${to}, but ${head.slice(0, 7)} is checked out`,
    {
      hint: 'What is checked are the files on disk: check that commit out, or end the range in HEAD.',
    },
  );
}

/** git in one repository, for one range. */
class RangeReader {
  readonly #repository: Repository;
  readonly #range: string;
  readonly #signal: AbortSignal | undefined;

  constructor(repository: Repository, range: string, signal: AbortSignal | undefined) {
    this.#repository = repository;
    this.#range = range;
    this.#signal = signal;
  }

  async commit(revision: string): Promise<string> {
    const commit = `${revision}^{commit}`;
    const { stdout, problem } = await this.#try([
      'rev-parse',
      '--verify',
      '--quiet',
      '--end-of-options',
      commit,
    ]);
    if (problem === undefined) return stdout.trim();
    throw await this.#missing(`git does not know ${JSON.stringify(revision)}`);
  }

  async mergeBase(from: string, head: string): Promise<string> {
    const { stdout, problem } = await this.#try(['merge-base', from, head]);
    if (problem === undefined) return stdout.trim();
    throw await this.#missing(`${from.slice(0, 7)} and HEAD have no commit in common`);
  }

  async run(args: readonly string[]): Promise<string> {
    const { stdout, problem } = await this.#try(args);
    if (problem === undefined) return stdout;
    throw new Failure('usage', `the range ${this.#range}: git ${args[0]}: ${problem}`);
  }

  async #try(args: readonly string[]): Promise<{ stdout: string; problem?: string }> {
    return runGit({
      git: this.#repository.git,
      args,
      cwd: this.#repository.toplevel,
      ...(this.#signal === undefined ? {} : { signal: this.#signal }),
    });
  }

  async #missing(problem: string): Promise<Failure> {
    const { stdout } = await this.#try(['rev-parse', '--is-shallow-repository']);
    const message = `cannot tell what the range ${this.#range} changed: ${problem}`;
    if (stdout.trim() !== 'true')
      return new Failure('usage', message, {
        hint: 'Name a commit, a branch or a tag of this repository, such as origin/main...HEAD.',
      });
    return new Failure('usage', `${message} in this shallow clone`, {
      hint: 'Fetch with the whole history: fetch-depth: 0 of actions/checkout, GIT_DEPTH: 0 in GitLab, `git fetch --unshallow`.',
    });
  }
}
