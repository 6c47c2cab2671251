import type { Card, CardGraph, Link } from './card-graph.ts';
import { components } from './connected.ts';

/** A component up to this size is read as one picture. */
const READABLE_CARDS = 60;
/** A card with more links than this stands for something that many share, such as a gateway or a pull secret. */
const HUB_LINKS = 12;

/** A card of the picture; of a hub there is one in each place that it is linked with. */
export interface PlacedOnce extends Card {
  /** How many cards stand for the same; absent for 1. */
  readonly copies?: number;
}

/** What is drawn: cards, with the links between them. */
export interface CutGraph {
  readonly cards: readonly PlacedOnce[];
  readonly links: readonly Link[];
}

/**
 * Takes large components apart: without it, what two hundred apps share would make one column of two hundred apps, with
 * lines that cross the whole picture.
 *
 * @returns the same graph, with a copy of each hub in every part that hangs together without the hubs
 */
export function cutHubs(graph: CardGraph): CutGraph {
  const hubs = hubsOf(graph);
  if (hubs.size === 0) return graph;
  const rest = graph.links.filter(({ from, to }) => !hubs.has(from) && !hubs.has(to));
  const partOf = new Map<string, string>();
  const others = graph.cards.filter(({ id }) => !hubs.has(id)).map(({ id }) => id);
  for (const part of components(others, rest)) for (const id of part) partOf.set(id, part[0] ?? id);
  const copies = new Map<string, Map<string, string>>();
  const copyIn = (hub: string, part: string): string => {
    const of = copies.get(hub) ?? new Map<string, string>();
    copies.set(hub, of.set(part, `${hub}\n${part}`));
    return `${hub}\n${part}`;
  };
  const links = graph.links.map((link) => {
    // Two hubs that are linked have a place of their own for that.
    const part = partOf.get(link.from) ?? partOf.get(link.to) ?? link.id;
    const from = hubs.has(link.from) ? copyIn(link.from, part) : link.from;
    const to = hubs.has(link.to) ? copyIn(link.to, part) : link.to;
    return { ...link, from, to, id: `${from}\n${to}` };
  });
  const cards = graph.cards.flatMap((card): readonly PlacedOnce[] => {
    const ids = [...(copies.get(card.id)?.values() ?? [])];
    return ids.length === 0 ? [card] : ids.map((id) => ({ ...card, id, copies: ids.length }));
  });
  return { cards, links };
}

function hubsOf({ cards, links }: CardGraph): ReadonlySet<string> {
  const count = new Map<string, number>();
  for (const { from, to } of links)
    for (const id of [from, to]) count.set(id, (count.get(id) ?? 0) + 1);
  const large = components(
    cards.map(({ id }) => id),
    links,
  ).filter((component) => component.length > READABLE_CARDS);
  return new Set(large.flat().filter((id) => (count.get(id) ?? 0) > HUB_LINKS));
}
