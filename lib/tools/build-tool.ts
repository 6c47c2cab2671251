import { randomBytes } from 'node:crypto';
import { rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { cacheDirectory } from '../disk/cache.ts';
import { writeWhole } from '../disk/write-whole.ts';
import { Failure } from '../finding/failure.ts';
import { stampFile } from './cached-build.ts';
import { goIsTooOld } from './go-version.ts';
import { type RunResult, runProgram } from './run-program.ts';
import { type ToolPin, withoutGo } from './tool-pin.ts';

/** Time between two signs of life. */
const SIGN_OF_LIFE_MS = 10_000;
/** A build that takes longer has stopped: the longest, of a test's API server, takes eight minutes on two busy cores. */
const BUILD_TIMEOUT_MS = 30 * 60_000;
/** How much of go's output a message shows. */
const SHOWN_LINES = 15;

/** What a build may be told. */
interface BuildOptions {
  /** Absolute path of the go command. */
  readonly go: string;
  readonly onProgress?: (line: string) => void;
  readonly signal?: AbortSignal;
}

/**
 * Builds a tool into its folder of the cache. The binary appears whole or not at all; two processes that build
 * the same tool at once do each other no harm.
 *
 * @throws Failure `tool` when go is too old or fails, `interrupted` when `options.signal` was aborted.
 */
export async function buildTool(pin: ToolPin<string>, options: BuildOptions): Promise<void> {
  const directory = cacheDirectory('tools', path.basename(pin.directory));
  const temporary = path.join(directory, `.${pin.name}.${randomBytes(6).toString('hex')}.tmp`);
  const progress = reportProgress(pin, options.onProgress);
  try {
    const result = await runProgram({
      ...goBuild(pin, temporary),
      ...limits(options),
      file: options.go,
    });
    if (result.exitCode !== 0) throw await buildFailure(pin, options, result);
    await keep(pin, temporary);
    progress.done();
  } finally {
    progress.stop();
    await rm(temporary, { force: true });
  }
}

function limits(options: BuildOptions): { timeoutMs: number; signal?: AbortSignal } {
  return {
    timeoutMs: BUILD_TIMEOUT_MS,
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  };
}

function goBuild(pin: ToolPin<string>, output: string) {
  return {
    args: [
      'build',
      '-mod=readonly',
      '-trimpath',
      '-buildvcs=false',
      '-ldflags',
      pin.linkerFlags,
      '-o',
      output,
      pin.package,
    ],
    cwd: pin.source,
    // The user's settings for other work must not leak in: a go.work above, a cross build, a C compiler.
    env: { ...pin.platform, GOWORK: 'off', GO111MODULE: 'on', CGO_ENABLED: '0' },
  };
}

async function keep(pin: ToolPin<string>, temporary: string): Promise<void> {
  const { size } = await stat(temporary);
  await rename(temporary, pin.path);
  await writeWhole(stampFile(pin), `${JSON.stringify({ version: pin.version, size })}\n`);
}

function reportProgress(pin: ToolPin<string>, onProgress: ((line: string) => void) | undefined) {
  const started = performance.now();
  const seconds = (): number => Math.round((performance.now() - started) / 1000);
  const what = pin.version === 'devel' ? pin.name : `${pin.name} ${pin.version}`;
  onProgress?.(`building ${what} (${pin.duration}, once)`);
  const timer = setInterval(
    () => onProgress?.(`building ${what}: ${seconds()} s`),
    SIGN_OF_LIFE_MS,
  );
  return {
    done: () => onProgress?.(`built ${what} in ${seconds()} s`),
    stop: () => clearInterval(timer),
  };
}

async function buildFailure(
  pin: ToolPin<string>,
  options: BuildOptions,
  result: RunResult,
): Promise<Failure> {
  const what = `${pin.name} ${pin.version}`;
  const said = lastLines(result.stderr);
  const tooOld = await goIsTooOld(options.go, pin.goVersion, result.stderr);
  if (tooOld !== undefined)
    return new Failure(
      'tool',
      `${what} needs Go ${pin.goVersion} or newer; ${options.go} is ${tooOld}${said}`,
      {
        hint: `Install Go ${pin.goVersion} or newer and run again${withoutGo(pin)}.`,
      },
    );
  return new Failure(
    'tool',
    `building ${what} with ${options.go} failed: ${outcome(result)}${said}`,
    {
      hint:
        'Go fetches the sources once, from the module proxy that `go env GOPROXY` names: check the network and the ' +
        `disk, and run again${withoutGo(pin)}.`,
    },
  );
}

function outcome(result: RunResult): string {
  if (result.timedOut === true) return `no end after ${BUILD_TIMEOUT_MS / 60_000} minutes`;
  if (result.killedBy !== undefined) return `it was ended by ${result.killedBy}`;
  return result.startError ?? `exit code ${result.exitCode}`;
}

function lastLines(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines
    .slice(-SHOWN_LINES)
    .map((line) => `\n  ${line}`)
    .join('');
}
