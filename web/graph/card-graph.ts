import type { RelationGraph, RelationNode } from '../../lib/relations/relation-graph.ts';
import { type Relation, type RelationArea, relationsOf } from './relation-area.ts';

/** A rectangle of the picture: one node, or several that collapsed. */
export interface Card {
  /** Of the node; of a group one that stays the same while its members come and go. */
  readonly id: string;
  /** One, or the members of a group; never empty. */
  readonly nodes: readonly [RelationNode, ...RelationNode[]];
}

/** A line of the picture: all relations from one card to another. */
export interface Link {
  readonly id: string;
  /** Id of a card. */
  readonly from: string;
  readonly to: string;
  /** Without repetitions. */
  readonly label: string;
  readonly area: RelationArea;
  /** An end is missing. */
  readonly isMissing: boolean;
}

/** What is drawn of a graph. */
export interface CardGraph {
  readonly cards: readonly Card[];
  readonly links: readonly Link[];
}

/** Which part of a graph is drawn, and how. */
export interface CardOptions {
  /** Relations of other areas are left out. */
  readonly areas: ReadonlySet<RelationArea>;
  /** Ids of the nodes that may be drawn; all when absent. */
  readonly only?: ReadonlySet<string>;
  /** Ids of groups that are drawn as their members. */
  readonly expanded: ReadonlySet<string>;
  /** Ids of nodes that are drawn on their own, whatever group they are in. */
  readonly apart: ReadonlySet<string>;
}

/** As many equal neighbours are still read one by one. */
const LARGEST_UNGROUPED = 8;

/**
 * @returns the cards and links of a graph, sorted by id, the same for each order of its nodes and edges. More than eight
 *   nodes of one kind with the same relations to the same nodes are one card. Nodes without a relation are left out.
 */
export function toCardGraph(graph: RelationGraph, options: CardOptions): CardGraph {
  const relations = relationsOf(graph).filter(
    ({ area, edge }) =>
      options.areas.has(area) &&
      (!options.only || (options.only.has(edge.from) && options.only.has(edge.to))),
  );
  const cards = groupNodes(relations, options);
  const cardOf = new Map(cards.flatMap((card) => card.nodes.map((node) => [node.id, card.id])));
  return { cards, links: mergeRelations(relations, cardOf) };
}

function groupNodes(relations: readonly Relation[], options: CardOptions): readonly Card[] {
  const cards: Card[] = [];
  for (const [id, nodes] of equalNodes(relations)) {
    const isGroup = nodes.length > LARGEST_UNGROUPED && !options.expanded.has(id);
    const members = nodes.filter((node) => isGroup && !options.apart.has(node.id));
    const [first, ...others] = members.toSorted(byId);
    const isCollapsed = first !== undefined && others.length > 0;
    if (isCollapsed) cards.push({ id, nodes: [first, ...others] });
    for (const node of nodes)
      if (!isCollapsed || options.apart.has(node.id)) cards.push({ id: node.id, nodes: [node] });
  }
  return cards.toSorted(byId);
}

/** Nodes of one kind with the same relations, whatever their namespaces: the mirrors of a Secret are in many. */
function equalNodes(relations: readonly Relation[]): ReadonlyMap<string, readonly RelationNode[]> {
  const nodes = new Map<string, RelationNode>();
  const ends = new Map<string, Set<string>>();
  const add = (node: RelationNode, end: string): void => {
    nodes.set(node.id, node);
    const known = ends.get(node.id);
    if (known) known.add(end);
    else ends.set(node.id, new Set([end]));
  };
  for (const { edge, from, to } of relations) {
    add(from, `> ${edge.label} ${to.id}`);
    add(to, `< ${edge.label} ${from.id}`);
  }
  const groups = new Map<string, RelationNode[]>();
  for (const node of nodes.values()) {
    const { kind, resource, type } = node;
    const what = `${kind} ${resource?.apiVersion} ${resource?.kind} ${type}`;
    const id = `group ${shortHash([what, ...[...(ends.get(node.id) ?? [])].toSorted()].join('\n'))}`;
    const group = groups.get(id);
    if (group) group.push(node);
    else groups.set(id, [node]);
  }
  return groups;
}

function mergeRelations(
  relations: readonly Relation[],
  cardOf: ReadonlyMap<string, string>,
): readonly Link[] {
  const links = new Map<string, Link & { readonly labels: Set<string> }>();
  for (const { edge, from, to, area } of relations) {
    const ends = { from: cardOf.get(edge.from) ?? edge.from, to: cardOf.get(edge.to) ?? edge.to };
    const id = `${ends.from}\n${ends.to}`;
    const known = links.get(id);
    const isMissing = from.kind === 'missing' || to.kind === 'missing';
    if (known) known.labels.add(edge.label);
    else links.set(id, { id, ...ends, label: '', labels: new Set([edge.label]), area, isMissing });
  }
  return [...links.values()]
    .map(({ labels, ...link }) => ({ ...link, label: [...labels].toSorted().join(', ') }))
    .toSorted(byId);
}

function byId(one: { readonly id: string }, other: { readonly id: string }): number {
  return one.id < other.id ? -1 : one.id > other.id ? 1 : 0;
}

/** 53 bits of a text, cyrb53: groups would else have ids of many kilobytes. */
function shortHash(text: string): string {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    high = Math.imul(high ^ unit, 2_654_435_761);
    low = Math.imul(low ^ unit, 1_597_334_677);
  }
  high =
    Math.imul(high ^ (high >>> 16), 2_246_822_507) ^ Math.imul(low ^ (low >>> 13), 3_266_489_909);
  low =
    Math.imul(low ^ (low >>> 16), 2_246_822_507) ^ Math.imul(high ^ (high >>> 13), 3_266_489_909);
  return (4_294_967_296 * (2_097_151 & low) + (high >>> 0)).toString(36);
}
