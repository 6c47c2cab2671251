import type {
  RelationEdge,
  RelationGraph,
  RelationNode,
  RelationNodeKind,
} from '../../../lib/relations/relation-graph.ts';

/**
 * A graph written as lines `Kind namespace/name -> label -> Kind namespace/name`. A first word `missing`, `mirror`,
 * `made`, `identity` or `host` is the kind of the node; the name of an identity or a host is what follows.
 */
export function graphOf(lines: readonly string[]): RelationGraph {
  const nodes = new Map<string, RelationNode>();
  const edges: RelationEdge[] = lines.map((line) => {
    const [from = '', label = '', to = ''] = line.split(' -> ');
    for (const id of [from, to]) if (!nodes.has(id)) nodes.set(id, nodeOf(id));
    return { from, label, to };
  });
  return { nodes: [...nodes.values()], edges };
}

function nodeOf(id: string): RelationNode {
  const [first = '', ...others] = id.split(' ');
  if (first === 'host') return { id, kind: 'host', name: others.join(' ') };
  if (first === 'identity')
    return { id, kind: 'identity', type: others.slice(0, -1).join(' '), name: others.at(-1) ?? '' };
  const isMade = ['missing', 'mirror', 'made'].includes(first);
  const [kind = '', path = ''] = isMade ? others : [first, ...others];
  const [name = '', namespace] = path.split('/').toReversed();
  return {
    id,
    kind: isMade ? (first as RelationNodeKind) : 'resource',
    resource: { apiVersion: 'v1', kind, name, ...(namespace === undefined ? {} : { namespace }) },
  };
}

/** A platform with one shared gateway, mirrored certificates and as many apps as asked for: ten nodes each. */
export function platform(apps: number): RelationGraph {
  const names = Array.from({ length: apps }, (_, index) => `app-${String(index).padStart(3, '0')}`);
  return graphOf([
    'Certificate istio-system/wildcard -> writes -> Secret istio-system/wildcard-tls',
    'Secret istio-system/wildcard-tls -> is used by -> Gateway istio-system/public',
    ...names.flatMap((name, index) => [
      `Deployment ${name}/${name} -> runs as -> ServiceAccount ${name}/${name}`,
      `ServiceAccount ${name}/${name} -> assumes -> identity IAM role arn:aws:iam::123456789012:role/${name}`,
      `ExternalSecret ${name}/${name}-db -> makes -> made Secret ${name}/${name}-db`,
      `Deployment ${name}/${name} -> reads -> made Secret ${name}/${name}-db`,
      `Deployment ${name}/${name} -> reads -> ${index % 50 === 7 ? 'missing ' : ''}ConfigMap ${name}/${name}`,
      `Service ${name}/${name} -> selects -> Deployment ${name}/${name}`,
      `HTTPRoute ${name}/${name} -> routes to -> Service ${name}/${name}`,
      ...(index % 10 === 0
        ? [`HTTPRoute ${name}/${name} -> attaches to -> Gateway istio-system/public`]
        : []),
      `HTTPRoute ${name}/${name} -> serves -> host ${name}.example.com`,
      `Deployment ${name}/${name} -> pulls with -> mirror Secret ${name}/registry`,
      `Secret registry/registry -> is mirrored as -> mirror Secret ${name}/registry`,
    ]),
    ...Array.from(
      { length: 37 },
      (_, index) => `Deployment batch/worker-${index} -> runs as -> ServiceAccount batch/worker`,
    ),
    'ServiceAccount batch/worker -> assumes -> identity IAM role arn:aws:iam::123456789012:role/worker',
  ]);
}
