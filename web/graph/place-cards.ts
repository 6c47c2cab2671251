import type { Link } from './card-graph.ts';
import { cardText } from './card-text.ts';
import { components } from './connected.ts';
import type { CutGraph, PlacedOnce } from './cut-hubs.ts';
import type { ComponentLayout, LayoutInput, Point } from './layout-component.ts';
import { packRectangles, type Size } from './pack.ts';

/** A rectangle in the picture, in pixels. */
export interface Rectangle extends Point, Size {}

/** A card with its place. */
export interface PlacedCard {
  readonly card: PlacedOnce;
  readonly box: Rectangle;
}

/** A link with its line. */
export interface PlacedLink {
  readonly link: Link;
  /** From the card that it starts at to the other. */
  readonly points: readonly [Point, ...Point[]];
  /** Middle of its label. */
  readonly label: Point;
  /** What encloses it. */
  readonly box: Rectangle;
}

/** A whole picture. */
export interface PlacedGraph {
  /** In the order of reading: component by component, layer by layer, from above. */
  readonly cards: readonly PlacedCard[];
  readonly links: readonly PlacedLink[];
  readonly size: Size;
  /** Width that components were put side by side in. */
  readonly rowWidth: number;
}

/** Cards that hang together, ready to be laid out. */
export interface Part {
  /** The same for parts that are laid out the same. */
  readonly key: string;
  readonly cards: readonly PlacedOnce[];
  readonly links: readonly Link[];
  readonly input: LayoutInput;
}

/** Height of every card; graph.css says it too. */
export const CARD_HEIGHT = 58;
const NARROWEST_CARD = 160;
const WIDEST_CARD = 280;
/** Icon and padding. */
const AROUND_TEXT = 72;
/** Average widths of a character in pixels, of the system fonts at the sizes of graph.css, rounded up. */
const CHARACTER = { name: 8.3, small: 6.6 };

/** @returns the parts of a graph that hang together: those in which something is missing, then those with most cards */
export function partsOf({ cards, links }: CutGraph): readonly Part[] {
  const byId = new Map(cards.map((card) => [card.id, card]));
  const found = components([...byId.keys()], links);
  const indexOf = new Map(found.flatMap((ids, index) => ids.map((id) => [id, index] as const)));
  const linksOf: Link[][] = found.map(() => []);
  for (const link of links) linksOf[indexOf.get(link.from) ?? 0]?.push(link);
  return found
    .map((ids, index) =>
      partOf(
        ids.flatMap((id) => byId.get(id) ?? []),
        linksOf[index] ?? [],
      ),
    )
    .toSorted(
      (one, other) => missingIn(other) - missingIn(one) || other.cards.length - one.cards.length,
    );
}

function missingIn({ cards }: Part): number {
  return cards.some(({ nodes }) => nodes[0].kind === 'missing') ? 1 : 0;
}

function partOf(cards: readonly PlacedOnce[], links: readonly Link[]): Part {
  const width = Math.max(...cards.map(widthOf));
  const input: LayoutInput = {
    cards: cards.map(({ id }) => ({ id, width, height: CARD_HEIGHT })),
    links: links.map(({ id, from, to, label }) => ({
      id,
      from,
      to,
      labelWidth: Math.round(label.length * CHARACTER.small),
    })),
  };
  return { key: JSON.stringify(input), cards, links, input };
}

function widthOf(card: PlacedOnce): number {
  const { kind, name, place } = cardText(card);
  const text = Math.max(
    name.length * CHARACTER.name,
    Math.max(kind.length, place.length) * CHARACTER.small,
  );
  return Math.round(Math.min(WIDEST_CARD, Math.max(NARROWEST_CARD, text + AROUND_TEXT)));
}

/**
 * @param before ids of the cards in the order of the picture that is shown now
 * @returns the parts in an order that moves as little as possible: those that were shown keep theirs, new ones follow
 */
export function inOrderOf(parts: readonly Part[], before: readonly string[]): readonly Part[] {
  const ranks = new Map(before.map((id, index) => [id, index]));
  const rankOf = (part: Part): number =>
    Math.min(...part.cards.map(({ id }) => ranks.get(id) ?? before.length));
  const ranked = parts.map((part) => ({ part, rank: rankOf(part) }));
  return ranked.toSorted((one, other) => one.rank - other.rank).map(({ part }) => part);
}

/**
 * @param layouts of the parts, in their order
 * @param aspect width by height of the space that there is
 * @param rowWidth of the picture that is shown now
 */
export function placeParts(
  parts: readonly Part[],
  layouts: readonly ComponentLayout[],
  aspect: number,
  rowWidth?: number,
): PlacedGraph {
  const { places, ...whole } = packRectangles(layouts, aspect, rowWidth);
  const cards: PlacedCard[] = [];
  const links: PlacedLink[] = [];
  for (const [index, part] of parts.entries()) {
    const layout = layouts[index];
    const place = places[index];
    if (!layout || !place) continue;
    const boxes = cardBoxes(part, layout, place);
    cards.push(
      ...boxes.toSorted((one, other) => one.box.x - other.box.x || one.box.y - other.box.y),
    );
    links.push(...placedLinks(part, layout, place, boxes));
  }
  return { cards, links, ...whole };
}

function cardBoxes(part: Part, layout: ComponentLayout, place: Point): readonly PlacedCard[] {
  return part.cards.map((card, at) => {
    const { x = 0, y = 0 } = layout.cards[at] ?? {};
    const width = part.input.cards[at]?.width ?? 0;
    return { card, box: { x: place.x + x, y: place.y + y, width, height: CARD_HEIGHT } };
  });
}

function placedLinks(
  part: Part,
  layout: ComponentLayout,
  place: Point,
  boxes: readonly PlacedCard[],
): readonly PlacedLink[] {
  const boxOf = new Map(boxes.map(({ card, box }) => [card.id, box]));
  const moved = ({ x, y }: Point): Point => ({ x: x + place.x, y: y + place.y });
  return part.links.flatMap((link, at) => {
    const line = layout.links[at];
    const from = boxOf.get(link.from);
    const to = boxOf.get(link.to);
    if (!line || !from || !to) return [];
    const points = withPorts(line.points.map(moved), from, to);
    return [{ link, points, label: moved(line.label), box: around(points) }];
  });
}

/** All lines of a card start and end in the middle of a side: dagre spreads them over the border, which reads worse. */
function withPorts(points: readonly Point[], from: Rectangle, to: Rectangle): [Point, ...Point[]] {
  const inner = points.slice(1, -1);
  const isForward = from.x < to.x;
  const side = (box: Rectangle, isRight: boolean): Point => ({
    x: box.x + (isRight ? box.width : 0),
    y: box.y + box.height / 2,
  });
  return [side(from, isForward), ...inner, side(to, !isForward)];
}

function around(points: readonly [Point, ...Point[]]): Rectangle {
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const x = Math.min(...xs);
  const y = Math.min(...ys);
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

/** @returns the line as the `d` of an SVG path: level where it leaves and enters, curved between the layers */
export function linePath([start, ...points]: readonly [Point, ...Point[]]): string {
  let { x, y } = start;
  let path = `M${x},${y}`;
  for (const point of points) {
    const middle = Math.round((x + point.x) / 2);
    path +=
      y === point.y
        ? `L${point.x},${y}`
        : `C${middle},${y} ${middle},${point.y} ${point.x},${point.y}`;
    ({ x, y } = point);
  }
  return path;
}

/** @returns whether two rectangles have a point in common */
export function overlaps(one: Rectangle, other: Rectangle): boolean {
  return (
    one.x <= other.x + other.width &&
    other.x <= one.x + one.width &&
    one.y <= other.y + other.height &&
    other.y <= one.y + one.height
  );
}
