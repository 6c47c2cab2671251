import { backendsOf } from '../../rendered/gateway-api.ts';
import type { Rule } from '../rule.ts';
import { apiRouteRule } from './parent-rule.ts';

/** A route of Gateway API sends requests to a Service that nothing rendered is. */
export const backendMissing: Rule = {
  ...apiRouteRule('gateways/backend-missing', function* check(route, objects) {
    for (const { path, group, kind, namespace, name } of backendsOf(route)) {
      if (group !== '' || kind !== 'Service' || !objects.namespaces.has(namespace)) continue;
      if (objects.find('', 'Service', { namespace, name }) !== undefined) continue;
      yield {
        path: [...path, 'name'],
        fault: 'value',
        value: name,
        message: `no Service ${name} is rendered in the namespace ${namespace}, so requests get 500`,
        expected: 'the name of a Service; without a namespace it is that of the route',
        hint: 'Mend the name; when the cluster or another environment has the Service, accept this finding.',
      };
    }
  }),
  looksForAbsence: true,
};
