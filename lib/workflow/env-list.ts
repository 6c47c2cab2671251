import { listEnvironments, type EnvironmentEntry } from '../tanka/list-environments.ts';
import type { TankaArguments } from '../tanka/arguments.ts';
import { openProject, running, type Project, type ProjectOptions } from './project.ts';
import { ensureImports } from './restore.ts';

/**
 * Lists the environments of a project.
 *
 * @returns sorted by path, then name.
 * @throws Failure as `openProject`, and as `ensureLibraries` where libraries are imported; `usage` when the folder that tankard.yaml names does not exist.
 */
export async function listProjectEnvironments(
  options: ProjectOptions & { readonly args?: TankaArguments } = {},
): Promise<EnvironmentEntry[]> {
  const project = await openProject(options);
  // Inline environments are evaluated.
  await ensureImports({ root: project.root, config: project.config, ...running(options) });
  return environmentsOf(project, options);
}

/** The same for an open project. */
export async function environmentsOf(
  project: Project,
  options: { readonly args?: TankaArguments; readonly signal?: AbortSignal },
): Promise<EnvironmentEntry[]> {
  return listEnvironments({
    tk: project.tk,
    root: project.root,
    ...(project.config.environments === undefined ? {} : { under: project.config.environments }),
    ...(project.config.timeoutMs === undefined ? {} : { timeoutMs: project.config.timeoutMs }),
    ...(options.args === undefined ? {} : { args: options.args }),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
}
