import type { RelationNode } from '../../lib/relations/relation-graph.ts';
import type { Card } from './card-graph.ts';
import type { Relation } from './relation-area.ts';

/** The three lines of a card. */
export interface CardText {
  /** What it is, such as `ServiceAccount`, `missing Secret` or `IAM role`. */
  readonly kind: string;
  readonly name: string;
  /** Its namespace, or the part of an identity that is not its name; may be empty. */
  readonly place: string;
}

/** So many relations are said of one card; the picture and the arrow keys have the others. */
const SAID_RELATIONS = 6;

/** @returns what is written on a card */
export function cardText({ nodes }: Card): CardText {
  const [first] = nodes;
  if (nodes.length === 1) return nodeText(first);
  const noun = first.resource?.kind ?? first.type ?? first.kind;
  return {
    kind:
      { resource: 'group', made: 'made by a controller', mirror: 'mirrors' }[
        first.kind as 'made'
      ] ?? first.kind,
    name: `${nodes.length} ${plural(noun)}`,
    place: placeOfAll(nodes),
  };
}

function placeOfAll(nodes: readonly RelationNode[]): string {
  const places = new Set(nodes.map((node) => node.resource?.namespace ?? ''));
  const [only = ''] = places;
  return places.size === 1 ? only : `in ${places.size} namespaces`;
}

function nodeText(node: RelationNode): CardText {
  const { kind, resource, name = '', type } = node;
  if (resource) {
    const prefix =
      { missing: 'missing ', mirror: 'mirrored ', made: 'made ' }[kind as 'made'] ?? '';
    return {
      kind: `${prefix}${resource.kind}`,
      name: resource.name,
      place: resource.namespace ?? '',
    };
  }
  return { kind: type ?? kind, ...splitName(name) };
}

/** The name in an ARN or an e-mail address is what tells it from others: the rest is the same for many. */
function splitName(name: string): Pick<CardText, 'name' | 'place'> {
  const arn = /^(?<place>arn:[^/]*)\/(?<name>.+)$/.exec(name)?.groups;
  const mail = /^(?<name>[^@]+)@(?<place>.+)$/.exec(name)?.groups;
  return {
    name: arn?.['name'] ?? mail?.['name'] ?? name,
    place: arn?.['place'] ?? mail?.['place'] ?? '',
  };
}

/** The English plural of a kind: `NetworkPolicies`, `Ingresses`, `Gateways`. */
function plural(noun: string): string {
  if (/(?:[sx]|[cs]h)$/.test(noun)) return `${noun}es`;
  return /[^aeiou]y$/.test(noun) ? `${noun.slice(0, -1)}ies` : `${noun}s`;
}

/** @returns a node in running text, such as `missing Secret default/tls` or `IAM role arn:aws:iam::1:role/app` */
export function nodeNoun(node: RelationNode): string {
  const { kind, resource, name, type } = node;
  if (!resource) return `${type ?? kind} ${name}`;
  return `${kind === 'resource' ? '' : `${kind} `}${resource.kind} ${resource.namespace ? `${resource.namespace}/` : ''}${resource.name}`;
}

/**
 * @param marks what else is to be said of it, such as `2 errors`
 * @param relations those of its first node; they are told as far as they are few
 * @returns the accessible name of a card, such as
 *   `ServiceAccount default/app, assumes IAM role arn:…, Deployment default/app runs as it`
 */
export function cardName(
  { nodes }: Card,
  marks: readonly string[],
  relations: readonly Relation[],
): string {
  const [node] = nodes;
  const text = cardText({ id: '', nodes });
  const noun =
    nodes.length === 1 ? nodeNoun(node) : [`${text.name} ${text.place}`, 'group'].join(', ');
  const said = relations
    .slice(0, SAID_RELATIONS)
    .map(({ edge, from, to }) =>
      from.id === node.id ? `${edge.label} ${nodeNoun(to)}` : `${nodeNoun(from)} ${edge.label} it`,
    );
  const more = relations.length - said.length;
  return [noun.trim(), ...marks, ...said, ...(more > 0 ? [`and ${more} more`] : [])].join(', ');
}
