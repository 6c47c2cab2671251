import os from 'node:os';
import { type RunResult, runProgram } from './run-program.ts';

/** A program that does not answer `--version` within this time is not a tool of ours. */
const VERSION_TIMEOUT_MS = 10_000;

/** What a program says when asked for its version. */
interface VersionAnswer {
  /** Such as `v0.38.0`; undefined when it names none (`dev`, another renderer). */
  readonly version: string | undefined;
  /** Why it could not be run; undefined when it ran. */
  readonly problem: string | undefined;
}

/**
 * Runs `FILE --version`. tk answers on stderr with a time before it, jb and jsonnet on either stream.
 *
 * @param file absolute path of an executable.
 */
export async function readToolVersion(file: string, signal?: AbortSignal): Promise<VersionAnswer> {
  const result = await runProgram({
    file,
    args: ['--version'],
    cwd: os.tmpdir(),
    env: { OTEL_SDK_DISABLED: 'true' },
    timeoutMs: VERSION_TIMEOUT_MS,
    ...(signal === undefined ? {} : { signal }),
  });
  const problem = problemOf(result);
  if (problem !== undefined) return { version: undefined, problem };
  const found = /\bv?(\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?)\b/.exec(
    `${result.stderr}\n${result.stdout.toString()}`,
  )?.[1];
  return { version: found === undefined ? undefined : `v${found}`, problem: undefined };
}

function problemOf(result: RunResult): string | undefined {
  if (result.startError !== undefined) return result.startError;
  if (result.timedOut === true)
    return `no answer to --version within ${VERSION_TIMEOUT_MS / 1000} s`;
  if (result.killedBy !== undefined) return `it was ended by ${result.killedBy}`;
  return result.exitCode === 0 ? undefined : `--version ended with exit code ${result.exitCode}`;
}

/** Whether a version may stand in for the pinned one: the same major and minor. */
export function isCompatible(version: string, wanted: string): boolean {
  return minor(version) === minor(wanted);
}

/** `v0.38.x` for `v0.38.0`. */
export function versionRange(wanted: string): string {
  return `${minor(wanted)}.x`;
}

function minor(version: string): string {
  return version.split('.').slice(0, 2).join('.');
}
