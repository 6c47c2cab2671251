import { portsOf, serviceOf } from '../../rendered/istio-services.ts';
import { listed } from '../../words.ts';
import { routeRule } from './route-rule.ts';

const HIGHEST = 65535;

/** A VirtualService sends requests to a port that the Service does not have. */
export const destinationPort = routeRule(
  'gateways/destination-port',
  function* check(route, { namespace }, objects) {
    for (const { path, host, port } of route.destinations) {
      // What is no port at all is for gateways/destination-form.
      if (port === 0 || (port !== undefined && port > HIGHEST)) continue;
      const service = serviceOf(objects, host, namespace);
      const ports = service === undefined ? [] : portsOf(service);
      if (port === undefined || ports.length === 0 || ports.includes(port)) continue;
      yield {
        path: [...path, 'port', 'number'],
        fault: 'value',
        value: port,
        message: `the Service ${service?.resource.name ?? ''} has no port ${port}, so requests get 503`,
        expected: listed(ports.map(String), 'or'),
        hint: 'A destination names the port of the Service, not the targetPort of the container.',
      };
    }
  },
);
