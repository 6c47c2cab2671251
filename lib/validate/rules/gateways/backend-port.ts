import { backendsOf } from '../../rendered/gateway-api.ts';
import { portsOf } from '../../rendered/istio-services.ts';
import { listed } from '../../words.ts';
import { apiRouteRule } from './parent-rule.ts';

/** A route of Gateway API sends requests to a port that the Service does not have. */
export const backendPort = apiRouteRule('gateways/backend-port', function* check(route, objects) {
  for (const { path, group, kind, namespace, name, value } of backendsOf(route)) {
    if (group !== '' || kind !== 'Service') continue;
    const service = objects.find('', 'Service', { namespace, name });
    const ports = service === undefined ? [] : portsOf(service);
    const { port } = value;
    if (typeof port !== 'number' || ports.length === 0 || ports.includes(port)) continue;
    yield {
      path: [...path, 'port'],
      fault: 'value',
      value: port,
      message: `the Service ${name} has no port ${port}, so requests get 500`,
      expected: listed(ports.map(String), 'or'),
      hint: 'A backend names the port of the Service, not the targetPort of the container.',
    };
  }
});
