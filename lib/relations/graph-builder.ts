import type { ResourceId } from '../finding/finding.ts';
import type { Manifest } from '../manifest/parse-manifests.ts';
import { groupOf, type RenderedObjects } from '../validate/rendered/rendered-objects.ts';
import type {
  RelationEdge,
  RelationGraph,
  RelationNode,
  RelationNodeKind,
} from './relation-graph.ts';

/** An object as another one names it; the empty string stands for no namespace. */
export interface ObjectReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** What an identity of a cloud is. */
export type IdentityType = 'IAM role' | 'Google service account' | 'Microsoft Entra application';

/** Longer names are cut; an ARN with a long path is still told by its beginning. */
const LONGEST_IDENTITY = 200;
/** No DNS name is longer. Source: RFC 1035, section 2.3.4. */
const LONGEST_HOST = 255;

/** Which kind a node has that was named in several ways, the strongest first. */
const STRENGTH: readonly RelationNodeKind[] = ['resource', 'made', 'mirror', 'missing'];

/** Collects what is related; a node enters the graph with its first relation. */
export class GraphBuilder {
  readonly objects: RenderedObjects;
  readonly #nodes = new Map<string, RelationNode>();
  readonly #edges = new Map<string, RelationEdge>();
  readonly #rendered = new Map<Manifest, RelationNode>();

  constructor(objects: RenderedObjects) {
    this.objects = objects;
  }

  /** The node of an object that is rendered. */
  rendered(manifest: Manifest): RelationNode {
    const known = this.#rendered.get(manifest);
    if (known !== undefined) return known;
    const { resource } = manifest;
    const node: RelationNode = { id: objectId(resource), kind: 'resource', resource };
    this.#rendered.set(manifest, node);
    return node;
  }

  /**
   * The node of an object that another one names.
   *
   * @param otherwise what it is when it is not rendered.
   */
  object(
    { namespace, ...named }: ObjectReference,
    otherwise: 'missing' | 'mirror' | 'made',
  ): RelationNode {
    const group = groupOf(named.apiVersion);
    const manifest = this.objects.find(group, named.kind, { namespace, name: named.name });
    if (manifest !== undefined) return this.rendered(manifest);
    const resource = { ...named, ...(namespace === '' ? {} : { namespace }) };
    return { id: objectId(resource), kind: otherwise, resource };
  }

  /** The node of an object without a namespace; one that is rendered into a namespace by mistake counts. */
  clusterObject(
    { apiVersion, kind, name }: Omit<ObjectReference, 'namespace'>,
    otherwise: 'missing' | 'made',
  ): RelationNode {
    const node = this.object({ apiVersion, kind, namespace: '', name }, otherwise);
    if (node.kind === 'resource') return node;
    const misplaced = this.objects
      .of(groupOf(apiVersion), kind)
      .find(({ resource }) => resource.name === name);
    return misplaced === undefined ? node : this.rendered(misplaced);
  }

  /** @param text as it is written, whatever its form. */
  identity(type: IdentityType, text: string): RelationNode {
    const name = cut(text, LONGEST_IDENTITY);
    return { id: `identity:${escaped(type)}:${escaped(name)}`, kind: 'identity', name, type };
  }

  /** @param text as it is written, whatever its form. */
  host(text: string): RelationNode {
    const name = cut(text, LONGEST_HOST);
    return { id: `host:${escaped(name)}`, kind: 'host', name };
  }

  /** Adds the relation `from label to`; nothing is related to itself. */
  relate(from: RelationNode, label: string, to: RelationNode): void {
    if (from.id === to.id) return;
    this.#add(from);
    this.#add(to);
    const key = `${from.id} ${label} ${to.id}`;
    if (!this.#edges.has(key)) this.#edges.set(key, { from: from.id, to: to.id, label });
  }

  #add(node: RelationNode): void {
    const known = this.#nodes.get(node.id);
    if (known === node) return;
    if (known === undefined || STRENGTH.indexOf(node.kind) < STRENGTH.indexOf(known.kind))
      this.#nodes.set(node.id, node);
  }

  /** What was collected, in an order that does not follow that of the manifests. */
  graph(): RelationGraph {
    return {
      nodes: sortedByKey(this.#nodes),
      edges: sortedByKey(this.#edges),
    };
  }
}

/** Of three parts with slashes between them, which no other node's id has. */
function objectId({ apiVersion, kind, namespace = '', name }: ResourceId): string {
  const group = groupOf(apiVersion);
  return `${escaped(group)}/${escaped(kind)}/${escaped(namespace)}/${escaped(name)}`;
}

/** Names of Kubernetes have none of these letters, which in wrong names must not make one id of two. */
function escaped(text: string): string {
  return /[%/ ]/.test(text) ? text.replaceAll(/[%/ ]/g, hexadecimal) : text;
}

function hexadecimal(letter: string): string {
  return `%${letter.charCodeAt(0).toString(16)}`;
}

function cut(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

function sortedByKey<Value>(map: ReadonlyMap<string, Value>): Value[] {
  return [...map.entries()]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, value]) => value);
}
