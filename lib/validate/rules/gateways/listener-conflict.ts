import type { RenderedObjects } from '../../rendered/rendered-objects.ts';
import { haveSameWorkload } from '../../rendered/gateway-workloads.ts';
import {
  istioServers,
  redirects,
  serverHost,
  type IstioServer,
} from '../../rendered/istio-servers.ts';
import type { Item } from '../../rendered/items.ts';
import type { Rule, RuleFinding } from '../rule.ts';

/** Two servers of one gateway workload answer for the same host on the same port: Istio drops one of them. */
export const listenerConflict: Rule = {
  code: 'gateways/listener-conflict',
  *check(objects) {
    const earlier = new Map<string, IstioServer[]>();
    for (const server of istioServers(objects)) {
      for (const host of server.hosts) {
        const place = placeOf(server, host.value);
        const others = earlier.get(place) ?? [];
        const other = others.find((one) => collide(objects, one, server));
        if (other !== undefined) yield conflict(server, other, host);
        earlier.set(place, [...others, server]);
      }
    }
  },
};

/** The DNS part alone where every namespace may use the host. */
function placeOf({ gateway, number, bind }: IstioServer, host: string): string {
  const { namespace, name } = serverHost(host, gateway);
  const text = namespace === undefined ? name : `${namespace}/${name}`;
  return [number, bind, text.toLowerCase()].join(' ');
}

/**
 * Servers in clear of one Gateway are merged, as are redirects; a host twice in one server is no second server.
 * Source: istio/istio, pilot/pkg/model/gateway.go.
 */
function collide(objects: RenderedObjects, one: IstioServer, other: IstioServer): boolean {
  if (one === other || one.family !== other.family) return false;
  if (redirects(one) && redirects(other)) return false;
  if (one.family !== 'tls' && one.gateway === other.gateway) return false;
  return haveSameWorkload(objects, one.gateway, other.gateway);
}

function conflict(
  server: IstioServer,
  other: IstioServer,
  { path, value }: Item<string>,
): RuleFinding {
  const { namespace = '', name } = other.gateway.resource;
  const where =
    other.gateway === server.gateway ? 'this Gateway' : `the Gateway ${namespace}/${name}`;
  return {
    on: server.gateway,
    path,
    fault: 'value',
    value,
    severity: server.family === 'tls' ? 'error' : 'warning',
    message:
      server.family === 'tls'
        ? `${where} has a server for ${value} on port ${server.number} of the same workload, and Istio drops one of the two`
        : `${where} has a server for ${value} on port ${server.number} of the same workload too; which routes hold depends on their order`,
    expected: 'each host on a port in one server',
    hint: 'Serve the host in one Gateway, and let the VirtualServices of all namespaces bind to that.',
  };
}
