import path from 'node:path';
import type { Finding } from '../finding/finding.ts';
import type { TankaArguments } from '../tanka/arguments.ts';
import { findEnvironment, type EnvironmentPlace } from '../tanka/find-environment.ts';
import { showEnvironment } from '../tanka/show.ts';
import { checkSpec } from '../tanka/spec-json.ts';
import {
  environmentArgument,
  openProject,
  running,
  type Project,
  type ProjectOptions,
} from './project.ts';
import { ensureLibraries } from './restore.ts';

/** Which environments, and how tk evaluates them. */
export interface EnvironmentOptions extends ProjectOptions {
  /** Paths of environments, relative to `cwd`, or to the project root. */
  readonly environments: readonly string[];
  /** Passed on to tk. */
  readonly args?: TankaArguments;
}

/** What one environment renders. */
export interface Rendered {
  readonly place: EnvironmentPlace;
  /** tk's own bytes, Secrets included; empty when findings say why. */
  readonly yaml: Buffer;
  /** What else tk printed, such as the lines of `std.trace`. */
  readonly stderr: string;
  readonly findings: readonly Finding[];
}

/**
 * Renders environments with tk, one after the other. Secret values are in the result: redact it
 * (`redactSecrets`) before it is shown.
 *
 * @throws Failure as `openProject`, `ensureLibraries` and `showEnvironment`.
 */
export async function show(options: EnvironmentOptions): Promise<Rendered[]> {
  const project = await openProject(options, options.environments[0]);
  await ensureLibraries({ root: project.root, config: project.config, ...running(options) });
  const rendered: Rendered[] = [];
  for (const environment of options.environments) {
    const argument = environmentArgument(project, options.cwd ?? process.cwd(), environment);
    rendered.push(await render(project, argument, options));
  }
  return rendered;
}

/**
 * Renders one environment of an open project whose libraries are linked.
 *
 * @param environment path relative to the project root.
 */
export async function render(
  project: Project,
  environment: string,
  options: Pick<EnvironmentOptions, 'args' | 'signal'>,
): Promise<Rendered> {
  const { timeoutMs } = project.config;
  const place = await findEnvironment(project.root, environment);
  const [spec, shown] = await Promise.all([
    checkSpec(path.join(place.base, 'spec.json'), place.environment),
    showEnvironment({
      tk: project.tk,
      root: project.root,
      environment,
      ...(project.evaluator === undefined ? {} : { evaluator: project.evaluator }),
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
      ...(options.args === undefined ? {} : { args: options.args }),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    }),
  ]);
  // tk names only the first thing that is wrong in spec.json; checkSpec names all of them.
  const own =
    spec.length > 0
      ? shown.findings.filter((one) => one.code !== 'environment/spec')
      : shown.findings;
  return { place, yaml: shown.yaml, stderr: shown.stderr, findings: [...spec, ...own] };
}
