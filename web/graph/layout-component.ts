import { Graph, layout } from '@dagrejs/dagre';

/** What is to be laid out: cards that hang together. */
export interface LayoutInput {
  readonly cards: readonly {
    readonly id: string;
    readonly width: number;
    readonly height: number;
  }[];
  readonly links: readonly {
    readonly id: string;
    readonly from: string;
    readonly to: string;
    /** Width of its label in pixels. */
    readonly labelWidth: number;
  }[];
}

/** A place in a picture, in pixels from its top left corner. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where everything of a component is. Lists are in the order of the input. */
export interface ComponentLayout {
  readonly width: number;
  readonly height: number;
  /** Top left corners. */
  readonly cards: readonly Point[];
  readonly links: readonly { readonly points: readonly Point[]; readonly label: Point }[];
}

/** dagre's best ranks take time that grows with the square of the cards; beyond this, its fast ones are used. */
const MANY_CARDS = 250;

/**
 * Lays out one component in layers from left to right. The same input has the same layout.
 *
 * @returns places in pixels, from 0
 */
export function layoutComponent({ cards, links }: LayoutInput): ComponentLayout {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({
    rankdir: 'LR',
    nodesep: 14,
    edgesep: 10,
    ranksep: 34,
    ranker: cards.length > MANY_CARDS ? 'longest-path' : 'network-simplex',
  });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id, width, height } of cards) graph.setNode(id, { width, height });
  for (const { id, from, to, labelWidth } of links)
    graph.setEdge(from, to, { width: labelWidth, height: 14, labelpos: 'c' }, id);
  layout(graph);
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  return {
    width,
    height,
    cards: cards.map((card) => {
      const { x, y } = graph.node(card.id) as Point;
      return { x: Math.round(x - card.width / 2), y: Math.round(y - card.height / 2) };
    }),
    links: links.map(({ from, to, id }) => {
      const edge = graph.edge(from, to, id) as Point & { readonly points: readonly Point[] };
      return { points: edge.points.map(rounded), label: rounded(edge) };
    }),
  };
}

function rounded({ x, y }: Point): Point {
  return { x: Math.round(x), y: Math.round(y) };
}
