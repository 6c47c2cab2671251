import { setTimeout as delay } from 'node:timers/promises';
import { Failure } from '../../finding/failure.ts';
import type { Finding } from '../../finding/finding.ts';
import type { Upstream } from '../../sources/upstream.ts';
import type { TankaArguments } from '../../tanka/arguments.ts';
import type { Save } from '../../watch/file-watcher.ts';
import { placeFindings, type Checked } from '../check-rendering.ts';
import type { ChosenEnvironment } from '../chosen-environments.ts';
import type { Project } from '../project.ts';
import { render, type Rendered } from '../show.ts';

/**
 * How long a save is kept from being shown until its new findings have their places, in milliseconds: most take some
 * 100, a check in a large program many seconds. What takes longer is shown without, and again with them.
 */
const LOCATE_WAIT_MS = 700;

/** What a render is held to: it can change while a preview runs, when tankard.yaml does. */
export interface Checks {
  readonly project: Project;
  readonly upstream: Upstream;
  readonly args: TankaArguments;
}

/** One render of one environment, for a save or the first. */
export class RenderRun {
  readonly save: Save | undefined;
  readonly checks: Checks;
  readonly startedAt: number;
  readonly #environment: ChosenEnvironment;
  readonly #signal: AbortSignal;

  constructor(
    environment: ChosenEnvironment,
    save: Save | undefined,
    checks: Checks,
    signal: AbortSignal,
  ) {
    this.#environment = environment;
    this.save = save;
    this.checks = checks;
    this.#signal = signal;
    this.startedAt = save?.startedAt ?? performance.now();
  }

  /** The result is no longer wanted: a newer save follows, or the preview ends. */
  get isCancelled(): boolean {
    return this.#signal.aborted;
  }

  /** @throws the reason of the cancelling when the result is no longer wanted. */
  throwIfCancelled(): void {
    this.#signal.throwIfAborted();
  }

  /** The same run, for what is done after it. */
  again(signal: AbortSignal): RenderRun {
    return new RenderRun(this.#environment, this.save, this.checks, signal);
  }

  /** Renders the environment by tk. */
  async render(): Promise<Rendered> {
    return render(this.checks.project, this.#environment.path, this.#options());
  }

  /**
   * Gives findings their places in the Jsonnet.
   *
   * @returns `soon` is there when it took no longer than a save can wait; `late` in any case.
   */
  async place(
    checked: Pick<Checked, 'manifests' | 'findings'>,
    rendered: Rendered,
  ): Promise<{ readonly soon?: Finding[]; readonly late: Promise<Finding[]> }> {
    const late = this.placeAll(checked, rendered);
    // Nobody waits for it when the run is cancelled meanwhile.
    late.catch(() => undefined);
    const soon = await inTime(late);
    this.throwIfCancelled();
    return { late, ...(soon === undefined ? {} : { soon }) };
  }

  /** Gives findings their places, however long that takes. */
  async placeAll(
    checked: Pick<Checked, 'manifests' | 'findings'>,
    { place }: Rendered,
  ): Promise<Finding[]> {
    return placeFindings(checked, this.checks.project, place, this.#options());
  }

  #options(): { readonly args: TankaArguments; readonly signal: AbortSignal } {
    const { name } = this.#environment;
    const { args } = this.checks;
    return { args: name === undefined ? args : { ...args, name }, signal: this.#signal };
  }
}

async function inTime<Value>(promise: Promise<Value>): Promise<Value | undefined> {
  const timer = new AbortController();
  try {
    return await Promise.race([
      promise,
      delay(LOCATE_WAIT_MS, undefined, { signal: timer.signal }),
    ]);
  } finally {
    timer.abort();
  }
}

/** What is said of an error that kept an environment from being rendered. */
export function failureOf(error: unknown): Pick<Failure, 'message' | 'hint'> {
  if (error instanceof Failure) return { message: error.message, hint: error.hint };
  const message = error instanceof Error ? error.message : String(error);
  return {
    message: `this is a bug in tankard: ${message}`,
    hint: 'Run `tankard --debug validate` with the environment, and report what it prints.',
  };
}
