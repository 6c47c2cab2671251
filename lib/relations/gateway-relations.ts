import type { Manifest } from '../manifest/parse-manifests.ts';
import {
  apiListeners,
  apiRoutes,
  backendsOf,
  certificatesOf,
  GATEWAY_API,
  parentGateway,
  type ApiRoute,
  type Listener,
} from '../validate/rendered/gateway-api.ts';
import { objectsAt, textOf, textsAt } from '../validate/rendered/items.ts';
import { textAt } from '../validate/rendered/values-at.ts';
import { serviceBackends } from '../validate/rules/workloads/support/ingress-backends.ts';
import { Place } from '../validate/rules/workloads/support/place.ts';
import { dataNode, objectOf } from './data-nodes.ts';
import type { GraphBuilder } from './graph-builder.ts';

/** Relates Gateways and routes of Gateway API, and Ingresses, to certificates, hosts and Services. */
export function addGateways(graph: GraphBuilder): void {
  for (const listeners of apiListeners(graph.objects).values())
    for (const listener of listeners) addListener(graph, listener);
  for (const route of apiRoutes(graph.objects)) addRoute(graph, route);
  for (const ingress of graph.objects.of('networking.k8s.io', 'Ingress'))
    addIngress(graph, ingress);
}

function addListener(graph: GraphBuilder, listener: Listener): void {
  const gateway = graph.rendered(listener.gateway);
  const host = textOf(listener.value['hostname']);
  if (host !== undefined) graph.relate(gateway, 'serves', graph.host(host));
  for (const { namespace, name } of certificatesOf(listener)) {
    const secret = dataNode(graph, 'Secret', { namespace, name });
    graph.relate(gateway, 'serves with', secret);
    if (host !== undefined) graph.relate(secret, 'secures', graph.host(host));
  }
}

function addRoute(graph: GraphBuilder, route: ApiRoute): void {
  const node = graph.rendered(route.manifest);
  for (const parent of route.parents) {
    const { namespace, name } = parent;
    const gateway = parentGateway(graph.objects, parent);
    const named = { apiVersion: `${GATEWAY_API}/v1`, kind: 'Gateway', namespace, name };
    graph.relate(
      node,
      'is bound to',
      gateway === undefined ? graph.object(named, 'missing') : graph.rendered(gateway),
    );
  }
  for (const { value } of route.hostnames)
    graph.relate(node, 'handles requests for', graph.host(value));
  for (const { group, kind, namespace, name } of backendsOf(route)) {
    const backend = graph.objects.find(group, kind, { namespace, name });
    if (backend !== undefined) graph.relate(node, 'routes to', graph.rendered(backend));
    else if (group === '' && kind === 'Service')
      graph.relate(
        node,
        'routes to',
        graph.object(objectOf('Service', { namespace, name }), 'missing'),
      );
  }
}

function addIngress(graph: GraphBuilder, ingress: Manifest): void {
  const node = graph.rendered(ingress);
  const { namespace = '' } = ingress.resource;
  for (const { value } of objectsAt(ingress.value, ['spec', 'rules'])) {
    const host = textOf(value['host']);
    if (host !== undefined) graph.relate(node, 'serves', graph.host(host));
  }
  for (const { value } of objectsAt(ingress.value, ['spec', 'tls'])) {
    const name = textAt(value, ['secretName']);
    for (const { value: host } of textsAt(value, ['hosts'])) {
      graph.relate(node, 'serves', graph.host(host));
      if (name !== undefined)
        graph.relate(dataNode(graph, 'Secret', { namespace, name }), 'secures', graph.host(host));
    }
  }
  for (const backend of serviceBackends(Place.of(ingress))) {
    const name = backend.in('service', 'name').text;
    if (name === undefined || name === '') continue;
    const service = graph.object(objectOf('Service', { namespace, name }), 'missing');
    graph.relate(node, 'routes to', service);
  }
}
