import { listenToGestures } from './gestures.ts';
import type { Point } from './layout-component.ts';
import type { Size } from './pack.ts';
import type { PlacedGraph, Rectangle } from './place-cards.ts';
import { firstView, fitted, revealing, type View, visibleBox, zoomed } from './view-math.ts';

/** What has to be in the document for the part of the picture that is seen. */
export interface Seen {
  readonly box: Rectangle;
  readonly scale: number;
}

const GLIDE_MS = 180;

/**
 * The moving of the picture. It writes the transform by itself: a drag draws nothing anew until it comes to a part of
 * the picture that is not in the document.
 */
export class ViewPort {
  readonly #canvas: HTMLElement;
  readonly #world: HTMLElement;
  readonly #onSeen: (seen: Seen) => void;
  readonly #end: () => void;
  readonly #resizes: ResizeObserver;
  #view: View = { x: 0, y: 0, scale: 1 };
  #seen: Seen | undefined;
  #glide = 0;
  /** Where it is gliding to. */
  #goal: View | undefined;

  /** @param onSeen told what is to be drawn, when it is not what was drawn before */
  constructor(canvas: HTMLElement, world: HTMLElement, onSeen: (seen: Seen) => void) {
    this.#canvas = canvas;
    this.#world = world;
    this.#onSeen = onSeen;
    this.#end = listenToGestures(canvas, {
      pan: (x, y) => this.pan(x, y),
      zoom: (factor, at) => this.#show(zoomed(this.#view, factor, at)),
    });
    this.#resizes = new ResizeObserver(() => this.#show(this.#view));
    this.#resizes.observe(canvas);
  }

  get screen(): Size {
    return { width: this.#canvas.clientWidth, height: this.#canvas.clientHeight };
  }

  /** Moves the picture by pixels of the screen. */
  pan(x: number, y: number): void {
    this.#show({ ...this.#view, x: this.#view.x + x, y: this.#view.y + y });
  }

  /** Zooms about the middle of the screen. */
  zoom(factor: number): void {
    const { width, height } = this.screen;
    this.#glideTo(zoomed(this.#view, factor, { x: width / 2, y: height / 2 }));
  }

  /** Shows what one sees first. */
  begin(size: Size): void {
    this.#show(firstView(size, this.screen));
  }

  /** Shows all of a picture. */
  fit(size: Size): void {
    this.#glideTo(fitted({ x: 0, y: 0, ...size }, this.screen));
  }

  /** Moves the picture as little as needed for a part of it to be seen. */
  reveal(box: Rectangle): void {
    const view = revealing(this.#view, box, this.screen);
    if (view.x !== this.#view.x || view.y !== this.#view.y) this.#glideTo(view);
  }

  /** Moves the picture so that what was at `before` in it and is now at `after` stays where it is on the screen. */
  keep(before: Point, after: Point): void {
    if (before.x === after.x && before.y === after.y) return;
    if (this.#goal) this.#show(this.#goal);
    const { scale } = this.#view;
    this.pan((before.x - after.x) * scale, (before.y - after.y) * scale);
  }

  /** @returns the card nearest to the middle of the screen */
  nearestToMiddle(graph: PlacedGraph): PlacedGraph['cards'][number] | undefined {
    const { width, height } = this.screen;
    const middle = this.pointAt({ x: width / 2, y: height / 2 });
    const away = ({ box }: { box: Rectangle }): number =>
      Math.hypot(box.x + box.width / 2 - middle.x, box.y + box.height / 2 - middle.y);
    let best = graph.cards[0];
    for (const card of graph.cards) if (best && away(card) < away(best)) best = card;
    return best;
  }

  /** @returns the point of the picture at a point of the screen, in pixels from the top left of the canvas */
  pointAt({ x, y }: Point): Point {
    const { scale } = this.#view;
    return { x: (x - this.#view.x) / scale, y: (y - this.#view.y) / scale };
  }

  /** Takes the listeners away. */
  close(): void {
    this.#end();
    this.#resizes.disconnect();
    cancelAnimationFrame(this.#glide);
  }

  #glideTo(goal: View): void {
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
      this.#show(goal);
      return;
    }
    const from = this.#view;
    const started = performance.now();
    const step = (now: number): void => {
      const part = Math.min(1, Math.max(0, (now - started) / GLIDE_MS));
      const eased = 1 - (1 - part) ** 3;
      const between = (a: number, b: number): number => a + (b - a) * eased;
      this.#move({
        x: between(from.x, goal.x),
        y: between(from.y, goal.y),
        scale: between(from.scale, goal.scale),
      });
      if (part < 1) this.#glide = requestAnimationFrame(step);
      else this.#goal = undefined;
    };
    cancelAnimationFrame(this.#glide);
    this.#goal = goal;
    this.#glide = requestAnimationFrame(step);
  }

  #show(view: View): void {
    cancelAnimationFrame(this.#glide);
    this.#goal = undefined;
    this.#move(view);
  }

  #move(view: View): void {
    this.#view = view;
    this.#world.style.transform = `translate(${view.x}px, ${view.y}px) scale(${view.scale})`;
    const { width, height } = this.screen;
    if (width === 0 || height === 0) return;
    const { x, y } = this.pointAt({ x: 0, y: 0 });
    const seen = this.#seen;
    const isDrawn =
      seen &&
      seen.scale / view.scale < 1.2 &&
      view.scale / seen.scale < 1.2 &&
      x >= seen.box.x &&
      y >= seen.box.y &&
      x + width / view.scale <= seen.box.x + seen.box.width &&
      y + height / view.scale <= seen.box.y + seen.box.height;
    if (isDrawn) return;
    this.#seen = { box: visibleBox(view, { width, height }), scale: view.scale };
    this.#onSeen(this.#seen);
  }
}
