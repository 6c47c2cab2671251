import os from 'node:os';
import { runProgram } from './run-program.ts';

/**
 * Asks a go command for its version.
 *
 * @param go absolute path.
 * @returns such as `1.26.1`, or undefined when it does not answer.
 */
export async function readGoVersion(go: string): Promise<string | undefined> {
  // Away from any go.mod, which could make go fetch and run another toolchain.
  const result = await runProgram({
    file: go,
    args: ['version'],
    cwd: os.tmpdir(),
    timeoutMs: 10_000,
  });
  return /\bgo(\d+\.\d+(?:\.\d+)?)/.exec(result.stdout.toString('utf8'))?.[1];
}

/**
 * Whether a failed build failed because go is older than go.mod asks for.
 *
 * @param said what go wrote to stderr.
 * @returns go's version as `go1.24.1`, or undefined when age is not the reason.
 */
export async function goIsTooOld(
  go: string,
  wanted: string,
  said: string,
): Promise<string | undefined> {
  // Go says so itself since 1.21; before, it stumbles over what it does not know in go.mod.
  const running = /requires go >= \S+ \(running go (\S+?);?\s/.exec(said)?.[1];
  if (running !== undefined) return `go${running}`;
  const version = await readGoVersion(go);
  return version !== undefined && isOlder(version, wanted) ? `go${version}` : undefined;
}

/** Whether version `left` precedes `right`, number by number; a missing number counts as 0. */
export function isOlder(left: string, right: string): boolean {
  const [a, b] = [left, right].map((version) => version.split('.').map(Number)) as [
    number[],
    number[],
  ];
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
