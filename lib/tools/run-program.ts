import type { Writable } from 'node:stream';
import { execa } from 'execa';
import { Failure } from '../finding/failure.ts';
import { killGroup, trackGroup } from './process-group.ts';

/** Time between asking a process group to end and ending it. */
const KILL_AFTER_MS = 2_000;
/** More output than this ends the program; a big environment renders some 10 MB. */
const MAX_OUTPUT_BYTES = 1_000_000_000;

/** What to run. */
interface RunOptions {
  /** Absolute path of the executable. */
  readonly file: string;
  readonly args: readonly string[];
  /** Working directory, absolute. */
  readonly cwd: string;
  /** Added to the process's own environment; undefined removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** No limit when absent. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  /**
   * Told what the program writes to stdout, as it comes. The program then has a stdin, which stays open until it is ended, so
   * that its questions can be answered.
   */
  readonly onStdout?: (text: string, stdin: Writable) => void;
}

/** How a program ended, with all that it wrote. Of the first four at most one is set. */
export interface RunResult {
  /** The exit code, when the program ended by itself. */
  readonly exitCode?: number;
  /** The signal that ended it, such as `SIGKILL`, when Tankard did not send it. */
  readonly killedBy?: string;
  readonly timedOut?: boolean;
  /** Why the program could not be started or read, such as `spawn EACCES`. */
  readonly startError?: string;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/**
 * Runs a program without a shell, in a process group of its own, and waits for its end. Without `onStdout` it has no stdin.
 * After the time limit or an abort the whole group is ended, so that no child of the program stays behind.
 *
 * @throws Failure `interrupted` when `signal` was aborted. All other outcomes are in the result.
 */
export async function runProgram(options: RunOptions): Promise<RunResult> {
  if (isAborted(options)) throw interrupted(options.file);
  const subprocess = execa(options.file, options.args, {
    cwd: options.cwd,
    // Go trusts PWD when it names the working directory: paths in messages then start as the caller's do.
    env: { PWD: options.cwd, ...options.env },
    stdin: options.onStdout === undefined ? 'ignore' : 'pipe',
    encoding: 'buffer',
    reject: false,
    stripFinalNewline: false,
    maxBuffer: MAX_OUTPUT_BYTES,
    detached: true,
  });
  const { onStdout } = options;
  const { stdin } = subprocess;
  if (onStdout !== undefined && stdin !== null) {
    // A program that ended does not read the answer.
    stdin.on('error', () => undefined);
    const decoder = new TextDecoder();
    subprocess.stdout.on('data', (chunk: Buffer) =>
      onStdout(decoder.decode(chunk, { stream: true }), stdin),
    );
  }
  const stop = stopper(subprocess.pid, options);
  const result = await subprocess.finally(() => stop.dispose());
  if (isAborted(options)) throw interrupted(options.file);
  const output = {
    stdout: asBuffer(result.stdout),
    stderr: asBuffer(result.stderr).toString('utf8'),
  };
  if (stop.timedOut()) return { timedOut: true, ...output };
  if (result.exitCode !== undefined && !result.isMaxBuffer)
    return { exitCode: result.exitCode, ...output };
  if (result.signal !== undefined && !result.isMaxBuffer)
    return { killedBy: result.signal, ...output };
  return { startError: result.originalMessage ?? 'unknown reason', ...output };
}

interface Stopper {
  timedOut(): boolean;
  dispose(): void;
}

/** Ends the group at the time limit or the abort: politely first, then for good. */
function stopper(pid: number | undefined, options: RunOptions): Stopper {
  let stopping = false;
  let timedOut = false;
  const timers: NodeJS.Timeout[] = [];
  const untrack = trackGroup(pid);
  const stop = (): void => {
    stopping = true;
    killGroup(pid, 'SIGTERM');
    timers.push(setTimeout(() => killGroup(pid, 'SIGKILL'), KILL_AFTER_MS));
  };
  const expire = (): void => {
    timedOut = true;
    stop();
  };
  if (options.timeoutMs !== undefined) timers.push(setTimeout(expire, options.timeoutMs));
  options.signal?.addEventListener('abort', stop, { once: true });
  return {
    timedOut: () => timedOut,
    dispose: () => {
      for (const timer of timers) clearTimeout(timer);
      options.signal?.removeEventListener('abort', stop);
      untrack();
      // The leader may end while a child of it ignores SIGTERM.
      if (stopping) killGroup(pid, 'SIGKILL');
    },
  };
}

function isAborted(options: RunOptions): boolean {
  return options.signal?.aborted === true;
}

function asBuffer(output: Uint8Array | undefined): Buffer {
  if (output === undefined) return Buffer.alloc(0);
  return Buffer.from(output.buffer, output.byteOffset, output.byteLength);
}

function interrupted(file: string): Failure {
  return new Failure('interrupted', `interrupted while ${file} was running`);
}
