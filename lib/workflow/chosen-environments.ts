import path from 'node:path';
import { Failure } from '../finding/failure.ts';
import { environmentsOf } from './env-list.ts';
import { environmentArgument, type Project } from './project.ts';
import type { EnvironmentOptions } from './show.ts';

/** One environment to work on. */
export interface ChosenEnvironment {
  /** Path relative to the project root. */
  readonly path: string;
  /** The name of an inline environment. */
  readonly name?: string;
}

/**
 * The environments that a command is for.
 *
 * @param options.environments paths relative to `cwd`, or to the project root; all of the project when empty or absent.
 * @returns in the order asked for; sorted by path when all.
 * @throws Failure `usage` when the project has none.
 */
export async function chosenEnvironments(
  project: Project,
  options: Pick<EnvironmentOptions, 'args' | 'cwd' | 'signal'> & {
    readonly environments?: readonly string[];
  },
): Promise<ChosenEnvironment[]> {
  const named = options.environments ?? [];
  if (named.length > 0) {
    const paths = named.map((one) =>
      environmentArgument(project, options.cwd ?? process.cwd(), one),
    );
    const name = options.args?.name;
    return [...new Set(paths)].map((one) => ({
      path: one,
      ...(name === undefined ? {} : { name }),
    }));
  }
  const all = await environmentsOf(project, options);
  // A check that looked at nothing must not pass for one that found nothing.
  if (all.length === 0) throw noEnvironments(project);
  return all.map(({ path: file, name, inline }) =>
    inline && name !== file ? { path: file, name } : { path: file },
  );
}

/** What is said of a project without environments. */
export function noEnvironments({ root, config }: Project): Failure {
  const folder = path.join(root, config.environments ?? 'environments');
  return new Failure('usage', `there are no environments in ${folder}`, {
    hint: 'Make one with `tk env add environments/NAME`, or name the folder as environments in tankard.yaml.',
  });
}
