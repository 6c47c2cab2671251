import { gatewayHostProblem, isLabel } from '../../rendered/host-names.ts';
import { serverRule } from './server-rule.ts';

/** A host of a server has a form that Istio refuses. */
export const serverHostForm = serverRule('gateways/server-host', function* check({ hosts }) {
  for (const { path, value } of hosts) {
    const problem = hostProblem(value);
    if (problem === undefined) continue;
    yield {
      path,
      fault: 'value',
      value,
      message: `the host ${problem}, and Istio refuses the Gateway`,
      expected:
        'a DNS name with a dot, *.SUFFIX, * or an IP address, with NAMESPACE/ in front or not',
      hint: 'A host has no scheme, no port and no path; a wildcard is a label of its own.',
    };
  }
});

function hostProblem(host: string): string | undefined {
  const slash = host.indexOf('/');
  if (slash === -1) return gatewayHostProblem(host);
  const namespace = host.slice(0, slash);
  const isNamespace = namespace === '*' || namespace === '.' || isLabel(namespace);
  return isNamespace
    ? gatewayHostProblem(host.slice(slash + 1))
    : `has "${namespace}" as its namespace`;
}
