import { hostsOverlap } from '../../rendered/host-names.ts';
import {
  ISTIO,
  passesThrough,
  serverHost,
  serversOf,
  type IstioServer,
} from '../../rendered/istio-servers.ts';
import type { RenderedObjects } from '../../rendered/rendered-objects.ts';
import type { RouteProtocol, VirtualService } from '../../rendered/virtual-services.ts';
import { virtualServiceRule } from './route-rule.ts';

/** The servers for the hosts of a VirtualService speak another protocol than its rules are for. */
export const routeProtocol = virtualServiceRule(
  'gateways/route-protocol',
  function* check(service, objects) {
    if (service.isForMesh || service.hosts.length === 0) return;
    const servers = serversFor(objects, service);
    const known = servers?.map(takes);
    if (known === undefined || known.length === 0 || known.includes(undefined)) return;
    for (const protocol of new Set(service.routes.map((route) => route.protocol))) {
      if (known.some((one) => one?.includes(protocol))) continue;
      const wanted = [...new Set(known.flatMap((one) => one?.[0] ?? []))].join(' or ');
      yield {
        path: ['spec', protocol],
        fault: 'key',
        message: `the Gateway's servers for these hosts use the rules under ${wanted}, and never those under ${protocol}`,
        expected: `rules under ${wanted}`,
        hint:
          protocol === 'http'
            ? 'Only the SNI is known of what a server passes through: write tls rules with sniHosts, or let the server terminate TLS.'
            : 'What a server terminates as HTTPS is HTTP: write http rules, or let the server pass TLS through.',
      };
    }
  },
);

/** Those of all Gateways that have a host in common; undefined when a Gateway is not rendered. */
function serversFor(
  objects: RenderedObjects,
  { gateways, hosts, namespace }: VirtualService,
): IstioServer[] | undefined {
  const found = gateways.map((name) => objects.find(ISTIO, 'Gateway', name));
  if (found.includes(undefined)) return undefined;
  return found
    .flatMap((gateway) => (gateway === undefined ? [] : serversOf(gateway)))
    .filter((server) =>
      server.hosts.some(({ value }) => {
        const host = serverHost(value, server.gateway);
        return (
          (host.namespace === undefined || host.namespace === namespace) &&
          hosts.some((own) => hostsOverlap(own.value, host.name))
        );
      }),
    );
}

/** Undefined for a server in which something else is wrong. Source: istio/istio, pilot/pkg/networking/core/gateway.go. */
function takes(server: IstioServer): RouteProtocol[] | undefined {
  const { family, protocol, tls } = server;
  if (family === 'http') return ['http'];
  if (family === 'other') return ['tcp'];
  // Without a mode it passes TLS through; the rule on modes says so.
  if (family === undefined || tls === undefined || typeof tls['mode'] !== 'string')
    return undefined;
  if (passesThrough(server)) return ['tls', 'tcp'];
  return protocol === 'HTTPS' ? ['http'] : ['tcp', 'tls'];
}
