import { Failure } from '../finding/failure.ts';
import type { Finding } from '../finding/finding.ts';
import { type TankaArguments, tankaFlags } from './arguments.ts';
import { findEnvironment } from './find-environment.ts';
import type { ErrorContext } from './error-context.ts';
import { type TkOutput, runTk, unexpectedEnd } from './run-tk.ts';

/** What to render. */
export interface ShowOptions {
  /** Absolute path of tk. */
  readonly tk: string;
  /** Project root, absolute; tk's working directory. */
  readonly root: string;
  /** Path of the environment, relative to `root` or absolute. */
  readonly environment: string;
  readonly args?: TankaArguments;
  /** Absolute path of the program that evaluates; absent: Tanka's own interpreter. */
  readonly evaluator?: string;
  /** @default 300_000 */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/** What an environment renders. */
export interface ShowResult {
  /** tk's own bytes; empty when a finding says why. */
  readonly yaml: Buffer;
  /** What else tk said, such as the lines of `std.trace`; without log lines. */
  readonly stderr: string;
  /** Why there is no YAML. */
  readonly findings: readonly Finding[];
}

/**
 * Renders an environment with `tk show`.
 *
 * @returns the YAML as tk printed it, or the findings of an evaluation that failed.
 * @throws Failure `usage` when there is no such environment or an argument is wrong; `tool` when tk does not
 *   start, does not end or says what is not understood; `interrupted` when the signal was aborted.
 */
export async function showEnvironment(options: ShowOptions): Promise<ShowResult> {
  if (options.evaluator === undefined) return showByTanka(options);
  const { showByEvaluator } = await import('./show-by-evaluator.ts');
  return showByEvaluator({ ...options, evaluator: options.evaluator }, showByTanka);
}

async function showByTanka(options: ShowOptions): Promise<ShowResult> {
  const place = await findEnvironment(options.root, options.environment);
  const purpose = `rendering ${place.environment}`;
  const output = await runTk({
    ...options,
    purpose,
    // Without the flag tk prints nothing, and exits 0, when stdout is not a terminal.
    args: [
      'show',
      place.argument,
      '--dangerous-allow-redirect',
      '--log-level=error',
      ...tankaFlags(options.args ?? {}),
    ],
  });
  if (output.exitCode === 0) return rendered(output, place.environment, options.args);
  const problem = await usageFailure(output, purpose, options.args?.name);
  if (problem !== undefined) throw problem;
  const findings = await failureFindings(output, { ...place, root: options.root }, purpose);
  const { errorStart } = await import('./parse-error.ts');
  // What was said before the error, such as the lines of `std.trace`.
  const stderr = output.stderr.slice(0, errorStart(output.stderr) ?? 0);
  return { yaml: Buffer.alloc(0), stderr, findings };
}

/** What tk printed when it ended well. */
export function rendered(
  output: TkOutput,
  environment: string,
  args: TankaArguments | undefined,
): ShowResult {
  const isEmpty = output.stdout.toString('utf8', 0, 64).trim() === '';
  return {
    yaml: output.stdout,
    stderr: output.stderr,
    findings: isEmpty ? [emptyFinding(environment, args?.targets ?? [])] : [],
  };
}

function emptyFinding(environment: string, targets: readonly string[]): Finding {
  const base = { code: 'environment/empty', severity: 'warning', environment } as const;
  if (targets.length === 0) return { ...base, message: 'the environment renders no manifests' };
  return {
    ...base,
    message: `no manifest of the environment matches ${targets.map((target) => `-t ${target}`).join(' ')}`,
    hint: 'A target is a regular expression for the whole of Kind/name, such as Deployment/web.*',
  };
}

async function usageFailure(
  output: TkOutput,
  purpose: string,
  name: string | undefined,
): Promise<Failure | undefined> {
  const { usageProblem } = await import('./usage-problem.ts');
  const { errorText } = await import('./parse-error.ts');
  const problem = usageProblem(errorText(output.stderr) ?? output.logs.join('\n'), name);
  return problem && new Failure('usage', `${purpose}: ${problem.message}`, { hint: problem.hint });
}

async function failureFindings(
  output: TkOutput,
  context: ErrorContext,
  purpose: string,
): Promise<Finding[]> {
  const { errorText, parseTkError } = await import('./parse-error.ts');
  const { specFindings } = await import('./spec-error.ts');
  const findings =
    parseTkError(output.stderr, context) ??
    (await specFindings(errorText(output.stderr) ?? '', context));
  if (findings === undefined) throw unexpectedEnd(purpose, output);
  return findings;
}
