import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '../finding/failure.ts';
import { MAIN_FILE } from './find-main-directories.ts';
import { ROOT_FILES, ancestors, findProjectRoot } from './project.ts';

/** An environment on disk, found without running tk. */
export interface EnvironmentPlace {
  /** Absolute path of the directory with its main.jsonnet. */
  readonly base: string;
  /** Absolute path of the file that tk evaluates. */
  readonly main: string;
  /** What tk is given: relative to the project root, never like a flag. */
  readonly argument: string;
  /** What findings call it: the base relative to the root, with `/`; `.` for the root itself. */
  readonly environment: string;
}

/**
 * Finds an environment by tk's rules: a directory with main.jsonnet, one below it, or a .jsonnet file.
 *
 * @param environment relative to `root`, or absolute.
 * @throws Failure `usage` when `root` is no project, or there is no such environment in it.
 */
export async function findEnvironment(
  root: string,
  environment: string,
): Promise<EnvironmentPlace> {
  if (!ROOT_FILES.some((file) => existsSync(path.join(root, file)))) findProjectRoot(root);
  const target = path.resolve(root, environment);
  // Not throwIfNoEntry: it throws for what would lie below a file.
  const stat = existsSync(target) ? statSync(target) : undefined;
  if (stat === undefined) throw await unknownEnvironment(root, environment, 'does not exist');
  const relative = path.relative(root, target);
  if (relative.startsWith('..') || path.isAbsolute(relative))
    throw new Failure('usage', `${target} is outside the project ${root}`, {
      hint: 'Run tankard in the project that the environment belongs to.',
    });
  const file = stat.isFile() ? path.basename(target) : MAIN_FILE;
  const base = nearestWith(file, stat.isFile() ? path.dirname(target) : target, root);
  if (base === undefined)
    throw await unknownEnvironment(
      root,
      environment,
      `has no ${MAIN_FILE}, nor has a directory above it`,
    );
  const argument = relative === '' ? '.' : relative;
  return {
    base,
    main: path.join(base, file),
    argument: argument.startsWith('-') ? `./${argument}` : argument,
    environment: path.relative(root, base).split(path.sep).join('/') || '.',
  };
}

function nearestWith(file: string, start: string, root: string): string | undefined {
  return ancestors(start)
    .filter((directory) => !path.relative(root, directory).startsWith('..'))
    .find((directory) => existsSync(path.join(directory, file)));
}

async function unknownEnvironment(
  root: string,
  environment: string,
  reason: string,
): Promise<Failure> {
  const { suggestEnvironments } = await import('./suggest-environments.ts');
  return new Failure('usage', `the environment ${environment} ${reason} (project ${root})`, {
    hint: await suggestEnvironments(root, environment),
  });
}
