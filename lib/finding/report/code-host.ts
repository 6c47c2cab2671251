import path from 'node:path';
import type { EnvironmentResult } from '../environment-result.ts';
import type { Finding, Position } from '../finding.ts';
import { shownPath } from '../shown-path.ts';
import { showPlace, showResource } from './text.ts';

/** Where a report is read: beside the files of a repository, whose root need not be the project's. */
export interface CodeHost {
  /** Root of the repository, absolute; code hosts know files by their paths below it. */
  readonly repository: string;
  /** Project root, absolute. */
  readonly root: string;
}

/** A place as code hosts show it. */
export interface HostPlace {
  /** Relative to the repository with `/`; absolute when outside of it. */
  readonly file: string;
  readonly line: number;
  /** In UTF-16 code units from 1; absent where only the file is known. */
  readonly column?: number;
}

/** Where a problem of the project is shown that has no place: its configuration. */
export const PROBLEM_FILE = 'tankard.yaml';

/** A position in the source, as a code host shows it. */
export function hostPlace(position: Position, { repository }: CodeHost): HostPlace {
  const { file, line, column, utf16Column = column } = position;
  return { file: shownPath(file, repository), line, column: utf16Column };
}

/** Where an environment is made: its entrypoint. Code hosts show nothing that has no file and line. */
export function environmentPlace(environment: string, { repository, root }: CodeHost): HostPlace {
  const isFile = /\.(?:jsonnet|libsonnet|ya?ml|json)$/.test(environment);
  const file = path.resolve(root, environment, isFile ? '' : 'main.jsonnet');
  return { file: shownPath(file, repository), line: 1 };
}

/** Where a finding is shown: at its location, else where its environment is made. */
export function findingPlace(
  { location }: Finding,
  environment: Pick<EnvironmentResult, 'path'>,
  host: CodeHost,
): HostPlace {
  return location === undefined
    ? environmentPlace(environment.path, host)
    : hostPlace(location, host);
}

/** What a finding says, whole: the resource, the place in it, the message, and the hint on a line of its own. */
export function findingText(finding: Finding): string {
  const { resource, message, hint } = finding;
  const object = resource === undefined ? '' : `${showResource(resource)}: `;
  const near = finding.location?.certainty === 'near' ? ' (near this line)' : '';
  return `${object}${showPlace(finding)}${message}${near}${hint === undefined ? '' : `\n${hint}`}`;
}
