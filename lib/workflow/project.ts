import { existsSync } from 'node:fs';
import path from 'node:path';
import { CONFIG_FILE, loadConfig, type Config } from '../config/load-config.ts';
import { Failure } from '../finding/failure.ts';
import { MAIN_FILE } from '../tanka/find-main-directories.ts';
import { findProjectRoot } from '../tanka/project.ts';
import { ensureTool } from '../tools/ensure-tool.ts';
import { findExecutable } from '../tools/find-executable.ts';

/** What every function of the programmatic interface may be told. */
export interface ProjectOptions {
  /** Where to look for the project: its root or a folder below it. @default process.cwd() */
  readonly cwd?: string;
  /** Told what takes long, such as building tk, one line at a time without a newline. */
  readonly onProgress?: (line: string) => void;
  /** Stops the work and every process it started. */
  readonly signal?: AbortSignal;
}

/** A Tanka project that can be worked with. */
export interface Project {
  /** Absolute path. */
  readonly root: string;
  readonly config: Config;
  /** Absolute path of tk. */
  readonly tk: string;
  /** It is of the version that Tankard pins, and not one that the user named. */
  readonly hasPinnedTk: boolean;
  /** Absolute path of the program that evaluates; absent: Tanka's own interpreter. */
  readonly evaluator?: string;
}

/** The part of the options that is passed on to the stages. */
export function running(options: ProjectOptions): Pick<ProjectOptions, 'onProgress' | 'signal'> {
  return {
    ...(options.onProgress === undefined ? {} : { onProgress: options.onProgress }),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  };
}

/**
 * Finds the project, reads tankard.yaml and sees to it that tk is there.
 *
 * @param environment an environment argument: the project that holds it wins over the one of `cwd`, as with tk.
 * @throws Failure `usage` outside a project or for a wrong tankard.yaml; `tool` without tk or the evaluator.
 */
export async function openProject(
  options: ProjectOptions = {},
  environment?: string,
): Promise<Project> {
  const cwd = path.resolve(options.cwd ?? process.cwd());
  const root = projectRootOf(path.resolve(cwd, environment ?? '.')) ?? findProjectRoot(cwd);
  const config = await loadConfig(root);
  const configured = config.tk === undefined ? {} : { configured: config.tk };
  const tk = await ensureTool('tk', { ...configured, ...running(options) });
  const isNamed = tk.origin === 'TANKARD_TK' || tk.origin === 'tankard.yaml';
  const evaluator = findEvaluator(config);
  return {
    root,
    config,
    tk: tk.path,
    hasPinnedTk: !isNamed && tk.version === tk.wanted,
    ...(evaluator === undefined ? {} : { evaluator }),
  };
}

function findEvaluator({ evaluator }: Config): string | undefined {
  if (evaluator === undefined) return undefined;
  const file = findExecutable(evaluator);
  if (file !== undefined) return file;
  const problem = path.isAbsolute(evaluator) ? 'is not an executable file' : 'is not on PATH';
  throw new Failure('tool', `evaluator in ${CONFIG_FILE}: ${evaluator} ${problem}`, {
    hint: `Install it, or take out evaluator: Tanka's own interpreter then evaluates.`,
  });
}

function projectRootOf(target: string): string | undefined {
  // What does not exist is looked for in the project that it would be in.
  let existing = target;
  while (!existsSync(existing)) existing = path.dirname(existing);
  try {
    return findProjectRoot(existing);
  } catch (error) {
    // The message about the folder that the command runs in says more.
    if (error instanceof Failure) return undefined;
    throw error;
  }
}

/**
 * The environment argument of a command as a path relative to the project root. What exists below the folder that
 * the command runs in wins, as a shell user expects; else it is taken relative to the root.
 */
export function environmentArgument(project: Project, cwd: string, argument: string): string {
  const given = path.resolve(cwd, argument);
  const target = path.basename(given) === MAIN_FILE ? path.dirname(given) : given;
  const here = path.relative(project.root, target);
  if (here.startsWith('..') || !existsSync(target)) return argument;
  return here === '' ? '.' : here;
}
