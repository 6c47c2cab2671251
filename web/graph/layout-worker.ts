/** Lays out components beside the page's own thread: large ones take a second. */
import { type ComponentLayout, layoutComponent, type LayoutInput } from './layout-component.ts';

/** What the worker is asked. */
export interface LayoutRequest {
  readonly id: number;
  readonly inputs: readonly LayoutInput[];
}

/** What it answers; layouts are in the order of the inputs. */
export interface LayoutAnswer {
  readonly id: number;
  readonly layouts: readonly ComponentLayout[];
}

self.addEventListener('message', ({ data }: MessageEvent<LayoutRequest>) => {
  const answer: LayoutAnswer = { id: data.id, layouts: data.inputs.map(layoutComponent) };
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- of windows, not of workers
  self.postMessage(answer);
});
