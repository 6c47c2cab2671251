import type { ResourceId } from '../finding/finding.ts';
import type { RelationEdge, RelationGraph, RelationNode } from './relation-graph.ts';

/** A relation of one node, to be read as `from label to`. */
export interface RelationSentence {
  readonly from: RelationNode;
  readonly label: string;
  readonly to: RelationNode;
  /** Whether it is the node that was asked about at which the sentence begins; the other end is `to` then, else `from`. */
  readonly isOutgoing: boolean;
}

/**
 * The node of a resource.
 *
 * @returns undefined when nothing is related to it.
 */
export function nodeOf(graph: RelationGraph, wanted: ResourceId): RelationNode | undefined {
  return graph.nodes.find(
    ({ resource }) =>
      resource !== undefined &&
      resource.kind === wanted.kind &&
      resource.name === wanted.name &&
      resource.namespace === wanted.namespace &&
      groupOf(resource) === groupOf(wanted),
  );
}

function groupOf({ apiVersion }: ResourceId): string {
  return apiVersion.includes('/') ? apiVersion.replace(/\/.*$/s, '') : '';
}

/** All relations of a node: first those that begin at it, then those that end there, in the order of the graph. */
export function sentencesOf(graph: RelationGraph, id: string): RelationSentence[] {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const sentences = (edges: readonly RelationEdge[], isOutgoing: boolean): RelationSentence[] =>
    edges.flatMap(({ from, label, to }) => {
      const [begin, end] = [nodes.get(from), nodes.get(to)];
      return begin === undefined || end === undefined
        ? []
        : [{ from: begin, label, to: end, isOutgoing }];
    });
  return [
    ...sentences(
      graph.edges.filter((edge) => edge.from === id),
      true,
    ),
    ...sentences(
      graph.edges.filter((edge) => edge.to === id),
      false,
    ),
  ];
}

/**
 * What a node is, in words: `Secret shop-tls in istio-system`, `IAM role arn:...`, `shop.example.com`.
 *
 * @param near a namespace that need not be said.
 */
export function describeNode(node: RelationNode, near?: string): string {
  const { kind, name = '', type, resource } = node;
  if (resource === undefined) return type === undefined ? name : `${type} ${name}`;
  const place = placeWords(resource.namespace, near);
  const remark = kind === 'missing' ? ' (not rendered)' : '';
  return `${resource.kind} ${resource.name}${place}${remark}`;
}

/** A mirror may stand for the namespaces that a pattern or a label selector takes. */
function placeWords(namespace: string | undefined, near: string | undefined): string {
  if (namespace === undefined || namespace === near) return '';
  if (namespace === '.*') return ' in every namespace';
  return /^[-a-z0-9]+$/.test(namespace) ? ` in ${namespace}` : ` in namespaces ${namespace}`;
}
