import path from 'node:path';
import { Failure } from '../finding/failure.ts';
import type { Finding } from '../finding/finding.ts';
import { isLocatable, locateFindings } from '../locate/locate-findings.ts';
import { codeArguments, type TankaArguments } from '../tanka/arguments.ts';
import type { EnvironmentPlace } from '../tanka/find-environment.ts';
import { libraryDirectories } from '../tanka/project.ts';
import { ensureTool } from '../tools/ensure-tool.ts';
import { running, type Project, type ProjectOptions } from './project.ts';

/**
 * Gives each finding on rendered YAML its place in the Jsonnet. Where the locator cannot be had, the places are near
 * ones; that is no failure.
 */
export async function locate(
  findings: readonly Finding[],
  project: Project,
  place: EnvironmentPlace,
  options: ProjectOptions & { readonly args?: TankaArguments },
): Promise<Finding[]> {
  if (!findings.some(isLocatable)) return [...findings];
  const { args = {} } = options;
  return locateFindings(findings, {
    root: project.root,
    environmentPath: place.main,
    ...codeArguments(args, project.root),
    ...(args.name === undefined ? {} : { name: args.name }),
    libraryDirs: [...libraryDirectories(project.root, place.base), ...generated(project)],
    locator: await findLocator(options),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
}

/** The folder of the project's own generated mixins: their lines are made from declarations. */
function generated({ root, config }: Project): string[] {
  return config.generate === undefined ? [] : [path.join(root, config.generate.jsonnet)];
}

/** @returns the absolute path of the locator; undefined where it can neither be found nor built. */
export async function findLocator(options: ProjectOptions): Promise<string | undefined> {
  try {
    return (await ensureTool('locate', running(options))).path;
  } catch (error) {
    if (error instanceof Failure && error.kind !== 'interrupted') return undefined;
    throw error;
  }
}
