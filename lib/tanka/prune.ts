import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { makePrivateFolder } from '../disk/private-folder.ts';
import { Failure } from '../finding/failure.ts';
import { readTkPairs } from './diff.ts';
import { ensureDiffProgram, TK_FOLDER } from './diff-program.ts';
import { kubectlFailure } from './kubectl-failure.ts';
import { errorText } from './parse-error.ts';
import { type TkOutput, runTk } from './run-tk.ts';
import type { Snapshot } from './snapshot.ts';

/**
 * Time limit when the caller sets none. kubectl waits until each object is gone, and so for its finalizers, which may hang; an
 * object without any is gone at once.
 */
const PRUNE_TIMEOUT_MS = 120_000;

/** What to prune. */
export interface PruneOptions {
  /** Absolute path of tk. */
  readonly tk: string;
  readonly snapshot: Pick<Snapshot, 'root' | 'environment'>;
  /** For messages: `pruning environments/eks`. */
  readonly purpose: string;
  /**
   * Asked before anything is deleted.
   *
   * @param live the objects that tk is about to delete, as YAML, with values of Secrets.
   */
  readonly approve: (live: readonly string[]) => Promise<boolean>;
  /** @default 120_000 */
  readonly timeoutMs?: number;
  /** Ends tk and kubectl, wherever they are. */
  readonly signal?: AbortSignal;
}

/** What pruning did. */
export interface PruneOutcome {
  /** What tk found to delete, as YAML, with values of Secrets; in the order of their kinds and names. */
  readonly live: readonly string[];
  readonly approved: boolean;
  /** Why not all of them were deleted. */
  readonly failure?: Failure;
}

/** How tk asks, after it printed what it found. */
const QUESTION = "Please type 'yes' to confirm: ";

/**
 * Deletes with `tk prune` what has the label of an environment and is no longer rendered. tk has to be asked each time what it
 * would delete; its question is answered with what `approve` says of the very objects that it found.
 *
 * @throws Failure `usage` when the environment injects no labels; `cluster` when the cluster cannot be asked; `tool` when tk cannot be
 *   run, or asks in a way that is not understood; `interrupted` when the signal was aborted; and what `approve` throws.
 */
export async function pruneSnapshot(options: PruneOptions): Promise<PruneOutcome> {
  // Values of Secrets get there, and stay there when tk and kubectl are killed.
  const { path: folder, remove } = await makePrivateFolder('prune');
  try {
    return await pruneIn(folder, options);
  } finally {
    await remove();
  }
}

async function pruneIn(folder: string, options: PruneOptions): Promise<PruneOutcome> {
  const found = path.join(folder, TK_FOLDER);
  await mkdir(found);
  const temporary = path.join(folder, 'tmp');
  await mkdir(temporary);
  let said = '';
  let live: readonly string[] = [];
  let decision: Promise<boolean> | undefined;
  const decide = async (): Promise<boolean> => {
    live = (await readTkPairs(found)).flatMap((pair) => pair.live ?? []);
    return options.approve(live);
  };
  const timeoutMs = options.timeoutMs ?? PRUNE_TIMEOUT_MS;
  const output = await runTk({
    tk: options.tk,
    root: options.snapshot.root,
    purpose: options.purpose,
    // Why kubectl did not delete an object is said at no other level.
    args: ['prune', options.snapshot.environment, '--log-level=trace', '--color=never'],
    env: { ...(await ensureDiffProgram(folder)), TMPDIR: temporary },
    timeoutMs,
    timeoutFailure: unfinished(options.purpose, timeoutMs),
    onStdout: (text, stdin) => {
      said = (said + text).slice(-QUESTION.length);
      if (said !== QUESTION || decision !== undefined) return;
      decision = decide();
      decision.then(
        (approved) => stdin.end(approved ? 'yes\n' : ''),
        () => stdin.end(),
      );
    },
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  }).catch((failure: unknown) => {
    // What was deleted until then stays deleted: the caller has to look.
    if (failure instanceof Failure && decision !== undefined) return failure;
    throw failure;
  });
  const approved = (await decision) ?? false;
  const failure =
    output instanceof Failure ? output : pruneFailure(output, approved, options.purpose);
  if (failure !== undefined && !approved) throw failure;
  return { live, approved, ...(failure === undefined ? {} : { failure }) };
}

function unfinished(purpose: string, timeoutMs: number): Failure {
  return new Failure('cluster', `${purpose}: not done within ${timeoutMs / 1000} s`, {
    hint: 'An object that is being deleted waits for its finalizers: `kubectl get -o yaml` shows them in its metadata. timeoutSeconds in tankard.yaml sets the limit.',
  });
}

function pruneFailure(output: TkOutput, approved: boolean, purpose: string): Failure | undefined {
  const text = errorText(output.stderr) ?? output.logs.join('\n');
  if (output.exitCode === 0) return undefined;
  if (!approved && text === 'aborted by user') return undefined;
  if (text.startsWith('spec.injectLabels is set to false'))
    return new Failure('usage', `${purpose}: its spec does not set injectLabels`, {
      hint: 'Set spec.injectLabels to true and apply it: what is to be pruned is found by the label tanka.dev/environment.',
    });
  return kubectlFailure(output, text, purpose);
}
