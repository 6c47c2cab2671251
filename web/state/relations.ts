import { computed } from '@preact/signals';
import type { ResourceId } from '../../lib/finding/finding.ts';
import type { RelationGraph, RelationNode } from '../../lib/relations/relation-graph.ts';
import { resourceText } from '../text.ts';
import { environment } from './environment.ts';

/** One relation, with both of its ends. */
export interface Relation {
  readonly from: RelationNode;
  readonly label: string;
  readonly to: RelationNode;
}

const keys = computed<ReadonlyMap<string, string>>(
  () => new Map(environment.value?.resources.map((one) => [idText(one.resource), one.key])),
);

/** The key of the rendered resource that a node stands for; undefined when it stands for something else. */
export function resourceKeyOf(node: RelationNode): string | undefined {
  if (node.kind !== 'resource' || node.resource === undefined) return undefined;
  return keys.value.get(idText(node.resource));
}

/** The node of a rendered resource; undefined when it is related to nothing. */
export function nodeOf(graph: RelationGraph, resource: ResourceId): RelationNode | undefined {
  const wanted = idText(resource);
  return graph.nodes.find(
    (node) =>
      node.kind === 'resource' && node.resource !== undefined && idText(node.resource) === wanted,
  );
}

/** The relations of a node: first those that start at it. */
export function relationsOf(graph: RelationGraph, node: RelationNode): Relation[] {
  const nodes = new Map(graph.nodes.map((one) => [one.id, one]));
  const ends = [
    ...graph.edges.filter(({ from }) => from === node.id),
    ...graph.edges.filter(({ from, to }) => to === node.id && from !== node.id),
  ];
  return ends.flatMap(({ from, label, to }) => {
    const [start, end] = [nodes.get(from), nodes.get(to)];
    return start === undefined || end === undefined ? [] : [{ from: start, label, to: end }];
  });
}

/** What a node is called: `Deployment shop/web`, `IAM role arn:...`, `host example.org`. */
export function nodeName({ kind, resource, name, type }: RelationNode): string {
  if (resource !== undefined) return resourceText(resource);
  return `${type ?? kind} ${name ?? ''}`;
}

function idText({ apiVersion, kind, namespace, name }: ResourceId): string {
  return JSON.stringify([apiVersion, kind, namespace ?? null, name]);
}
