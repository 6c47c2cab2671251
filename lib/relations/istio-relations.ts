import type { Manifest } from '../manifest/parse-manifests.ts';
import {
  caCredential,
  serverCredentials,
  type Credential,
} from '../validate/rendered/credentials.ts';
import { GATEWAY_API } from '../validate/rendered/gateway-api.ts';
import { gatewayNamespaces } from '../validate/rendered/gateway-workloads.ts';
import {
  ISTIO,
  serverHost,
  serversOf,
  type IstioServer,
} from '../validate/rendered/istio-servers.ts';
import { hasServiceEntry, serviceName, serviceOf } from '../validate/rendered/istio-services.ts';
import { recordAt } from '../validate/rendered/pods.ts';
import {
  virtualServices,
  type GatewayReference,
  type VirtualService,
} from '../validate/rendered/virtual-services.ts';
import { dataNode, objectOf } from './data-nodes.ts';
import type { GraphBuilder } from './graph-builder.ts';
import type { RelationNode } from './relation-graph.ts';

/** Relates Istio's Gateways and VirtualServices to certificates, hosts, Services and workloads. */
export function addIstio(graph: GraphBuilder): void {
  for (const gateway of graph.objects.of(ISTIO, 'Gateway')) {
    addWorkloads(graph, gateway);
    for (const server of serversOf(gateway)) addServer(graph, server);
  }
  for (const service of virtualServices(graph.objects)) addVirtualService(graph, service);
}

function addWorkloads(graph: GraphBuilder, gateway: Manifest): void {
  const selector = recordAt(gateway.value, ['spec', 'selector']);
  if (Object.keys(selector).length === 0) return;
  for (const pod of graph.objects.podsMatching(selector))
    graph.relate(graph.rendered(gateway), 'configures', graph.rendered(pod.manifest));
}

function addServer(graph: GraphBuilder, server: IstioServer): void {
  const gateway = graph.rendered(server.gateway);
  const hosts = server.hosts.map(({ value }) => graph.host(serverHost(value, server.gateway).name));
  for (const host of hosts) graph.relate(gateway, 'serves', host);
  for (const credential of serverCredentials(server))
    for (const secret of credentialNodes(graph, server.gateway, credential)) {
      graph.relate(gateway, 'serves with', secret);
      for (const host of hosts) graph.relate(secret, 'secures', host);
    }
  const ca = caCredential(server);
  if (ca === undefined) return;
  for (const node of credentialNodes(graph, server.gateway, ca))
    graph.relate(gateway, 'checks clients with', node);
}

/** A credential is read where the Pods of the gateway run; where nobody knows that, wherever it is made. */
function credentialNodes(
  graph: GraphBuilder,
  gateway: Manifest,
  { kind, namespace, name }: Credential,
): RelationNode[] {
  const running = namespace === undefined ? gatewayNamespaces(graph.objects, gateway) : [namespace];
  const made = graph.objects.secrets.named(name).map((secret) => secret.namespace);
  const places = running.length > 0 || kind === 'ConfigMap' ? running : made;
  return (places.length > 0 ? places : ['']).map((place) =>
    dataNode(graph, kind, { namespace: place, name }),
  );
}

function addVirtualService(graph: GraphBuilder, service: VirtualService): void {
  const node = graph.rendered(service.manifest);
  for (const gateway of service.gateways)
    graph.relate(node, 'is bound to', gatewayNode(graph, service, gateway));
  for (const { value } of service.hosts) {
    const named = serviceOf(graph.objects, value, service.namespace);
    graph.relate(
      node,
      'handles requests for',
      named === undefined ? graph.host(value) : graph.rendered(named),
    );
  }
  for (const { destinations } of service.routes)
    for (const { host } of destinations)
      graph.relate(node, 'routes to', destinationNode(graph, host, service.namespace));
}

function gatewayNode(
  graph: GraphBuilder,
  { manifest }: VirtualService,
  named: GatewayReference,
): RelationNode {
  const ofApi = graph.objects.find(GATEWAY_API, 'Gateway', named);
  const { namespace, name } = named;
  const { apiVersion } = manifest.resource;
  const node = graph.object({ apiVersion, kind: 'Gateway', namespace, name }, 'missing');
  return node.kind === 'missing' && ofApi !== undefined ? graph.rendered(ofApi) : node;
}

/** A Service; a host for what a ServiceEntry has, and for what is no Service of Kubernetes. */
function destinationNode(graph: GraphBuilder, host: string, own: string): RelationNode {
  const name = serviceName(host, own);
  if (name === undefined) return graph.host(host);
  const service = graph.object(objectOf('Service', name), 'missing');
  return service.kind === 'missing' && hasServiceEntry(graph.objects, host)
    ? graph.host(host)
    : service;
}
