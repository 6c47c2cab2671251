import type { JSX } from 'preact';
import type { RelationGraph } from '../../lib/relations/relation-graph.ts';

/** What the view of the graph shows, and whom it tells. */
export interface GraphViewProps {
  readonly graph: RelationGraph;
  /** Id of the selected node. */
  readonly selected: string | undefined;
  /** Selects a node by its id; undefined selects none. */
  readonly onSelect: (id: string | undefined) => void;
  /** Opens the resource of a node, by the node's id. */
  readonly onOpen: (id: string) => void;
}

/** The relations of an environment as a graph. */
export function GraphView({ graph }: GraphViewProps): JSX.Element {
  return <p>{graph.nodes.length} nodes</p>;
}
