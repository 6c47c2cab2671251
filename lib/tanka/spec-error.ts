import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Finding, Location, Path } from '../finding/finding.ts';
import type { ErrorContext } from './error-context.ts';
import { nearInMain } from './near-in-main.ts';
import { checkSpec, locateInSpec } from './spec-json.ts';

const UNREADABLE = /^(?:parsing spec\.json: |`\w+` is of type .* but should be string)/;
const WRONG_VERSION =
  /^current version '(.*?)' does not satisfy the version required by the environment: '(.*)'/;
const WRONG_CONSTRAINT = /^parsing version constraint: 'improper constraint: (.*?)'/;

/**
 * The findings when tk refuses an environment because of its spec.json.
 *
 * @param text what follows `Error: `.
 * @returns undefined when the text is about something else.
 */
export async function specFindings(
  text: string,
  context: ErrorContext,
): Promise<Finding[] | undefined> {
  const file = path.join(context.base, 'spec.json');
  const base = {
    code: 'environment/spec',
    severity: 'error',
    environment: context.environment,
  } as const;
  if (UNREADABLE.test(text)) {
    const found = (await checkSpec(file, context.environment)).filter(
      ({ severity }) => severity === 'error',
    );
    const message = text.replace(/^parsing spec\.json: /, '');
    return found.length > 0
      ? found
      : [{ ...base, message, location: await place(file, context, []) }];
  }
  const problem = versionProblem(text);
  if (problem === undefined) return undefined;
  const at = ['spec', 'expectVersions', 'tanka'];
  return [{ ...base, ...problem, path: at, location: await place(file, context, at) }];
}

/** An inline environment has its spec in main.jsonnet. */
async function place(file: string, context: ErrorContext, at: Path): Promise<Location> {
  return existsSync(file) ? locateInSpec(file, at) : nearInMain(context.main, at);
}

function versionProblem(text: string): Pick<Finding, 'message' | 'hint'> | undefined {
  const [, version, expected] = WRONG_VERSION.exec(text) ?? [];
  if (version !== undefined)
    return {
      message: `the environment expects Tanka ${expected}, but tk is ${version}`,
      hint: 'Change spec.expectVersions.tanka, or name another tk in TANKARD_TK.',
    };
  const constraint = WRONG_CONSTRAINT.exec(text)?.[1];
  return constraint === undefined
    ? undefined
    : { message: `spec.expectVersions.tanka is not a version constraint: ${constraint}` };
}
