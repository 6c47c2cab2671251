import type { Rule } from '../rule.ts';
import { serviceBackends } from './support/ingress-backends.ts';
import { kindRule } from './support/own-pods.ts';

/** An Ingress that sends to a Service which nothing rendered is: its controller answers 503. */
export const ingressBackend: Rule = {
  ...kindRule(
    'workloads/ingress-backend',
    ['networking.k8s.io/Ingress'],
    function* (object, objects) {
      const { namespace } = object.on.resource;
      for (const backend of serviceBackends(object)) {
        const name = backend.in('service', 'name');
        if (name.text === undefined || name.text === '') continue;
        if (objects.find('', 'Service', { namespace, name: name.text }) !== undefined) continue;
        const other = objects.of('', 'Service').find(({ resource }) => resource.name === name.text);
        yield name.wrong(
          other === undefined
            ? `no Service ${name.text} is rendered in the namespace ${namespace ?? ''}`
            : `the Service ${name.text} is in the namespace ${other.resource.namespace ?? ''}, the Ingress in ${namespace ?? ''}`,
          {
            expected: 'the name of a Service in the namespace of the Ingress',
            hint: 'An Ingress sends to Services of its own namespace only. When the cluster or another environment has the Service, accept this finding.',
          },
        );
      }
    },
  ),
  looksForAbsence: true,
};
