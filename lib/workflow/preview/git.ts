import path from 'node:path';
import { Failure } from '../../finding/failure.ts';
import { findExecutable } from '../../tools/find-executable.ts';
import { runProgram } from '../../tools/run-program.ts';

/** The git repository that a project lies in. */
export interface Repository {
  /** Absolute path of git. */
  readonly git: string;
  /** The root of its work tree, absolute, without links in it. */
  readonly toplevel: string;
  /** The root of the project in it, with `/`; empty when it is the toplevel. */
  readonly prefix: string;
}

/** One run of git. */
interface GitRun {
  /** Absolute path of git. */
  readonly git: string;
  readonly args: readonly string[];
  /** Absolute. */
  readonly cwd: string;
  /** Used in place of the repository's own index; absolute. */
  readonly indexFile?: string;
  readonly signal?: AbortSignal;
}

/** Variables that a hook of git gets, which would name another repository than the one of the folder; and those for a terminal. */
const VARIABLES: Readonly<Record<string, string | undefined>> = {
  GIT_DIR: undefined,
  GIT_WORK_TREE: undefined,
  GIT_PREFIX: undefined,
  GIT_INDEX_FILE: undefined,
  // Not even the times in the index are brought up to date.
  GIT_OPTIONAL_LOCKS: '0',
  GIT_TERMINAL_PROMPT: '0',
  LC_ALL: 'C',
};

/**
 * Finds the repository of a project.
 *
 * @param root of the project, absolute.
 * @throws Failure `usage` without git, or when the project is in no work tree of a repository; `interrupted` on abort.
 */
export async function openRepository(root: string, signal?: AbortSignal): Promise<Repository> {
  const git = findExecutable('git');
  if (git === undefined)
    throw new Failure('usage', 'git is not on PATH, so there is no last commit to compare with', {
      hint: 'Install git, or compare with the last save.',
    });
  const result = await runGit({
    git,
    args: ['rev-parse', '--show-toplevel', '--show-prefix'],
    cwd: root,
    ...(signal === undefined ? {} : { signal }),
  });
  const [toplevel, prefix = ''] = result.stdout.split('\n');
  if (result.problem === undefined && toplevel !== undefined && toplevel !== '')
    return { git, toplevel: path.resolve(toplevel), prefix: prefix.replace(/\/$/, '') };
  throw new Failure('usage', `${root} has no last commit to compare with: ${result.problem}`, {
    hint: 'Make it a git repository (`git init`) and commit it, or compare with the last save.',
  });
}

/**
 * The commit that is checked out.
 *
 * @returns its whole hash.
 * @throws Failure `usage` when there is none yet; `interrupted` on abort.
 */
export async function headCommit(repository: Repository, signal?: AbortSignal): Promise<string> {
  const { git, toplevel } = repository;
  const { stdout, problem } = await runGit({
    git,
    args: ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}'],
    cwd: toplevel,
    ...(signal === undefined ? {} : { signal }),
  });
  if (problem === undefined) return stdout.trim();
  throw new Failure('usage', `the git repository ${toplevel} has no commit yet to compare with`, {
    hint: 'Commit the project, or compare with the last save.',
  });
}

/**
 * Runs git for something that only reads: without hooks, without a monitor of files, and without its optional writes.
 *
 * @returns what it printed; `problem` has its words when it failed.
 * @throws Failure `interrupted` on abort.
 */
export async function runGit(run: GitRun): Promise<{ stdout: string; problem?: string }> {
  const result = await runProgram({
    file: run.git,
    args: [
      '--no-pager',
      '-c',
      'core.hooksPath=/dev/null',
      '-c',
      'core.fsmonitor=false',
      ...run.args,
    ],
    cwd: run.cwd,
    env: {
      ...VARIABLES,
      ...(run.indexFile === undefined ? {} : { GIT_INDEX_FILE: run.indexFile }),
    },
    ...(run.signal === undefined ? {} : { signal: run.signal }),
  });
  const stdout = result.stdout.toString('utf8');
  if (result.exitCode === 0) return { stdout };
  const said = result.stderr.trim().replace(/^fatal: /, '');
  return { stdout, problem: said || (result.startError ?? result.killedBy ?? 'git failed') };
}
