import { Failure } from '../finding/failure.ts';
import { kubectlFailure } from './kubectl-failure.ts';
import { errorText } from './parse-error.ts';
import { runTk } from './run-tk.ts';
import type { Snapshot } from './snapshot.ts';

/**
 * Time limit when the caller sets none. kubectl writes one object after the other, at some 10 ms a request; a cluster that takes a
 * connection and says nothing would be waited for for ever.
 */
export const APPLY_TIMEOUT_MS = 600_000;

/** What to apply, and how. */
export interface ApplyOptions {
  /** Absolute path of tk. */
  readonly tk: string;
  readonly snapshot: Pick<Snapshot, 'root' | 'environment'>;
  /** For messages: `applying environments/eks`. */
  readonly purpose: string;
  /** Who has the fields: kubectl's annotation, or the API server's field managers. */
  readonly strategy: 'client' | 'server';
  /** Takes fields from other managers, with the strategy `server`. @default false */
  readonly forceConflicts?: boolean;
  /** Changes nothing: checked by the server, or by kubectl alone. */
  readonly dryRun?: 'server' | 'client';
  /** @default 600_000 */
  readonly timeoutMs?: number;
  /** Told of each object when kubectl has written it. */
  readonly onWritten?: (written: WrittenObject) => void;
}

/** What kubectl said of an object that the API server took. */
export interface WrittenObject {
  /** As kubectl names it: `deployment.apps/web`. It names no namespace. */
  readonly object: string;
  readonly outcome: 'created' | 'configured' | 'unchanged' | 'serverside-applied';
}

/** What applying did. */
export interface ApplyOutcome {
  /** In the order in which they were written. Objects that are missing were not written. */
  readonly written: readonly WrittenObject[];
  /** Why tk did not apply all; no message holds a value of a Secret. */
  readonly failure?: Failure;
  /** What kubectl warned of, without `Warning: `. */
  readonly warnings: readonly string[];
}

const WRITTEN =
  /^(\S+\/\S+) (created|configured|unchanged|serverside-applied)(?: \((?:server )?dry run\))?$/;

/**
 * Applies a snapshot with `tk apply`, without a question and without a diff: both came before. kubectl goes on after an object
 * that the API server refuses, so that a part may be applied. Whatever goes wrong, what was written is in the outcome.
 */
export async function applySnapshot(options: ApplyOptions): Promise<ApplyOutcome> {
  const { snapshot, purpose, onWritten } = options;
  const written: WrittenObject[] = [];
  let rest = '';
  const output = await runTk({
    tk: options.tk,
    root: snapshot.root,
    purpose,
    args: applyArguments(snapshot.environment, options),
    timeoutMs: options.timeoutMs ?? APPLY_TIMEOUT_MS,
    onStdout: (text) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const object of lines.flatMap(readWritten)) {
        written.push(object);
        onWritten?.(object);
      }
    },
  }).catch((failure: unknown) => {
    if (failure instanceof Failure) return failure;
    throw failure;
  });
  if (output instanceof Failure) return { written, warnings: [], failure: output };
  const warnings = output.stderr
    .split('\n')
    .flatMap((line) => /^Warning: (.*)$/.exec(line)?.[1] ?? []);
  if (output.exitCode === 0) return { written, warnings };
  const text = errorText(output.stderr) ?? output.logs.join('\n');
  return { written, warnings, failure: kubectlFailure(output, text, purpose) };
}

function readWritten(line: string): WrittenObject[] {
  const [, object, outcome] = WRITTEN.exec(line) ?? [];
  if (object === undefined) return [];
  return [{ object, outcome: outcome as WrittenObject['outcome'] }];
}

function applyArguments(environment: string, options: ApplyOptions): string[] {
  return [
    'apply',
    environment,
    '--log-level=error',
    '--color=never',
    '--auto-approve=always',
    // tk would go on when it fails.
    '--diff-strategy=none',
    `--apply-strategy=${options.strategy}`,
    // To kubectl it is --force-conflicts, but with the strategy `client` --force, which deletes objects and makes them anew.
    ...(options.forceConflicts === true && options.strategy === 'server' ? ['--force'] : []),
    // tk takes `none` for a dry run that needs no question, and applies.
    ...(options.dryRun === undefined ? [] : [`--dry-run=${options.dryRun}`]),
  ];
}
