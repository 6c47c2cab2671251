import type { Point } from './layout-component.ts';

/** What the hands want. Points are in pixels from the top left of the element. */
export interface GestureTarget {
  readonly pan: (x: number, y: number) => void;
  readonly zoom: (factor: number, at: Point) => void;
}

/** Pixels after which a press is a drag and no click. */
const DRAG_STARTS = 4;
/** Pixels of a line and of a page, for wheels that count in those. */
const WHEEL_UNITS = [1, 16, 400];
/** A notch of a mouse's wheel says 100 pixels, a touchpad's pinch 1 to 10. */
const WHEEL_LIMIT = 30;

/**
 * Pans by dragging with mouse, pen or finger and by the wheel; zooms by the wheel with Ctrl, which is also what a pinch
 * on a touchpad sends, and by two fingers.
 *
 * @returns a function that takes the listeners away
 */
export function listenToGestures(element: HTMLElement, target: GestureTarget): () => void {
  const listeners = new AbortController();
  const { signal } = listeners;
  const pointers = new Map<number, Point>();
  let dragged = 0;
  const at = (event: MouseEvent): Point => {
    const { left, top } = element.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };
  const onWheel = (event: WheelEvent): void => {
    event.preventDefault();
    const unit = WHEEL_UNITS[event.deltaMode] ?? 1;
    if (!event.ctrlKey && !event.metaKey) target.pan(-event.deltaX * unit, -event.deltaY * unit);
    else {
      const delta = Math.min(WHEEL_LIMIT, Math.max(-WHEEL_LIMIT, event.deltaY * unit));
      target.zoom(Math.exp(-delta / 100), at(event));
    }
  };
  const onDown = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    if (pointers.size === 0) dragged = 0;
    pointers.set(event.pointerId, at(event));
  };
  const onMove = (event: PointerEvent): void => {
    const before = pointers.get(event.pointerId);
    if (!before) return;
    const now = at(event);
    const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
    dragged += distance(before, now);
    if (dragged < DRAG_STARTS) return;
    if (!element.hasPointerCapture(event.pointerId)) element.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, now);
    if (other) {
      const factor = distance(now, other) / Math.max(1, distance(before, other));
      target.zoom(factor, { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 });
    }
    const share = other ? 0.5 : 1;
    target.pan((now.x - before.x) * share, (now.y - before.y) * share);
  };
  const onUp = (event: PointerEvent): void => void pointers.delete(event.pointerId);
  const onClick = (event: MouseEvent): void => {
    // The end of a drag is a click to the browser; a click by the keyboard has no detail.
    if (dragged >= DRAG_STARTS && event.detail > 0) event.stopPropagation();
  };
  element.addEventListener('wheel', onWheel, { signal, passive: false });
  element.addEventListener('pointerdown', onDown, { signal });
  element.addEventListener('pointermove', onMove, { signal });
  element.addEventListener('pointerup', onUp, { signal });
  element.addEventListener('pointercancel', onUp, { signal });
  element.addEventListener('click', onClick, { signal, capture: true });
  return () => listeners.abort();
}

function distance(one: Point, other: Point): number {
  return Math.hypot(one.x - other.x, one.y - other.y);
}
