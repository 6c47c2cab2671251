import type {
  RelationEdge,
  RelationGraph,
  RelationNode,
} from '../../lib/relations/relation-graph.ts';

/** What a relation is about; the page has a checkbox and a colour for each. */
export type RelationArea = 'identity' | 'access' | 'secrets' | 'traffic' | 'other';

/** Every area, in the order of the checkboxes. */
export const RELATION_AREAS: readonly RelationArea[] = [
  'identity',
  'secrets',
  'traffic',
  'access',
  'other',
];

const ACCESS_KINDS = new Set([
  'AuthorizationPolicy',
  'ClusterRole',
  'ClusterRoleBinding',
  'NetworkPolicy',
  'PeerAuthentication',
  'RequestAuthentication',
  'Role',
  'RoleBinding',
]);
const SECRET_KINDS = new Set([
  'Certificate',
  'ClusterExternalSecret',
  'ClusterIssuer',
  'ClusterSecretStore',
  'ConfigMap',
  'ExternalSecret',
  'Issuer',
  'SealedSecret',
  'Secret',
  'SecretProviderClass',
  'SecretStore',
]);
const TRAFFIC_KINDS = new Set([
  'DestinationRule',
  'GRPCRoute',
  'Gateway',
  'GatewayClass',
  'HTTPRoute',
  'Ingress',
  'IngressClass',
  'MutatingWebhookConfiguration',
  'ReferenceGrant',
  'Service',
  'ServiceEntry',
  'TCPRoute',
  'TLSRoute',
  'UDPRoute',
  'ValidatingWebhookConfiguration',
  'VirtualService',
]);

/**
 * @param from node that the relation starts at
 * @param to node that it ends at
 * @returns what the relation is about, by the kinds of both ends: a workload's ServiceAccount is about identity, a
 *   RoleBinding's about access, a Gateway's Secret about secrets.
 */
export function relationArea(from: RelationNode, to: RelationNode): RelationArea {
  const kinds = [from.resource?.kind ?? '', to.resource?.kind ?? ''];
  const has = (set: ReadonlySet<string>): boolean => kinds.some((kind) => set.has(kind));
  if (from.kind === 'identity' || to.kind === 'identity') return 'identity';
  if (has(ACCESS_KINDS)) return 'access';
  if (kinds.includes('ServiceAccount') && !has(SECRET_KINDS)) return 'identity';
  if (has(SECRET_KINDS)) return 'secrets';
  if (from.kind === 'host' || to.kind === 'host' || has(TRAFFIC_KINDS)) return 'traffic';
  return 'other';
}

/** A relation with both of its nodes. */
export interface Relation {
  readonly edge: RelationEdge;
  readonly from: RelationNode;
  readonly to: RelationNode;
  readonly area: RelationArea;
}

/** @returns the relations of a graph in its order; edges of which an end is not in the graph are left out. */
export function relationsOf(graph: RelationGraph): readonly Relation[] {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  return graph.edges.flatMap((edge) => {
    const from = nodes.get(edge.from);
    const to = nodes.get(edge.to);
    return from && to ? [{ edge, from, to, area: relationArea(from, to) }] : [];
  });
}

/** @returns the relations of each node by its id: those that start at it first */
export function relationsByNode(
  relations: readonly Relation[],
): ReadonlyMap<string, readonly Relation[]> {
  const found = new Map<string, Relation[]>();
  for (const end of ['from', 'to'] as const)
    for (const relation of relations) {
      const list = found.get(relation[end].id);
      if (list) list.push(relation);
      else found.set(relation[end].id, [relation]);
    }
  return found;
}
