import path from 'node:path';
import type { Writable } from 'node:stream';
import { Failure } from '../finding/failure.ts';
import { type RunResult, runProgram } from '../tools/run-program.ts';

/** Time limit of one tk run when the caller sets none, in milliseconds. */
export const DEFAULT_TIMEOUT_MS = 300_000;

/** One run of tk. */
interface TkRun {
  /** Absolute path of the executable. */
  readonly tk: string;
  /** Project root: the working directory. */
  readonly root: string;
  /** The command and its arguments. */
  readonly args: readonly string[];
  /** What is being done, for messages: `rendering environments/eks`. */
  readonly purpose: string;
  /** Added to the variables; undefined removes one. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** @default 300_000 */
  readonly timeoutMs?: number;
  /** What is thrown at the time limit, for a run that waits for something else than the Jsonnet. */
  readonly timeoutFailure?: Failure;
  readonly signal?: AbortSignal;
  /** As of `runProgram`. */
  readonly onStdout?: (text: string, stdin: Writable) => void;
}

/** What tk wrote, when it ended by itself. */
export interface TkOutput {
  readonly exitCode: number;
  readonly stdout: Buffer;
  /** Without log lines, which are kept in `logs`. */
  readonly stderr: string;
  /** The messages of tk's log lines at level error and above. */
  readonly logs: readonly string[];
  /** Those at level info: what an evaluator prints, where the log has that level. */
  readonly notes: readonly string[];
}

/** Variables that would change what tk or kubectl write. Source: Tanka v0.38.0, cmd/tk and pkg/kubernetes/client. */
export const TK_ENVIRONMENT: Readonly<Record<string, string | undefined>> = {
  KUBECTL_INTERACTIVE_DIFF: undefined,
  TANKA_KUBECTL_TRACE: undefined,
  OTEL_SDK_DISABLED: 'true',
};

/**
 * How Go's garbage collector is to run in a process that lives for a moment: with Go's own setting a third of what tk takes
 * for a small environment is spent collecting. Above 3 GiB it collects as often as it has to.
 *
 * @returns variables; none where the user has set one.
 */
export function goMemory(): Readonly<Record<string, string>> {
  const isSet = ['GOGC', 'GOMEMLIMIT'].some((name) => process.env[name] !== undefined);
  return isSet ? {} : { GOGC: '400', GOMEMLIMIT: '3GiB' };
}

const QUIET = { NO_COLOR: '1', PAGER: undefined, TANKA_PAGER: '' };

/**
 * Runs tk and waits for its end.
 *
 * @throws Failure `tool` when tk cannot be started or is killed; the same or `timeoutFailure` when it does not end in time;
 *   `interrupted` when the signal was aborted. Any exit code is a result.
 */
export async function runTk(run: TkRun): Promise<TkOutput> {
  const timeoutMs = run.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const result = await runProgram({
    file: run.tk,
    args: run.args,
    cwd: run.root,
    env: { ...TK_ENVIRONMENT, ...goMemory(), ...QUIET, ...run.env },
    timeoutMs,
    ...(run.signal === undefined ? {} : { signal: run.signal }),
    ...(run.onStdout === undefined ? {} : { onStdout: run.onStdout }),
  });
  if (result.exitCode === undefined) throw unfinished(run, result, timeoutMs);
  return { exitCode: result.exitCode, stdout: result.stdout, ...splitStderr(result.stderr) };
}

function unfinished(run: TkRun, result: RunResult, timeoutMs: number): Failure {
  if (result.timedOut === true)
    return (
      run.timeoutFailure ??
      new Failure(
        'tool',
        `${run.purpose}: tk did not end within ${timeoutMs / 1000} s and was stopped`,
        {
          hint: 'Look for a recursion without end in the Jsonnet, or raise the time limit.',
        },
      )
    );
  if (result.killedBy !== undefined)
    return new Failure(
      'tool',
      `${run.purpose}: tk was ended by ${result.killedBy}${indented(result.stderr)}`,
      {
        hint: 'SIGKILL often means that the machine or the container ran out of memory.',
      },
    );
  return new Failure(
    'tool',
    `${run.purpose}: cannot run ${path.resolve(run.tk)}: ${result.startError}`,
    {
      hint: 'Run `tankard doctor`: it says which tk is used and how to get it.',
    },
  );
}

/**
 * The failure for an ending that nothing is known about: what tk wrote is shown as it came.
 *
 * @param purpose what was being done.
 */
export function unexpectedEnd(purpose: string, output: TkOutput): Failure {
  // Of a crash, what follows the first line is of use to those who mend tk alone.
  const stderr = output.stderr.trim().replace(/^(panic: [^\n]*)\n.*$/ms, '$1');
  const said = [stderr, ...output.logs].filter((text) => text !== '').join('\n');
  const what = `${purpose}: tk ended with exit code ${output.exitCode}`;
  if (said === '')
    return new Failure('tool', `${what} and printed nothing`, {
      hint: 'Run `tankard doctor`: it says which tk is used.',
    });
  return new Failure('tool', `${what}:${indented(said)}`);
}

function indented(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.map((line) => `\n  ${line}`).join('');
}

/** Parts what tk says from its log, one JSON object a line, which can stand anywhere in it. */
function splitStderr(text: string): Pick<TkOutput, 'stderr' | 'logs' | 'notes'> {
  const lines = text.split('\n');
  const isLog = (line: string): boolean => line.startsWith('{"level":');
  const entries = lines.filter(isLog).flatMap(logEntry);
  return {
    stderr: lines.filter((line) => !isLog(line)).join('\n'),
    logs: entries.filter(isSerious).map(({ message }) => message),
    notes: entries.filter(({ level }) => level === 'info').map(({ message }) => message),
  };
}

interface LogEntry {
  readonly level: string;
  readonly message: string;
}

function isSerious({ level, message }: LogEntry): boolean {
  // tk logs why kubectl deleted nothing at the lowest level of all.
  return ['error', 'fatal', 'panic'].includes(level) || message.startsWith('Delete failed: ');
}

function logEntry(line: string): LogEntry[] {
  try {
    const { level = '', message = '' } = JSON.parse(line) as Partial<LogEntry>;
    return message === '' ? [] : [{ level, message }];
  } catch {
    // A line that was cut off while being written says nothing.
    return [];
  }
}
