import type { ComponentLayout } from './layout-component.ts';
import type { LayoutAnswer, LayoutRequest } from './layout-worker.ts';
import type { Part } from './place-cards.ts';

/** So many layouts are remembered, that of a part with ten cards takes some two kilobytes. */
const REMEMBERED = 3000;

/** Lays out parts in a worker, each different one once. */
export class LayoutMemory {
  readonly #worker = new Worker(new URL('./layout-worker.ts', import.meta.url), { type: 'module' });
  readonly #known = new Map<string, ComponentLayout>();
  readonly #waiting = new Map<number, (layouts: readonly ComponentLayout[]) => void>();
  #asked = 0;

  /** @param onProblem told when the worker does not run, or ended with an error */
  constructor(onProblem: (message: string) => void) {
    this.#worker.addEventListener('message', ({ data }: MessageEvent<LayoutAnswer>) => {
      this.#waiting.get(data.id)?.(data.layouts);
      this.#waiting.delete(data.id);
    });
    this.#worker.addEventListener('error', (event) =>
      onProblem(event.message || 'its script did not load'),
    );
  }

  /** @returns the layouts in the order of the parts; never settles when the worker failed */
  async layouts(parts: readonly Part[]): Promise<readonly ComponentLayout[]> {
    const unknown = parts.filter(({ key }) => !this.#known.has(key));
    if (unknown.length > 0) {
      const layouts = await this.#ask(unknown);
      if (this.#known.size > REMEMBERED) this.#known.clear();
      for (const [index, layout] of layouts.entries())
        this.#known.set(unknown[index]?.key ?? '', layout);
    }
    const found = parts.flatMap(({ key }) => this.#known.get(key) ?? []);
    return found.length === parts.length ? found : this.layouts(parts);
  }

  /** Ends the worker. */
  close(): void {
    this.#worker.terminate();
  }

  #ask(parts: readonly Part[]): Promise<readonly ComponentLayout[]> {
    this.#asked += 1;
    const request: LayoutRequest = { id: this.#asked, inputs: parts.map(({ input }) => input) };
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- of windows, not of workers
    this.#worker.postMessage(request);
    return new Promise((resolve) => this.#waiting.set(request.id, resolve));
  }
}
