import type { RelationNodeKind } from '../../lib/relations/relation-graph.ts';
import { type CardGraph, type Card } from './card-graph.ts';
import { cardText } from './card-text.ts';

const SHAPES: Readonly<Record<RelationNodeKind, readonly [string, string]>> = {
  resource: ['["', '"]'],
  missing: ['["', '"]:::missing'],
  mirror: ['[["', '"]]'],
  made: ['("', '")'],
  identity: ['{{"', '"}}'],
  host: ['(["', '"])'],
};

/** @returns the picture as a Mermaid flowchart, as documentation on GitHub and GitLab shows it */
export function toMermaid({ cards, links }: CardGraph): string {
  const ids = new Map(cards.map((card, index) => [card.id, `n${index + 1}`]));
  return [
    'flowchart LR',
    ...cards.map((card) => `  ${ids.get(card.id)}${shape(card)}`),
    ...links.map(
      ({ from, to, label }) => `  ${ids.get(from)} -->|"${escaped(label)}"| ${ids.get(to)}`,
    ),
    '  classDef missing stroke:#c62828,stroke-dasharray:4',
    '',
  ].join('\n');
}

function shape(card: Card): string {
  const { kind, name, place } = cardText(card);
  const [open, close] = SHAPES[card.nodes[0].kind];
  const text = [kind, `<b>${escaped(name)}</b>`, ...(place ? [escaped(place)] : [])];
  return `${open}${text.join('<br>')}${close}`;
}

/** Mermaid's own entities: `#` and the number of the character. */
function escaped(text: string): string {
  return text.replaceAll(/[#"<>&]/g, (character) => `#${character.charCodeAt(0)};`);
}
