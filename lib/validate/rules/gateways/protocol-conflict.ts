import { haveSameWorkload } from '../../rendered/gateway-workloads.ts';
import { istioServers, type IstioServer } from '../../rendered/istio-servers.ts';
import type { Rule, RuleFinding } from '../rule.ts';

/** Two servers of one gateway workload speak TLS and plain text, or two plain protocols, on one port. */
export const protocolConflict: Rule = {
  code: 'gateways/protocol-conflict',
  *check(objects) {
    const firsts = new Map<string, IstioServer[]>();
    for (const server of istioServers(objects)) {
      if (server.family === undefined || server.number === undefined) continue;
      const place = `${server.number} ${server.bind}`;
      const others = firsts.get(place) ?? [];
      const other = others.find((one) => haveSameWorkload(objects, one.gateway, server.gateway));
      if (other === undefined) firsts.set(place, [...others, server]);
      else if (!canMerge(other, server)) yield conflict(server, other);
    }
  },
};

/** Source: istio/istio, pilot/pkg/model/gateway.go, canMergeProtocols and the comment on merging. */
function canMerge(one: IstioServer, other: IstioServer): boolean {
  return one.family === other.family && one.family !== 'other';
}

function conflict(server: IstioServer, other: IstioServer): RuleFinding {
  const { namespace = '', name } = other.gateway.resource;
  const where =
    other.gateway === server.gateway ? 'this Gateway' : `the Gateway ${namespace}/${name}`;
  return {
    on: server.gateway,
    path: [...server.path, 'port', 'number'],
    fault: 'value',
    value: server.number,
    message: `${where} has a server of protocol ${other.protocol} on port ${server.number} of the same workload, and Istio drops one of protocol ${server.protocol} there`,
    expected: 'a port on which all servers speak TLS, or all speak HTTP',
    hint: 'Give one of them a port of its own, or mend its protocol.',
  };
}
