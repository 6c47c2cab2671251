import { hasServiceEntry, serviceName } from '../../rendered/istio-services.ts';
import type { Rule } from '../rule.ts';
import { routeRule } from './route-rule.ts';

/** A VirtualService sends requests to a Service that nothing rendered is. */
export const destinationMissing: Rule = {
  ...routeRule('gateways/destination-missing', function* check(route, service, objects) {
    for (const { path, host } of route.destinations) {
      const name = serviceName(host, service.namespace);
      if (name === undefined) continue;
      if (!objects.namespaces.has(name.namespace) || hasServiceEntry(objects, host)) continue;
      if (objects.find('', 'Service', name) !== undefined) continue;
      yield {
        path: [...path, 'host'],
        fault: 'value',
        value: host,
        message: `no Service ${name.name} is rendered in the namespace ${name.namespace}, so requests get 503`,
        expected: 'the host of a Service',
        hint: host.includes('.')
          ? 'Mend the name; when the cluster or another environment has the Service, accept this finding.'
          : `A name without dots is one of the VirtualService's own namespace; another one is NAME.NAMESPACE.svc.cluster.local.`,
      };
    }
  }),
  looksForAbsence: true,
};
