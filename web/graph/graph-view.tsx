import type { JSX } from 'preact';
import { useMemo, useRef, useState } from 'preact/hooks';
import type { RelationGraph } from '../../lib/relations/relation-graph.ts';
import { toCardGraph } from './card-graph.ts';
import { onPathsThrough } from './connected.ts';
import { cutHubs } from './cut-hubs.ts';
import './graph.css';
import { Legend } from './legend.tsx';
import { toMermaid } from './mermaid.ts';
import type { NodeMarks } from './node-marks.ts';
import { Picture } from './picture.tsx';
import {
  RELATION_AREAS,
  type RelationArea,
  relationsByNode,
  relationsOf,
} from './relation-area.ts';
import { Toolbar } from './toolbar.tsx';
import { usePlaced } from './use-placed.ts';
import type { ViewPort } from './view-port.ts';

/** What the view of the graph shows, and whom it tells. */
export interface GraphViewProps {
  readonly graph: RelationGraph;
  /** Id of the selected node. */
  readonly selected: string | undefined;
  /** Findings and changes of nodes by their ids, of `nodeMarks`. */
  readonly marks?: ReadonlyMap<string, NodeMarks>;
  /** Selects a node by its id; undefined selects none. */
  readonly onSelect: (id: string | undefined) => void;
  /** Opens the resource of a node, by the node's id. Only called for nodes of kind `resource`. */
  readonly onOpen: (id: string) => void;
}

const NO_MARKS: ReadonlyMap<string, NodeMarks> = new Map();
/** Width by height that a picture has before there is a screen to ask. */
const USUAL_ASPECT = 1.5;

/** The relations of an environment as a picture that fills its container. */
export function GraphView(props: GraphViewProps): JSX.Element {
  const { graph, onSelect, marks = NO_MARKS } = props;
  const port = useRef<ViewPort>(null);
  const frame = useRef<HTMLDivElement>(null);
  const [areas, setAreas] = useState<ReadonlySet<RelationArea>>(new Set(RELATION_AREAS));
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(new Set());
  const [wantsFocus, setWantsFocus] = useState(false);
  const relations = useMemo(() => relationsOf(graph), [graph]);
  const byNode = useMemo(() => relationsByNode(relations), [relations]);
  const selected = byNode.has(props.selected ?? '') ? props.selected : undefined;
  const lit = useMemo(
    () => (selected === undefined ? undefined : onPaths(relations, areas, selected)),
    [relations, areas, selected],
  );
  const only = wantsFocus ? lit : undefined;
  const cards = useMemo(() => {
    const apart = new Set(selected === undefined ? [] : [selected]);
    return cutHubs(toCardGraph(graph, { areas, expanded, apart, ...(only ? { only } : {}) }));
  }, [graph, areas, expanded, only, selected]);
  const { placed, problem } = usePlaced(cards, () => aspectOf(frame.current));
  const missing = graph.nodes.filter(({ id, kind }) => kind === 'missing' && byNode.has(id));
  const nextMissing = (): void => {
    const at = missing.findIndex(({ id }) => id === selected);
    onSelect(missing[(at + 1) % missing.length]?.id);
  };
  return (
    <div class="graph" ref={frame}>
      <Toolbar
        counts={countAreas(relations)}
        areas={areas}
        onAreas={setAreas}
        isFocused={wantsFocus}
        canFocus={selected !== undefined || wantsFocus}
        onFocused={setWantsFocus}
        missing={missing.length}
        onNextMissing={nextMissing}
        expanded={expanded.size}
        onCollapse={() => setExpanded(new Set())}
        onZoom={(factor) => port.current?.zoom(factor)}
        onFit={() => placed && port.current?.fit(placed.size)}
        toMermaid={() => toMermaid(cards)}
      />
      <div class="graph-frame">
        {placed ? (
          <Picture
            graph={placed}
            label={`Relations of ${byNode.size} things. Tab comes to the first; arrow keys follow the lines.`}
            selected={selected}
            lit={lit}
            marks={marks}
            relations={byNode}
            onSelect={onSelect}
            onOpen={props.onOpen}
            onExpand={(id) => setExpanded(new Set([...expanded, id]))}
            port={port}
          />
        ) : null}
        <Message relations={relations.length} cards={cards.cards.length} problem={problem} />
      </div>
      <Legend kinds={new Set(cards.cards.map(({ nodes }) => nodes[0].kind))} />
    </div>
  );
}

function Message(props: {
  readonly relations: number;
  readonly cards: number;
  readonly problem: string | undefined;
}): JSX.Element | null {
  if (props.problem !== undefined)
    return <p class="graph-message">The graph cannot be laid out: {props.problem}</p>;
  if (props.cards > 0) return null;
  return (
    <p class="graph-message">
      {props.relations === 0
        ? 'No resource of this environment names another one.'
        : 'There are no relations of the chosen kinds.'}
    </p>
  );
}

function onPaths(
  relations: ReturnType<typeof relationsOf>,
  areas: ReadonlySet<RelationArea>,
  selected: string,
): ReadonlySet<string> {
  const shown = relations.filter(({ area }) => areas.has(area)).map(({ edge }) => edge);
  return onPathsThrough(shown, selected);
}

function countAreas(relations: ReturnType<typeof relationsOf>): ReadonlyMap<RelationArea, number> {
  const counts = new Map<RelationArea, number>();
  for (const { area } of relations) counts.set(area, (counts.get(area) ?? 0) + 1);
  return counts;
}

/** In steps, for a picture to be the same in windows of about the same size. */
function aspectOf(frame: HTMLElement | null): number {
  if (!frame || frame.clientHeight === 0) return USUAL_ASPECT;
  const aspect = frame.clientWidth / frame.clientHeight;
  return Math.min(2.5, Math.max(0.5, Math.round(aspect * 2) / 2));
}
