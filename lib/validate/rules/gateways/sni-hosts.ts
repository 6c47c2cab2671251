import { isIP } from 'node:net';
import { domainProblem, isHostWithin } from '../../rendered/host-names.ts';
import { textsAt } from '../../rendered/items.ts';
import { routeRule } from './route-rule.ts';

/** A rule of TLS has no match, or an SNI host that its VirtualService does not have. */
export const sniHosts = routeRule(
  'gateways/sni-hosts',
  function* check({ protocol, path, value, match }, { manifest, hosts }) {
    if (protocol !== 'tls') return;
    if (Array.isArray(value['match']) && value['match'].length === 0)
      yield {
        path: [...path, 'match'],
        fault: 'value',
        message: 'a rule of TLS needs a match with sniHosts, and Istio refuses the VirtualService',
        expected: 'match with sniHosts',
      };
    for (const one of match) {
      if (Array.isArray(one.value['sniHosts']) && one.value['sniHosts'].length === 0)
        yield {
          path: [...one.path, 'sniHosts'],
          fault: 'value',
          message: 'a match of TLS needs a host, and Istio refuses the VirtualService',
          expected: `a host within ${hosts.map((host) => host.value).join(', ')}`,
        };
      for (const sni of textsAt(manifest.value, [...one.path, 'sniHosts'])) {
        const isOwn = hosts.some((host) => isHostWithin(sni.value, host.value));
        if (isOwn || isIP(sni.value) !== 0 || sni.value.startsWith('outbound_')) continue;
        const problem = domainProblem(sni.value);
        yield {
          path: sni.path,
          fault: 'value',
          value: sni.value,
          message:
            problem === undefined
              ? `${sni.value} is not within the hosts of the VirtualService, and Istio refuses it`
              : `the SNI host ${problem}, and Istio refuses the VirtualService`,
          expected: `a host within ${hosts.map((host) => host.value).join(', ')}`,
        };
      }
    }
  },
);
