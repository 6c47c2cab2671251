import type { JSX, RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Card } from './card-graph.ts';
import { cardName } from './card-text.ts';
import { CardView } from './card-view.tsx';
import { LinkViews } from './link-views.tsx';
import { MapView } from './map-view.tsx';
import { type Direction, nextCard } from './next-card.ts';
import { marksOfCard, markWords, type NodeMarks } from './node-marks.ts';
import { overlaps, type PlacedCard, type PlacedGraph, type PlacedLink } from './place-cards.ts';
import type { Relation } from './relation-area.ts';
import { type Seen, ViewPort } from './view-port.ts';

/** What the picture shows, and whom it tells. */
export interface PictureProps {
  readonly graph: PlacedGraph;
  /** Accessible name of the whole. */
  readonly label: string;
  readonly selected: string | undefined;
  /** Ids of the nodes on a path with the selected one. */
  readonly lit: ReadonlySet<string> | undefined;
  readonly marks: ReadonlyMap<string, NodeMarks>;
  /** Of each node. */
  readonly relations: ReadonlyMap<string, readonly Relation[]>;
  readonly onSelect: (id: string | undefined) => void;
  readonly onOpen: (id: string) => void;
  /** Shows the members of a group. */
  readonly onExpand: (id: string) => void;
  readonly port: RefObject<ViewPort | null>;
}

/** More cards than this at once are drawn as a map: they would be too small to read. */
const MAP_CARDS = 300;
const LABEL_SCALE = 0.45;
const PAN_STEP = 60;
const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

/** The picture that can be moved. */
export function Picture(props: PictureProps): JSX.Element {
  const { graph, selected, lit } = props;
  const canvas = useRef<HTMLDivElement>(null);
  const world = useRef<HTMLDivElement>(null);
  const seen = useSeen(props.port, canvas, world);
  useSteadyView(props);
  const [active, setActive] = useActive(props, canvas);
  const visible = graph.cards.filter(({ box }) => seen && overlaps(box, seen.box));
  const isMap = visible.length > MAP_CARDS;
  const isCardLit = lit && (({ card }: PlacedCard) => card.nodes.some(({ id }) => lit.has(id)));
  const litIds = isCardLit && new Set(graph.cards.filter(isCardLit).map(({ card }) => card.id));
  const isLinkLit =
    litIds && (({ link }: PlacedLink) => litIds.has(link.from) && litIds.has(link.to));
  const shown = isMap
    ? graph.cards.filter((placed) => placed.card.id === active || isOf(placed.card, selected))
    : withCard(graph, visible, active);
  return (
    <div
      ref={canvas}
      class="graph-canvas"
      role="application"
      aria-roledescription="graph"
      aria-label={props.label}
      tabIndex={0}
      onKeyDown={(event) => onKey(event, props, active, setActive)}
      onClick={(event) => onBackground(event, props, isMap)}
    >
      <div ref={world} class="graph-world">
        {isMap ? (
          <MapView graph={graph} isCardLit={isCardLit} isLinkLit={isLinkLit} />
        ) : (
          <LinkViews
            links={graph.links.filter(({ box }) => seen && overlaps(box, seen.box))}
            hasLabels={(seen?.scale ?? 1) >= LABEL_SCALE}
            isLit={isLinkLit}
          />
        )}
        {shown.map((placed) => (
          <CardView
            key={placed.card.id}
            placed={placed}
            marks={marksOfCard(placed.card, props.marks)}
            name={nameOf(placed.card, props)}
            isSelected={isOf(placed.card, selected)}
            isFaded={isCardLit !== undefined && !isCardLit(placed)}
            isActive={placed.card.id === active}
            onClick={() => choose(placed.card, props)}
            onFocus={() => setActive(placed.card.id)}
            onOpen={() => open(placed.card, props)}
          />
        ))}
      </div>
    </div>
  );
}

function nameOf(card: Card, { marks, relations }: PictureProps): string {
  const words = markWords(marksOfCard(card, marks));
  return cardName(card, words, relations.get(card.nodes[0].id) ?? []);
}

function isOf(card: Card, selected: string | undefined): boolean {
  return card.nodes.length === 1 && card.nodes[0].id === selected;
}

/** The card that has the focus stays in the document wherever the picture is. */
function withCard(
  graph: PlacedGraph,
  visible: readonly PlacedCard[],
  id: string | undefined,
): readonly PlacedCard[] {
  if (visible.some(({ card }) => card.id === id)) return visible;
  return [...visible, ...graph.cards.filter(({ card }) => card.id === id)];
}

function choose(card: Card, { selected, onSelect, onExpand }: PictureProps): void {
  const [node] = card.nodes;
  if (card.nodes.length > 1) onExpand(card.id);
  else if (node.id !== selected) onSelect(node.id);
}

function open(card: Card, { onOpen }: PictureProps): void {
  const [node] = card.nodes;
  if (card.nodes.length === 1 && node.kind === 'resource') onOpen(node.id);
}

function onBackground(
  event: MouseEvent,
  { graph, port, onSelect }: PictureProps,
  isMap: boolean,
): void {
  if (event.target instanceof Element && event.target.closest('.graph-card')) return;
  const canvas = event.currentTarget;
  if (!isMap || !(canvas instanceof Element)) {
    onSelect(undefined);
    return;
  }
  const { left, top } = canvas.getBoundingClientRect();
  const point = port.current?.pointAt({ x: event.clientX - left, y: event.clientY - top });
  const hit =
    point && graph.cards.find(({ box }) => overlaps(box, { ...point, width: 0, height: 0 }));
  if (hit?.card.nodes.length === 1) onSelect(hit.card.nodes[0].id);
  if (hit) port.current?.reveal(hit.box);
}

function onKey(
  event: KeyboardEvent,
  props: PictureProps,
  active: string | undefined,
  setActive: (id: string, isWanted: true) => void,
): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const isOnCard = event.target instanceof Element && event.target.closest('.graph-card') !== null;
  const isHandled =
    isOnCard && active !== undefined && onCardKey(event.key, props, active, setActive);
  if (isHandled || onViewKey(event.key, props)) event.preventDefault();
}

function onCardKey(
  key: string,
  props: PictureProps,
  active: string,
  setActive: (id: string, isWanted: true) => void,
): boolean {
  const direction = ARROWS[key];
  if (direction) {
    const next = nextCard(props.graph, active, direction);
    if (next) setActive(next.card.id, true);
    return true;
  }
  const current = props.graph.cards.find(({ card }) => card.id === active);
  if (key !== 'Enter' || !current) return false;
  choose(current.card, props);
  open(current.card, props);
  // The card of a group goes away with the focus.
  if (current.card.nodes.length > 1) setActive(current.card.nodes[0].id, true);
  return true;
}

function onViewKey(key: string, { graph, port, onSelect }: PictureProps): boolean {
  const direction = ARROWS[key];
  if (direction) pan(port.current, direction);
  else if (key === '+' || key === '=') port.current?.zoom(1.25);
  else if (key === '-') port.current?.zoom(0.8);
  else if (key === '0') port.current?.fit(graph.size);
  else if (key === 'Escape') onSelect(undefined);
  else return false;
  return true;
}

function pan(port: ViewPort | null, direction: Direction): void {
  const by = { left: [1, 0], right: [-1, 0], up: [0, 1], down: [0, -1] } as const;
  const [x, y] = by[direction];
  port?.pan(x * PAN_STEP, y * PAN_STEP);
}

function useSeen(
  port: RefObject<ViewPort | null>,
  canvas: RefObject<HTMLDivElement | null>,
  world: RefObject<HTMLDivElement | null>,
): Seen | undefined {
  const [seen, setSeen] = useState<Seen>();
  useLayoutEffect(() => {
    if (!canvas.current || !world.current) return undefined;
    const made = new ViewPort(canvas.current, world.current, setSeen);
    port.current = made;
    return () => made.close();
  }, []);
  return seen;
}

/** Keeps what one looks at where it is while the picture around it changes, and shows what is selected elsewhere. */
function useSteadyView({ graph, port, selected }: PictureProps): void {
  const before = useRef<PlacedGraph | undefined>(undefined);
  const revealed = useRef<string | undefined>(undefined);
  useLayoutEffect(() => {
    const view = port.current;
    if (!view) return;
    if (before.current !== graph) {
      const anchor = before.current && anchorOf(before.current, view, selected);
      const after = anchor && sameCard(graph, anchor.card);
      if (anchor && after) view.keep(anchor.box, after.box);
      else view.begin(graph.size);
      before.current = graph;
    }
    if (selected === revealed.current) return;
    const chosen = graph.cards.find(({ card }) => isOf(card, selected));
    if (chosen) view.reveal(chosen.box);
    if (chosen || selected === undefined) revealed.current = selected;
  }, [graph, selected]);
}

function anchorOf(
  graph: PlacedGraph,
  view: ViewPort,
  selected: string | undefined,
): PlacedCard | undefined {
  return graph.cards.find(({ card }) => isOf(card, selected)) ?? view.nearestToMiddle(graph);
}

function sameCard(graph: PlacedGraph, { id, nodes }: Card): PlacedCard | undefined {
  return (
    graph.cards.find(({ card }) => card.id === id) ??
    graph.cards.find(({ card }) => card.nodes.some((node) => node.id === nodes[0].id))
  );
}

/** The one card that the Tab key comes to, and a function to change it, which also gives it the focus when wanted. */
function useActive(
  { graph, selected, port }: PictureProps,
  canvas: RefObject<HTMLDivElement | null>,
): [string | undefined, (id: string, isWanted?: true) => void] {
  const [chosen, setChosen] = useState<string>();
  const [wanted, setWanted] = useState<string>();
  useLayoutEffect(() => {
    const placed = graph.cards.find(({ card }) => card.id === wanted);
    // Members of a group that was expanded come with the next picture.
    if (wanted === undefined || !placed) return;
    port.current?.reveal(placed.box);
    const cards = canvas.current?.querySelectorAll<HTMLElement>('.graph-card') ?? [];
    for (const card of cards)
      if (card.dataset['card'] === wanted) card.focus({ preventScroll: true });
    setWanted(undefined);
  }, [wanted, graph]);
  const isThere = graph.cards.some(({ card }) => card.id === chosen);
  const first = graph.cards.find(({ card }) => isOf(card, selected)) ?? graph.cards[0];
  return [
    isThere ? chosen : first?.card.id,
    (id, isWanted) => {
      setChosen(id);
      if (isWanted) setWanted(id);
    },
  ];
}
