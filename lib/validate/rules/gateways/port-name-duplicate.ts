import { serversOf } from '../../rendered/istio-servers.ts';
import { ISTIO } from '../../rendered/istio-servers.ts';
import { textOf } from '../../rendered/items.ts';
import type { Rule } from '../rule.ts';

/** Two servers of a Gateway have ports of the same name. */
export const portNameDuplicate: Rule = {
  code: 'gateways/port-name-duplicate',
  *check(objects) {
    for (const gateway of objects.of(ISTIO, 'Gateway')) {
      const names = new Set<string>();
      for (const { port, path } of serversOf(gateway)) {
        const name = textOf(port['name']);
        if (name === undefined) continue;
        if (names.has(name))
          yield {
            on: gateway,
            path: [...path, 'port', 'name'],
            fault: 'value',
            value: name,
            message: `another server of this Gateway has a port named ${name}, and Istio refuses the Gateway`,
            expected: 'a name that no other port of the Gateway has',
          };
        names.add(name);
      }
    }
  },
};
