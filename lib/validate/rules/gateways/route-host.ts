import { isIP } from 'node:net';
import { domainProblem } from '../../rendered/host-names.ts';
import { virtualServiceRule } from './route-rule.ts';

/** A host of a VirtualService has a form that Istio refuses. */
export const routeHost = virtualServiceRule(
  'gateways/route-host',
  function* check({ hosts, spec }) {
    const hasSni = Array.isArray(spec['tls']);
    for (const { path, value } of hosts) {
      const problem = domainProblem(value);
      if (problem === undefined || isIP(value) !== 0) continue;
      if (hasSni && value.startsWith('outbound_')) continue;
      yield {
        path,
        fault: 'value',
        value,
        message: `the host ${problem}, and Istio refuses the VirtualService`,
        expected: 'a DNS name, *.SUFFIX, * or an IP address',
        hint: 'A host has no scheme, no port and no path.',
      };
    }
  },
);
