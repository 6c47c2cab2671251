import type { Point } from './layout-component.ts';
import type { Size } from './pack.ts';
import type { Rectangle } from './place-cards.ts';

/** Where the picture is on the screen: a point p of it is at `p * scale + (x, y)`. */
export interface View {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

/** From a map of thousands of cards to twice the size. */
const SCALES = { least: 0.02, most: 2 };
/** Below this, names cannot be read: a first view shows a part of the picture instead of all of it. */
const READABLE = 0.6;
/** Pixels around the picture. */
const MARGIN = 28;

/** @returns the view with another scale, within limits, in which `at`, a point of the screen, shows the same */
export function zoomed(view: View, factor: number, at: Point): View {
  const scale = Math.min(SCALES.most, Math.max(SCALES.least, view.scale * factor));
  const by = scale / view.scale;
  return { scale, x: at.x - (at.x - view.x) * by, y: at.y - (at.y - view.y) * by };
}

/** @returns the view that shows a rectangle of the picture in the middle of the screen, at most in its own size */
export function fitted(box: Rectangle, screen: Size): View {
  const room = Math.min(
    (screen.width - 2 * MARGIN) / Math.max(1, box.width),
    (screen.height - 2 * MARGIN) / Math.max(1, box.height),
  );
  const scale = Math.min(1, Math.max(SCALES.least, room));
  return {
    scale,
    x: (screen.width - box.width * scale) / 2 - box.x * scale,
    y: (screen.height - box.height * scale) / 2 - box.y * scale,
  };
}

/** @returns the view to begin with: all of the picture, or as much of its beginning as can be read */
export function firstView(size: Size, screen: Size): View {
  const all = fitted({ x: 0, y: 0, ...size }, screen);
  if (all.scale >= READABLE) return all;
  const middle = (of: 'width' | 'height'): number =>
    Math.max(MARGIN, (screen[of] - size[of] * READABLE) / 2);
  return { scale: READABLE, x: middle('width'), y: middle('height') };
}

/** @returns the view moved as little as needed for a rectangle of the picture to be seen, at a scale that can be read */
export function revealing(view: View, box: Rectangle, screen: Size): View {
  const center = { x: screen.width / 2, y: screen.height / 2 };
  if (view.scale < READABLE) {
    const scale = 0.8;
    return {
      scale,
      x: center.x - (box.x + box.width / 2) * scale,
      y: center.y - (box.y + box.height / 2) * scale,
    };
  }
  const shift = (start: number, length: number, offset: number, room: number): number => {
    const from = start * view.scale + offset;
    const until = from + length * view.scale;
    if (from < MARGIN) return MARGIN - from;
    return until > room - MARGIN ? Math.max(room - MARGIN - until, MARGIN - from) : 0;
  };
  return {
    scale: view.scale,
    x: view.x + shift(box.x, box.width, view.x, screen.width),
    y: view.y + shift(box.y, box.height, view.y, screen.height),
  };
}

/** @returns the part of the picture that is on the screen, with half a screen on each side */
export function visibleBox(view: View, screen: Size): Rectangle {
  const width = screen.width / view.scale;
  const height = screen.height / view.scale;
  return {
    x: -view.x / view.scale - width / 2,
    y: -view.y / view.scale - height / 2,
    width: 2 * width,
    height: 2 * height,
  };
}
