import {
  parentGateway,
  parentListeners,
  servesHost,
  takesKind,
} from '../../rendered/gateway-api.ts';
import { domainProblem } from '../../rendered/host-names.ts';
import { listed } from '../../words.ts';
import { apiRouteRule } from './parent-rule.ts';

/** A hostname of a route is none of the listeners that the route is attached to. */
export const listenerHostname = apiRouteRule(
  'gateways/listener-hostname',
  function* check({ hostnames, parents, kind }, objects) {
    if (parents.length === 0) return;
    if (parents.some((parent) => parentGateway(objects, parent) === undefined)) return;
    const listeners = parents
      .flatMap((parent) => parentListeners(objects, parent))
      .filter((listener) => takesKind(listener, kind));
    if (listeners.length === 0) return;
    const known = [...new Set(listeners.map(({ hostname }) => hostname))];
    for (const { path, value } of hostnames) {
      // What is no hostname at all is the schema's finding.
      if (domainProblem(value) !== undefined) continue;
      if (listeners.some((listener) => servesHost(listener, value))) continue;
      yield {
        path,
        fault: 'value',
        value,
        message: `the listeners of this route serve ${listed(known, 'and')}, so no request for ${value} comes here`,
        expected: `a host within ${listed(known, 'or')}`,
      };
    }
  },
);
