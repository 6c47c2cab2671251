import type { Point } from './layout-component.ts';

/** Width and height in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Pixels between two components. */
const GAP = 48;
/** Other rows move every card: they must be so much wider or narrower to be worth it. */
const MUCH = 1.4;

/** A part of the lower border of what is placed already. */
interface Step {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/**
 * Places rectangles one after the other, each as far up and then as far left as there is room below the others.
 *
 * @param aspect width by height that the whole should have about
 * @param before width of the rows of the picture before: it stays unless another one suits much better
 * @returns the top left corners in the order of the rectangles, and the size of the whole
 */
export function packRectangles(
  sizes: readonly Size[],
  aspect: number,
  before = 0,
): { readonly places: readonly Point[]; readonly size: Size; readonly rowWidth: number } {
  const boxes = sizes.map(({ width, height }) => ({ width: width + GAP, height: height + GAP }));
  const area = boxes.reduce((sum, { width, height }) => sum + width * height, 0);
  const best = Math.sqrt(area * aspect);
  const isGood = before > best / MUCH && before < best * MUCH;
  const width = Math.max(isGood ? before : best, ...boxes.map((box) => box.width));
  let skyline: readonly Step[] = [{ x: 0, y: 0, width }];
  const places: Point[] = [];
  for (const box of boxes) {
    const place = lowest(skyline, box.width, width);
    places.push(place);
    skyline = raised(skyline, { x: place.x, y: place.y + box.height, width: box.width });
  }
  const ends = boxes.map((box, index) => ({
    x: (places[index]?.x ?? 0) + box.width - GAP,
    y: (places[index]?.y ?? 0) + box.height - GAP,
  }));
  return {
    places,
    rowWidth: width,
    size: {
      width: Math.max(0, ...ends.map(({ x }) => x)),
      height: Math.max(0, ...ends.map(({ y }) => y)),
    },
  };
}

function lowest(skyline: readonly Step[], width: number, limit: number): Point {
  let best: Point = { x: 0, y: Infinity };
  for (const { x } of skyline) {
    if (x + width > limit) break;
    const under = skyline.filter((step) => step.x < x + width && step.x + step.width > x);
    const y = Math.max(...under.map((step) => step.y));
    if (y < best.y) best = { x, y };
  }
  return best;
}

function raised(skyline: readonly Step[], top: Step): readonly Step[] {
  const end = top.x + top.width;
  const kept = skyline.flatMap((step) => {
    const before = { ...step, width: Math.min(step.width, top.x - step.x) };
    const from = Math.max(step.x, end);
    const after = { ...step, x: from, width: step.x + step.width - from };
    return [before, after].filter((part) => part.width > 0);
  });
  return [...kept, top].toSorted((one, other) => one.x - other.x);
}
