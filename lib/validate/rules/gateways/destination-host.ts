import { domainProblem } from '../../rendered/host-names.ts';
import { hasServiceEntry } from '../../rendered/istio-services.ts';
import type { RenderedObjects } from '../../rendered/rendered-objects.ts';
import { routeRule } from './route-rule.ts';

/** The host of a destination has a form that Istio refuses, or one that names no Service although a Service is meant. */
export const destinationHost = routeRule(
  'gateways/destination-host',
  function* check(route, _service, objects) {
    for (const { path, host } of route.destinations) {
      const problem = host === '*' ? 'is a wildcard alone' : domainProblem(host);
      const service = problem === undefined ? shortened(host, objects) : undefined;
      if (problem === undefined && service === undefined) continue;
      yield {
        path: [...path, 'host'],
        fault: 'value',
        value: host,
        message:
          service === undefined
            ? `the host ${problem}, and Istio refuses the VirtualService`
            : `Istio takes a host with dots as it stands, so ${host} is not the Service ${service}: requests get 503`,
        expected:
          service === undefined
            ? 'the name of a Service, or NAME.NAMESPACE.svc.cluster.local'
            : `${service}.svc.cluster.local`,
        hint: 'A host has no scheme, port or path; the port goes into port.number.',
      };
    }
  },
);

/** The `NAME.NAMESPACE` of a rendered Service that is written so, or with `.svc`. */
function shortened(host: string, objects: RenderedObjects): string | undefined {
  const [, name = '', namespace = ''] = /^([^.]+)\.([^.]+)(?:\.svc)?$/.exec(host) ?? [];
  const service = objects.find('', 'Service', { namespace, name });
  return service === undefined || hasServiceEntry(objects, host)
    ? undefined
    : `${name}.${namespace}`;
}
