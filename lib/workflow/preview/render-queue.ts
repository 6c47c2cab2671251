import type { Save } from '../../watch/file-watcher.ts';

/**
 * How long no save comes before what can wait is done, in milliseconds, at least: who tries out values saves every
 * second or two.
 */
const PAUSE_MS = 1000;

/**
 * What remains to be done after a render was shown. It must not reject; told by the signal to stop, it is called again
 * later.
 */
export type Later = (signal: AbortSignal) => Promise<void>;

type Render = (
  id: string,
  save: Save | undefined,
  signal: AbortSignal,
) => Promise<Later | undefined>;

/**
 * Renders environments a few at a time, the newest save of each: an older render of it is cancelled. What can wait is
 * done when saves pause, one after the other, and stopped by the next save of any environment, so that it never
 * slows one down. A pause is at least as long as that took the last time: it may run for seconds.
 */
export class RenderQueue {
  readonly #render: Render;
  readonly #concurrency: number;
  readonly #waiting = new Map<string, Save | undefined>();
  readonly #running = new Map<string, Run>();
  readonly #later = new Map<string, Later>();
  #pauseMs = PAUSE_MS;
  #timer: NodeJS.Timeout | undefined;
  #stopLater = new AbortController();
  #doing: Promise<void> | undefined;
  #isClosed = false;

  /**
   * @param render is told by the signal when its result is no longer wanted; it must not reject.
   * @param concurrency how many renders run at once, from 1.
   */
  constructor(render: Render, concurrency: number) {
    this.#render = render;
    this.#concurrency = concurrency;
  }

  /**
   * Asks for a render.
   *
   * @param id of an environment.
   * @param save what asks for it; undefined for the first render. The files of a save whose render was cancelled or
   *   still waits are added: what they changed is part of the result.
   */
  add(id: string, save?: Save): void {
    if (this.#isClosed) return;
    const run = this.#running.get(id);
    const earlier = this.#waiting.get(id) ?? run?.save;
    this.#waiting.set(id, save === undefined ? earlier : joined(earlier, save));
    run?.controller.abort();
    this.#later.delete(id);
    this.#start();
  }

  /** Cancels what was asked for an environment that is gone. */
  drop(id: string): void {
    this.#waiting.delete(id);
    this.#running.get(id)?.controller.abort();
    this.#later.delete(id);
    this.#start();
  }

  /** Cancels everything and waits until nothing runs. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#waiting.clear();
    this.#later.clear();
    for (const { controller } of this.#running.values()) controller.abort();
    this.#start();
    await Promise.all([...this.#running.values()].map(({ done }) => done));
    await this.#doing;
  }

  #start(): void {
    this.#stopLater.abort();
    clearTimeout(this.#timer);
    for (const [id, save] of this.#waiting) {
      if (this.#running.size >= this.#concurrency) return;
      // The render of the older save must have ended.
      if (this.#running.has(id)) continue;
      this.#waiting.delete(id);
      const controller = new AbortController();
      const done = this.#run(id, save, controller.signal).finally(() => {
        this.#running.delete(id);
        this.#start();
      });
      this.#running.set(id, { save, controller, done });
    }
    if (this.#running.size === 0 && this.#later.size > 0)
      this.#timer = setTimeout(() => {
        this.#doing = this.#doLater();
      }, this.#pauseMs);
  }

  async #run(id: string, save: Save | undefined, signal: AbortSignal): Promise<void> {
    const later = await this.#render(id, save, signal);
    if (later !== undefined && !signal.aborted) this.#later.set(id, later);
  }

  async #doLater(): Promise<void> {
    this.#stopLater = new AbortController();
    const { signal } = this.#stopLater;
    const startedAt = performance.now();
    for (const [id, later] of this.#later) {
      await later(signal);
      if (signal.aborted) break;
      this.#later.delete(id);
    }
    // When it was stopped, it is not known how long it would have taken.
    const leastMs = signal.aborted ? this.#pauseMs : PAUSE_MS;
    this.#pauseMs = Math.max(leastMs, performance.now() - startedAt);
  }
}

interface Run {
  readonly save: Save | undefined;
  readonly controller: AbortController;
  readonly done: Promise<void>;
}

function joined(earlier: Save | undefined, later: Save): Save {
  if (earlier === undefined) return later;
  const files = [...new Set([...earlier.files, ...later.files])].sort();
  return { ...later, files };
}
