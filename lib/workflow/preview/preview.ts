import { Failure } from '../../finding/failure.ts';
import type { PreviewSession } from '../../preview/preview-session.ts';
import { findEnvironment } from '../../tanka/find-environment.ts';
import { openChecks } from '../check-rendering.ts';
import { chosenEnvironments } from '../chosen-environments.ts';
import { openProject } from '../project.ts';
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
  const chosen = await chosenEnvironments(project, options);
  for (const one of chosen) await findEnvironment(project.root, one.path);
  if (options.signal?.aborted === true)
    throw new Failure('interrupted', 'interrupted before the preview began');
  const session = new Session({ project, upstream, args: options.args ?? {} }, options);
  await session.start(chosen);
  return session;
}
