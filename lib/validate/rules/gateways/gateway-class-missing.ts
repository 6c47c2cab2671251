import { GATEWAY_API } from '../../rendered/gateway-api.ts';
import { textOf } from '../../rendered/items.ts';
import { recordAt } from '../../rendered/pods.ts';
import { listed } from '../../words.ts';
import type { Rule } from '../rule.ts';

/** GatewayClasses are rendered, and a Gateway names another one. */
export const gatewayClassMissing: Rule = {
  code: 'gateways/gateway-class-missing',
  looksForAbsence: true,
  *check(objects) {
    const classes = objects.of(GATEWAY_API, 'GatewayClass').map(({ resource }) => resource.name);
    if (classes.length === 0) return;
    for (const gateway of objects.of(GATEWAY_API, 'Gateway')) {
      const name = textOf(recordAt(gateway.value, ['spec'])['gatewayClassName']);
      if (name === undefined || classes.includes(name)) continue;
      yield {
        on: gateway,
        path: ['spec', 'gatewayClassName'],
        fault: 'value',
        value: name,
        message: `no GatewayClass ${name} is rendered, and no controller takes a Gateway whose class is not there`,
        expected: listed(classes, 'or'),
      };
    }
  },
};
