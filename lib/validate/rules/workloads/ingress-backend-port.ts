import type { Rule } from '../rule.ts';
import { serviceBackends } from './support/ingress-backends.ts';
import { kindRule } from './support/own-pods.ts';
import { Place } from './support/place.ts';

/** An Ingress that sends to a port which the rendered Service does not have. */
export const ingressBackendPort: Rule = kindRule(
  'workloads/ingress-backend-port',
  ['networking.k8s.io/Ingress'],
  function* (object, objects) {
    const { namespace } = object.on.resource;
    for (const backend of serviceBackends(object)) {
      const name = backend.in('service', 'name').text ?? '';
      const service = objects.find('', 'Service', { namespace, name });
      if (service === undefined) continue;
      const ports = Place.of(service, ['spec', 'ports']).items;
      for (const field of ['number', 'name']) {
        const port = backend.in('service', 'port', field);
        const key = field === 'number' ? 'port' : 'name';
        const isThere = ports.some((each) => each.fields[key] === port.value);
        if (port.isEmpty || port.value === 0 || ports.length === 0 || isThere) continue;
        const known = ports.map((each) =>
          [each.fields['name'], each.fields['port']].filter(Boolean).join(' '),
        );
        yield port.wrong(`the Service ${name} has no port ${String(port.value)}`, {
          expected: known.join(', '),
          hint: 'The port is that of the Service, not that of the container.',
        });
      }
    }
  },
);
