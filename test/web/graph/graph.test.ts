import { describe, expect, it } from 'vitest';
import type { RelationGraph } from '../../../lib/relations/relation-graph.ts';
import { type CardOptions, toCardGraph } from '../../../web/graph/card-graph.ts';
import { cardName, cardText } from '../../../web/graph/card-text.ts';
import { onPathsThrough } from '../../../web/graph/connected.ts';
import { cutHubs } from '../../../web/graph/cut-hubs.ts';
import { layoutComponent } from '../../../web/graph/layout-component.ts';
import { toMermaid } from '../../../web/graph/mermaid.ts';
import { nextCard } from '../../../web/graph/next-card.ts';
import { nodeMarks } from '../../../web/graph/node-marks.ts';
import {
  inOrderOf,
  overlaps,
  type Part,
  partsOf,
  type PlacedGraph,
  placeParts,
} from '../../../web/graph/place-cards.ts';
import { RELATION_AREAS, relationsOf } from '../../../web/graph/relation-area.ts';
import { fitted, revealing, zoomed } from '../../../web/graph/view-math.ts';
import { graphOf, platform } from './graphs.ts';

const ALL: CardOptions = {
  areas: new Set(RELATION_AREAS),
  expanded: new Set(),
  apart: new Set(),
};
const ROLE = 'identity IAM role arn:aws:iam::123456789012:role/app';
const CHAIN = graphOf([
  'Deployment default/app -> runs as -> ServiceAccount default/app',
  `ServiceAccount default/app -> assumes -> ${ROLE}`,
  'Deployment default/app -> reads -> missing Secret default/db',
]);
const WORKERS = Array.from(
  { length: 37 },
  (_, index) => `Deployment batch/worker-${index} -> runs as -> ServiceAccount batch/worker`,
);

function place(parts: readonly Part[]): PlacedGraph {
  return placeParts(
    parts,
    parts.map(({ input }) => layoutComponent(input)),
    1.5,
  );
}

function picture(graph: RelationGraph): PlacedGraph {
  return place(partsOf(cutHubs(toCardGraph(graph, ALL))));
}

function shuffled({ nodes, edges }: RelationGraph): RelationGraph {
  return { nodes: nodes.toReversed(), edges: [...edges.slice(7), ...edges.slice(0, 7)] };
}

describe('cards of a graph', () => {
  it('collapses more than eight nodes of one kind with the same relations', () => {
    const { cards, links } = toCardGraph(graphOf(WORKERS), ALL);
    expect(cards.map((card) => cardText(card).name).toSorted()).toEqual([
      '37 Deployments',
      'worker',
    ]);
    expect(links.map(({ label }) => label)).toEqual(['runs as']);
    expect(toCardGraph(graphOf(WORKERS.slice(0, 8)), ALL).cards).toHaveLength(9);
  });

  it('shows the members of a group that was expanded, and one that is selected', () => {
    const graph = graphOf(WORKERS);
    const group = toCardGraph(graph, ALL).cards.find(({ nodes }) => nodes.length > 1);
    const expanded = new Set([group?.id ?? '']);
    expect(toCardGraph(graph, { ...ALL, expanded }).cards).toHaveLength(38);
    const apart = new Set(['Deployment batch/worker-3']);
    const names = toCardGraph(graph, { ...ALL, apart }).cards.map((card) => cardText(card).name);
    expect(names.toSorted()).toEqual(['36 Deployments', 'worker', 'worker-3']);
  });

  it('keeps the id of a group when a member comes', () => {
    const idOf = (lines: readonly string[]): string | undefined =>
      toCardGraph(graphOf(lines), ALL).cards.find(({ nodes }) => nodes.length > 1)?.id;
    expect(idOf(WORKERS)).toBe(idOf(WORKERS.slice(1)));
  });

  it('leaves out relations of other areas, and nodes that have no relation left', () => {
    const { cards } = toCardGraph(CHAIN, { ...ALL, areas: new Set(['secrets']) });
    expect(cards.map(({ id }) => id)).toEqual([
      'Deployment default/app',
      'missing Secret default/db',
    ]);
  });

  it.each([
    ['Deployment a/a -> runs as -> ServiceAccount a/a', 'identity'],
    [`ServiceAccount a/a -> assumes -> ${ROLE}`, 'identity'],
    ['RoleBinding a/a -> grants rights to -> ServiceAccount a/a', 'access'],
    ['Gateway a/a -> serves with -> Secret a/a', 'secrets'],
    ['ServiceAccount a/a -> pulls images with -> Secret a/a', 'secrets'],
    ['Service a/a -> selects -> Deployment a/a', 'traffic'],
    ['HTTPRoute a/a -> serves -> host example.com', 'traffic'],
    ['StatefulSet a/a -> mounts -> PersistentVolumeClaim a/a', 'other'],
  ])('%s is about %s', (line, area) => {
    expect(relationsOf(graphOf([line])).map((relation) => relation.area)).toEqual([area]);
  });

  it('says what a card is related to', () => {
    const graph = toCardGraph(CHAIN, ALL);
    const card = graph.cards.find(({ id }) => id === 'ServiceAccount default/app');
    const relations = relationsOf(CHAIN).filter(({ edge }) =>
      [edge.from, edge.to].includes('ServiceAccount default/app'),
    );
    expect(card && cardName(card, ['1 error'], relations)).toBe(
      'ServiceAccount default/app, 1 error, Deployment default/app runs as it, assumes IAM role arn:aws:iam::123456789012:role/app',
    );
  });
});

describe('paths', () => {
  it('go up and down from a node, not to what is only beside it', () => {
    expect([...onPathsThrough(CHAIN.edges, 'ServiceAccount default/app')].toSorted()).toEqual([
      'Deployment default/app',
      'ServiceAccount default/app',
      ROLE,
    ]);
  });
});

describe('layout', () => {
  it('has layers from left to right', () => {
    const { cards } = picture(CHAIN);
    const xOf = (id: string): number => cards.find(({ card }) => card.id === id)?.box.x ?? NaN;
    expect(xOf('Deployment default/app')).toBeLessThan(xOf('ServiceAccount default/app'));
    expect(xOf('ServiceAccount default/app')).toBeLessThan(xOf(ROLE));
  });

  it('is the same for every order of nodes and edges, and no two cards overlap', () => {
    const graph = platform(12);
    const { cards } = picture(graph);
    expect(picture(shuffled(graph))).toEqual(picture(graph));
    const boxes = cards.map(({ box }) => box);
    const pairs = boxes.flatMap((one, index) => boxes.slice(index + 1).map((two) => [one, two]));
    expect(pairs.filter(([one, two]) => one && two && overlaps(one, two))).toEqual([]);
  });

  it('shows what many share once in each place, and says so', () => {
    const { cards, links } = cutHubs(toCardGraph(platform(20), ALL));
    const shared = cards.filter(({ nodes }) => nodes[0].id === 'Secret registry/registry');
    // Two of the apps hang together by the gateway, which few share.
    expect(shared).toHaveLength(19);
    expect(new Set(shared.map(({ copies }) => copies))).toEqual(new Set([19]));
    const ids = new Set(cards.map(({ id }) => id));
    expect(links.filter(({ from, to }) => !ids.has(from) || !ids.has(to))).toEqual([]);
  });

  it('moves nothing that was there when something else comes', () => {
    const before = partsOf(toCardGraph(CHAIN, ALL));
    const shown = place(before).cards;
    const more = graphOf([
      'CronJob a/missing-first -> reads -> missing Secret a/a',
      'CronJob a/missing-first -> reads -> missing Secret a/b',
      'CronJob a/missing-first -> reads -> missing Secret a/c',
      'CronJob a/missing-first -> reads -> missing Secret a/d',
    ]);
    const graph = {
      nodes: [...more.nodes, ...CHAIN.nodes],
      edges: [...more.edges, ...CHAIN.edges],
    };
    const order = shown.map(({ card }) => card.id);
    const after = place(inOrderOf(partsOf(toCardGraph(graph, ALL)), order)).cards;
    expect(after.slice(0, shown.length)).toEqual(shown);
    expect(after).toHaveLength(shown.length + 5);
  });
});

describe('rows', () => {
  it('stay as wide as they were when one more app comes', () => {
    const before = picture(platform(20));
    const parts = inOrderOf(
      partsOf(cutHubs(toCardGraph(platform(21), ALL))),
      before.cards.map(({ card }) => card.id),
    );
    const layouts = parts.map(({ input }) => layoutComponent(input));
    expect(placeParts(parts, layouts, 1.5, before.rowWidth).rowWidth).toBe(before.rowWidth);
  });
});

describe('arrow keys', () => {
  const graph = picture(CHAIN);
  it.each([
    ['Deployment default/app', 'right', 'missing Secret default/db'],
    ['missing Secret default/db', 'down', 'ServiceAccount default/app'],
    ['ServiceAccount default/app', 'right', ROLE],
    [ROLE, 'left', 'ServiceAccount default/app'],
    ['ServiceAccount default/app', 'left', 'Deployment default/app'],
    [ROLE, 'right', undefined],
  ] as const)('from %s to the %s', (from, direction, to) => {
    expect(nextCard(graph, from, direction)?.card.id).toBe(to);
  });

  it('come to every card by going down', () => {
    const ids = [graph.cards[0]?.card.id ?? ''];
    for (;;) {
      const next = nextCard(graph, ids.at(-1) ?? '', 'down');
      if (!next) break;
      ids.push(next.card.id);
    }
    expect(ids).toHaveLength(4);
  });
});

describe('marks', () => {
  it('are those of the resources, and say that a missing one was removed', () => {
    const app = { apiVersion: 'v1', kind: 'Deployment', namespace: 'default', name: 'app' };
    const db = { apiVersion: 'v1', kind: 'Secret', namespace: 'default', name: 'db' };
    const marks = nodeMarks(
      CHAIN,
      [{ key: 'k', resource: app, errors: 2, warnings: 0, change: 'changed' }],
      [{ kind: 'removed', resource: db }],
    );
    expect([...marks]).toEqual([
      ['Deployment default/app', { errors: 2, warnings: 0, change: 'changed' }],
      ['missing Secret default/db', { errors: 0, warnings: 0, change: 'removed' }],
    ]);
  });
});

describe('view', () => {
  it('keeps the point under the pointer when zooming, within limits', () => {
    const view = zoomed({ x: 10, y: 20, scale: 1 }, 1.5, { x: 100, y: 80 });
    expect([(100 - view.x) / view.scale, (80 - view.y) / view.scale]).toEqual([90, 60]);
    expect(zoomed(view, 1000, { x: 0, y: 0 }).scale).toBe(2);
  });

  it('fits a picture, and moves to what is outside by no more than needed', () => {
    const screen = { width: 800, height: 600 };
    expect(fitted({ x: 0, y: 0, width: 400, height: 100 }, screen).scale).toBe(1);
    const seen = { x: 100, y: 100, width: 200, height: 58 };
    const view = { x: 0, y: 0, scale: 1 };
    expect(revealing(view, seen, screen)).toEqual(view);
    expect(revealing(view, { ...seen, x: 900 }, screen)).toEqual({ x: -328, y: 0, scale: 1 });
  });
});

describe('Mermaid', () => {
  it('has every card and line, and no text that would end a string', () => {
    const graph = graphOf(['Deployment a/"q" -> reads -> missing Secret a/b']);
    expect(toMermaid(toCardGraph(graph, ALL))).toBe(
      [
        'flowchart LR',
        '  n1["Deployment<br><b>#34;q#34;</b><br>a"]',
        '  n2["missing Secret<br><b>b</b><br>a"]:::missing',
        '  n1 -->|"reads"| n2',
        '  classDef missing stroke:#c62828,stroke-dasharray:4',
        '',
      ].join('\n'),
    );
  });
});
