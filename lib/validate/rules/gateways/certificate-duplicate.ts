import type { Manifest } from '../../../manifest/parse-manifests.ts';
import { serverCredentials } from '../../rendered/credentials.ts';
import { haveSameWorkload } from '../../rendered/gateway-workloads.ts';
import { istioServers } from '../../rendered/istio-servers.ts';
import type { Rule } from '../rule.ts';

/** Two Gateways of one workload have the same certificate: browsers send requests for one host over the other's connection. */
export const certificateDuplicate: Rule = {
  code: 'gateways/certificate-duplicate',
  *check(objects) {
    const users = new Map<string, Manifest[]>();
    for (const server of istioServers(objects)) {
      const { gateway } = server;
      for (const { path, value } of serverCredentials(server)) {
        const others = users.get(value) ?? [];
        users.set(value, [...others, gateway]);
        const other = others.find(
          (one) => one !== gateway && haveSameWorkload(objects, one, gateway),
        );
        if (other === undefined || others.includes(gateway)) continue;
        const { namespace = '', name } = other.resource;
        yield {
          on: gateway,
          path,
          fault: 'value',
          value,
          message: `the Gateway ${namespace}/${name} of the same workload has the certificate ${value} too, so a browser reuses one connection for both and gets 404 for the hosts of this Gateway`,
          expected: 'a certificate that one Gateway of a workload has',
          hint: 'Serve the hosts of the certificate in one Gateway, and let VirtualServices bind to that.',
        };
      }
    }
  },
};
