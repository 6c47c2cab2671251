import { apiListeners, type Listener } from '../../rendered/gateway-api.ts';
import type { Rule } from '../rule.ts';

/** Two listeners of a Gateway speak TLS and plain text on one port. */
export const listenerProtocol: Rule = {
  code: 'gateways/listener-protocol',
  *check(objects) {
    for (const [gateway, listeners] of apiListeners(objects)) {
      const firsts = new Map<number, Listener>();
      for (const listener of listeners) {
        const { port, protocol = '' } = listener;
        const family = FAMILIES.get(protocol);
        if (port === undefined || family === undefined) continue;
        const first = firsts.get(port) ?? listener;
        firsts.set(port, first);
        if (FAMILIES.get(first.protocol ?? '') === family) continue;
        yield {
          on: gateway,
          path: [...listener.path, 'port'],
          fault: 'value',
          value: port,
          message: `the listener ${first.name ?? ''} speaks ${first.protocol ?? ''} on port ${port}, and this one ${protocol}: they conflict, and the Gateway takes neither or one of them`,
          expected: 'a port on which all listeners speak HTTP, or all speak HTTPS or TLS',
        };
      }
    }
  },
};

/** UDP has ports of its own. Source: Gateway API, spec of GatewaySpec.Listeners. */
const FAMILIES: ReadonlyMap<string, string> = new Map([
  ['HTTP', 'http'],
  ['HTTPS', 'tls'],
  ['TLS', 'tls'],
  ['TCP', 'tcp'],
]);
