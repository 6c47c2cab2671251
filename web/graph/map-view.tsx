import type { JSX } from 'preact';
import { linePath, type PlacedCard, type PlacedGraph, type PlacedLink } from './place-cards.ts';

/** What the map shows. */
export interface MapViewProps {
  readonly graph: PlacedGraph;
  /** On a path with the selected card; undefined when none is selected. */
  readonly isCardLit: ((card: PlacedCard) => boolean) | undefined;
  readonly isLinkLit: ((link: PlacedLink) => boolean) | undefined;
}

/** Thousands of cards from afar: one path for all that look the same. */
export function MapView({ graph, isCardLit, isLinkLit }: MapViewProps): JSX.Element {
  const links = pathsByClass(
    graph.links,
    (placed) =>
      `graph-link is-${placed.link.isMissing ? 'missing' : placed.link.area}${isLinkLit && !isLinkLit(placed) ? ' is-faded' : ''}`,
    ({ points }) => linePath(points),
  );
  const cards = pathsByClass(
    graph.cards,
    (placed) =>
      `graph-map-cards is-${placed.card.nodes[0].kind}${isCardLit && !isCardLit(placed) ? ' is-faded' : ''}`,
    ({ box }) => `M${box.x},${box.y}h${box.width}v${box.height}h${-box.width}z`,
  );
  return (
    <svg class="graph-links graph-map" aria-hidden="true">
      {[...links, ...cards].map(([name, path]) => (
        <path key={name} class={name} d={path} />
      ))}
    </svg>
  );
}

function pathsByClass<Item>(
  items: readonly Item[],
  classOf: (item: Item) => string,
  pathOf: (item: Item) => string,
): readonly (readonly [string, string])[] {
  const paths = new Map<string, string[]>();
  for (const item of items) {
    const name = classOf(item);
    const list = paths.get(name);
    if (list) list.push(pathOf(item));
    else paths.set(name, [pathOf(item)]);
  }
  return [...paths].map(([name, list]) => [name, list.join('')]);
}
