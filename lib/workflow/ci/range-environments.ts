import path from 'node:path';
import { count } from '../../finding/report/text.ts';
import { chosenEnvironments, type ChosenEnvironment } from '../chosen-environments.ts';
import { dependentEnvironments } from '../dependent-environments.ts';
import type { Project } from '../project.ts';
import type { EnvironmentOptions } from '../show.ts';
import type { ChangedFiles } from './changed-files.ts';

/** The environments that are checked, and why those. */
export interface RangeEnvironments {
  readonly chosen: readonly ChosenEnvironment[];
  /** How many the project has. */
  readonly total: number;
  /** Such as `2 of 10 environments depend on what main...HEAD changed`. */
  readonly reason: string;
}

/** Files of the root that every environment depends on. Source: Tanka v0.38, pkg/jsonnet/jpath; jsonnet-bundler. */
const FOR_ALL: ReadonlySet<string> = new Set([
  'tankard.yaml',
  'tankard.lock',
  'jsonnetfile.json',
  'jsonnetfile.lock.json',
  'tkrc.yaml',
]);

/**
 * The environments that a change may have changed: those that depend on one of its files; all when it touches what all depend on,
 * and without a range.
 *
 * @param changed undefined: no range was given.
 * @throws Failure as `chosenEnvironments`.
 */
export async function rangeEnvironments(
  project: Project,
  changed: ChangedFiles | undefined,
  options: Pick<EnvironmentOptions, 'args' | 'signal'>,
): Promise<RangeEnvironments> {
  const all = await chosenEnvironments(project, options);
  const total = all.length;
  const every = `all ${count(total, 'environment')}`;
  if (changed === undefined)
    return { chosen: all, total, reason: `${every}: no --range was given` };
  const files = changed.files.map((file) =>
    path.relative(project.root, file).split(path.sep).join('/'),
  );
  const common = files.find((file) => FOR_ALL.has(file) || file.startsWith('vendor/'));
  if (common !== undefined)
    return { chosen: all, total, reason: `${every}: ${changed.range} changed ${common}` };
  const chosen = await dependentEnvironments(project, all, files, options.args);
  const some = `${chosen.length} of ${count(total, 'environment')}`;
  return { chosen, total, reason: `${some} depend on what ${changed.range} changed` };
}
