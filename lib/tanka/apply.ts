import { execa } from 'execa';
import { Failure } from '../finding/failure.ts';
import { type TankaArguments, tankaFlags } from './arguments.ts';
import { findEnvironment } from './find-environment.ts';
import { TK_ENVIRONMENT } from './run-tk.ts';

/** What to apply, and how. */
export interface ApplyOptions {
  /** Absolute path of tk. */
  readonly tk: string;
  /** Project root, absolute. */
  readonly root: string;
  /** Path of the environment, relative to `root` or absolute. */
  readonly environment: string;
  readonly args?: TankaArguments;
  readonly signal?: AbortSignal;
  /** When tk asks no question. @default 'never' (tk's own) */
  readonly autoApprove?: 'always' | 'never' | 'if-no-changes';
  /** Changes nothing: checked by the server, or by kubectl alone. */
  readonly dryRun?: 'server' | 'client';
  /** Sends what tk prints to stderr, so that stdout holds a report alone. @default false */
  readonly outputToStderr?: boolean;
}

/**
 * Applies an environment with `tk apply`, which shows the differences and asks. It has the terminal: its questions
 * and its output go to the user as they are. Ctrl-C reaches it directly.
 *
 * @returns tk's exit code, 0, when it ended well.
 * @throws Failure `cluster` when the cluster could not be reached or refused; `interrupted` when the user did not
 *   approve or stopped it; `tool` when tk or kubectl cannot be run; `usage` when there is no such environment.
 */
export async function applyEnvironment(options: ApplyOptions): Promise<number> {
  const place = await findEnvironment(options.root, options.environment);
  const purpose = `applying ${place.environment}`;
  const result = await execa(options.tk, applyArguments(place.argument, options), {
    cwd: options.root,
    env: { ...TK_ENVIRONMENT, PWD: options.root },
    stdin: 'inherit',
    stdout: options.outputToStderr === true ? process.stderr : 'inherit',
    // Shown and read: it says whether the user declined or the cluster did.
    stderr: ['inherit', 'pipe'],
    buffer: { stdout: false, stderr: true },
    reject: false,
    ...(options.signal === undefined ? {} : { cancelSignal: options.signal }),
  });
  if (options.signal?.aborted === true || result.signal === 'SIGINT')
    throw new Failure('interrupted', `${purpose}: interrupted`, {
      hint: 'What was applied before stays applied; `tk diff` shows what is left.',
    });
  if (result.exitCode === 0) return 0;
  if (result.exitCode === undefined)
    throw new Failure(
      'tool',
      `${purpose}: tk did not run to its end: ${result.signal ?? result.originalMessage ?? 'unknown reason'}`,
      { hint: 'Run `tankard doctor`: it says which tk is used.' },
    );
  throw applyFailure(purpose, result.exitCode, result.stderr);
}

function applyArguments(argument: string, options: ApplyOptions): string[] {
  return [
    'apply',
    argument,
    '--log-level=error',
    ...(options.autoApprove === undefined ? [] : [`--auto-approve=${options.autoApprove}`]),
    ...(options.dryRun === undefined ? [] : [`--dry-run=${options.dryRun}`]),
    ...tankaFlags(options.args ?? {}),
  ];
}

function applyFailure(purpose: string, exitCode: number, stderr: string): Failure {
  if (/^Error: aborted by user/m.test(stderr))
    return new Failure('interrupted', `${purpose}: not approved, nothing was applied`);
  if (stderr.includes('exec: "kubectl": executable file not found'))
    return new Failure('tool', `${purpose}: kubectl is not on PATH`, {
      hint: 'Install kubectl: tk talks to the cluster through it.',
    });
  return new Failure(
    'cluster',
    `${purpose}: tk apply ended with exit code ${exitCode}; its output is above`,
    {
      hint: 'Check the cluster that spec.apiServer or spec.contextNames of spec.json names, and your kubeconfig.',
    },
  );
}
