import { existsSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '../../finding/failure.ts';
import type { PreviewSession } from '../../preview/preview-session.ts';
import { findEnvironment } from '../../tanka/find-environment.ts';
import { listEnvironments } from '../../tanka/list-environments.ts';
import { openChecks } from '../check-rendering.ts';
import { chosenEnvironments, type ChosenEnvironment } from '../chosen-environments.ts';
import { openProject, type Project } from '../project.ts';
import type { PreviewOptions } from './preview-options.ts';
import { Session } from './session.ts';

/**
 * Renders and validates environments, and again whenever a file is saved that they depend on, until it is closed. It
 * writes nothing, but for the files that tankard.yaml has generated from declarations, when one of these is saved.
 *
 * @throws Failure as `openProject`, `openChecks`, `chosenEnvironments` and `findEnvironment`; `interrupted` when the signal
 *   was aborted before it runs. Once it runs, what goes wrong is part of the state.
 */
export async function preview(options: PreviewOptions = {}): Promise<PreviewSession> {
  const project = await openProject(options, options.environments?.[0]);
  const upstream = await openChecks(project, options);
  const chosen: ChosenEnvironment[] = [];
  for (const one of await chosenEnvironments(project, options))
    chosen.push(...(await withInline(one, project, options)));
  if (options.signal?.aborted === true)
    throw new Failure('interrupted', 'interrupted before the preview began');
  const session = new Session({ project, upstream, args: options.args ?? {} }, options);
  await session.start(chosen);
  return session;
}

/** A file with several inline environments stands for all of them, unless one was chosen by `--name`. */
async function withInline(
  chosen: ChosenEnvironment,
  { root, tk, config }: Project,
  { args, signal }: PreviewOptions,
): Promise<ChosenEnvironment[]> {
  const { base, environment } = await findEnvironment(root, chosen.path);
  if (chosen.name !== undefined || existsSync(path.join(base, 'spec.json'))) return [chosen];
  const listed = await listEnvironments({
    tk,
    root,
    under: environment,
    ...(config.timeoutMs === undefined ? {} : { timeoutMs: config.timeoutMs }),
    ...(args === undefined ? {} : { args }),
    ...(signal === undefined ? {} : { signal }),
  });
  const here = listed.filter((one) => one.path === environment);
  return here.length > 1 ? here.map(({ name }) => ({ path: environment, name })) : [chosen];
}
