import { isLabel } from '../../rendered/host-names.ts';
import { ISTIO } from '../../rendered/istio-servers.ts';
import type { Rule } from '../rule.ts';

/** The name of an Istio Gateway is no DNS label. */
export const gatewayName: Rule = {
  code: 'gateways/gateway-name',
  *check(objects) {
    for (const gateway of objects.of(ISTIO, 'Gateway')) {
      const { name } = gateway.resource;
      // Names that no object may have are found with those of all kinds.
      if (!name.includes('.') && (name.length <= 63 || isLabel(name))) continue;
      yield {
        on: gateway,
        path: ['metadata', 'name'],
        fault: 'value',
        value: name,
        message: `a Gateway cannot be named ${name}: Istio refuses dots and more than 63 characters, as VirtualServices could not name it`,
        expected: 'lower-case letters, digits and -, at most 63 characters',
      };
    }
  },
};
