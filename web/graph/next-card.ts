import type { PlacedCard, PlacedGraph } from './place-cards.ts';

/** Where an arrow key leads from a card. */
export type Direction = 'left' | 'right' | 'up' | 'down';

/**
 * @param id of the card that has the focus
 * @returns the card that an arrow key leads to: right and left to the nearest at the other end of a link that starts or
 *   ends at it, up and down to its neighbours in the layer, and on to the next component; undefined when there is none
 */
export function nextCard(
  graph: PlacedGraph,
  id: string,
  direction: Direction,
): PlacedCard | undefined {
  const index = graph.cards.findIndex(({ card }) => card.id === id);
  const here = graph.cards[index];
  if (!here) return graph.cards[0];
  if (direction === 'up') return graph.cards[index - 1];
  if (direction === 'down') return graph.cards[index + 1];
  const [near, far] = direction === 'right' ? (['from', 'to'] as const) : (['to', 'from'] as const);
  const ids = new Set(
    graph.links.filter(({ link }) => link[near] === id).map(({ link }) => link[far]),
  );
  return nearest(
    graph.cards.filter(({ card }) => ids.has(card.id)),
    here,
  );
}

function nearest(cards: readonly PlacedCard[], here: PlacedCard): PlacedCard | undefined {
  const away = ({ box }: PlacedCard): number => Math.abs(box.y - here.box.y);
  return cards.toSorted((one, other) => away(one) - away(other))[0];
}
