import type { Save } from '../../watch/file-watcher.ts';

/** Renders environments a few at a time, the newest save of each: an older render of it is cancelled. */
export class RenderQueue {
  readonly #render: (id: string, save: Save | undefined, signal: AbortSignal) => Promise<void>;
  readonly #concurrency: number;
  readonly #waiting = new Map<string, Save | undefined>();
  readonly #running = new Map<string, Run>();
  #isClosed = false;

  /**
   * @param render is told by the signal when its result is no longer wanted; it must not reject.
   * @param concurrency how many renders run at once, from 1.
   */
  constructor(
    render: (id: string, save: Save | undefined, signal: AbortSignal) => Promise<void>,
    concurrency: number,
  ) {
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
    this.#start();
  }

  /** Cancels what was asked for an environment that is gone. */
  drop(id: string): void {
    this.#waiting.delete(id);
    this.#running.get(id)?.controller.abort();
  }

  /** Cancels everything and waits until nothing runs. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#waiting.clear();
    for (const { controller } of this.#running.values()) controller.abort();
    await Promise.all([...this.#running.values()].map(({ done }) => done));
  }

  #start(): void {
    for (const [id, save] of this.#waiting) {
      if (this.#running.size >= this.#concurrency) return;
      // The render of the older save must have ended.
      if (this.#running.has(id)) continue;
      this.#waiting.delete(id);
      const controller = new AbortController();
      const done = this.#render(id, save, controller.signal).finally(() => {
        this.#running.delete(id);
        this.#start();
      });
      this.#running.set(id, { save, controller, done });
    }
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
