import { gatewayHostProblem, isLabel } from '../../rendered/host-names.ts';
import { ISTIO, serversOf } from '../../rendered/istio-servers.ts';
import type { Rule } from '../rule.ts';

/** A host of a server has a form that Istio refuses. */
export const serverHostForm: Rule = {
  code: 'gateways/server-host',
  *check(objects) {
    for (const on of objects.of(ISTIO, 'Gateway')) {
      // A list of hosts is mostly shared by the servers of a Gateway: one mistake, one finding.
      const found = new Set<string>();
      for (const { path, value } of serversOf(on).flatMap(({ hosts }) => hosts)) {
        const problem = hostProblem(value);
        if (problem === undefined || found.has(value)) continue;
        found.add(value);
        yield {
          on,
          path,
          fault: 'value',
          value,
          message: `the host ${problem}, and Istio refuses the Gateway`,
          expected:
            'a DNS name with a dot, *.SUFFIX, * or an IP address, with NAMESPACE/ in front or not',
          hint: 'A host has no scheme, no port and no path; a wildcard is a label of its own.',
        };
      }
    }
  },
};

function hostProblem(host: string): string | undefined {
  const slash = host.indexOf('/');
  if (slash === -1) return gatewayHostProblem(host);
  const namespace = host.slice(0, slash);
  const isNamespace = namespace === '*' || namespace === '.' || isLabel(namespace);
  return isNamespace
    ? gatewayHostProblem(host.slice(slash + 1))
    : `has "${namespace}" as its namespace`;
}
