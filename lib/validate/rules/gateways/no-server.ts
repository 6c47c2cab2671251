import { ISTIO, serversOf } from '../../rendered/istio-servers.ts';
import { valueAt } from '../../../manifest/secret-fields.ts';
import type { Rule } from '../rule.ts';

/** A Gateway has no server, or a server has no host. */
export const noServer: Rule = {
  code: 'gateways/no-server',
  *check(objects) {
    for (const gateway of objects.of(ISTIO, 'Gateway')) {
      const servers = valueAt(gateway.value, ['spec', 'servers']) ?? [];
      if (Array.isArray(servers) && servers.length === 0)
        yield {
          on: gateway,
          path: ['spec', 'servers'],
          fault: valueAt(gateway.value, ['spec', 'servers']) === undefined ? 'missing' : 'value',
          message: 'the Gateway has no server, and Istio refuses it',
          expected: 'one server or more',
        };
      for (const { path, value } of serversOf(gateway)) {
        const hosts = value['hosts'];
        if (!Array.isArray(hosts) || hosts.length > 0) continue;
        yield {
          on: gateway,
          path: [...path, 'hosts'],
          fault: 'value',
          message: 'the server has no host, and Istio refuses the Gateway',
          expected: 'one host or more, such as *',
        };
      }
    }
  },
};
