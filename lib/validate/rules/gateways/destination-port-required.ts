import { portsOf, serviceOf } from '../../rendered/istio-services.ts';
import { isSet } from '../../rendered/items.ts';
import { listed } from '../../words.ts';
import { routeRule } from './route-rule.ts';

/** A destination names no port, and its Service has several. */
export const destinationPortRequired = routeRule(
  'gateways/destination-port-required',
  function* check(route, { namespace }, objects) {
    for (const { path, host, value } of route.destinations) {
      const service = serviceOf(objects, host, namespace);
      const ports = service === undefined ? [] : portsOf(service);
      if (isSet(value['port']) || ports.length < 2) continue;
      yield {
        path: [...path, 'port'],
        fault: 'missing',
        message: `the destination names none of the ports of the Service ${service?.resource.name ?? ''}, which are ${listed(ports.map(String), 'and')}: Istio takes the port that the request came in on, and where the Service has none such, requests get 503`,
        expected: `port.number with ${listed(ports.map(String), 'or')}`,
        hint: 'Write port.number; it is the port of the Service, not that of the container.',
      };
    }
  },
);
