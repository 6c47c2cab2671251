import { execa } from 'execa';
import { Failure } from '../finding/failure.ts';
import { killGroup, trackGroup } from '../tools/process-group.ts';
import { codeArguments, type TankaArguments } from './arguments.ts';
import { DEFAULT_TIMEOUT_MS, TK_ENVIRONMENT, goMemory } from './run-tk.ts';

/** What to render, all of one project and with the same arguments. */
export interface BatchOptions {
  /** Absolute path of the locator, which has Tanka's packages in it. */
  readonly locator: string;
  /** Project root, absolute. */
  readonly root: string;
  /** Absolute paths of the entrypoints of static environments. */
  readonly mains: readonly string[];
  /** Without `name` and `targets`. */
  readonly args?: TankaArguments;
  /** Absolute path of the program that evaluates; absent: Tanka's own interpreter. */
  readonly evaluator?: string;
  /** For one environment. @default 300_000 */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/**
 * Renders many environments in one process, with Tanka's own packages: what environments share is read and parsed once,
 * where each `tk show` does that again. The process waits while nobody asks for the next one.
 *
 * @returns in the order of `mains` what `tk show` prints; undefined where it has to be asked: for what is wrong in the
 *   environment, and for what only tk knows. It ends early when the process does.
 * @throws Failure `interrupted` when the signal was aborted.
 */
export async function* showBatch(options: BatchOptions): AsyncGenerator<Buffer | undefined> {
  const { locator, root, timeoutMs = DEFAULT_TIMEOUT_MS, signal } = options;
  const subprocess = execa(locator, ['render'], {
    cwd: root,
    env: { ...TK_ENVIRONMENT, ...goMemory(), PWD: root },
    input: request(options),
    stderr: 'ignore',
    buffer: false,
    reject: false,
    // An evaluator is its child, and ends with it.
    detached: true,
  });
  const untrack = trackGroup(subprocess.pid);
  const stop = (): void => killGroup(subprocess.pid, 'SIGKILL');
  signal?.addEventListener('abort', stop, { once: true });
  let timer = setTimeout(stop, timeoutMs);
  try {
    for await (const line of subprocess) {
      clearTimeout(timer);
      const { yaml } = JSON.parse(line) as { readonly yaml?: string };
      yield yaml === undefined ? undefined : Buffer.from(yaml);
      timer = setTimeout(stop, timeoutMs);
    }
  } catch (error) {
    // A line that was cut off when the process was ended: tk is asked for what is missing.
    if (!(error instanceof SyntaxError)) throw error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
    stop();
    untrack();
  }
  if (signal?.aborted === true) throw new Failure('interrupted', 'interrupted while rendering');
}

function request({ root, mains, args = {}, evaluator }: BatchOptions): string {
  return JSON.stringify({ root, mains, ...codeArguments(args, root), evaluator });
}
