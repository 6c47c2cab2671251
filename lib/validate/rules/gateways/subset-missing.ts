import { destinationRulesOf } from '../../rendered/destination-rules.ts';
import { isLabel } from '../../rendered/host-names.ts';
import type { Rule } from '../rule.ts';
import { routeRule } from './route-rule.ts';

/** A destination names a subset that no DestinationRule of its host defines. */
export const subsetMissing: Rule = {
  ...routeRule('gateways/subset-missing', function* check(route, { namespace }, objects) {
    for (const { path, host, subset } of route.destinations) {
      // What names no subset at all is for gateways/destination-form.
      if (subset === undefined || !isLabel(subset)) continue;
      const rules = destinationRulesOf(objects, host, namespace);
      if (rules.some(({ subsets }) => subsets.some(({ name }) => name === subset))) continue;
      const names = rules.map(({ manifest: rule }) => rule.resource.name).join(' and ');
      yield {
        path: [...path, 'subset'],
        fault: 'value',
        value: subset,
        severity: rules.length > 0 ? 'error' : 'warning',
        message:
          rules.length > 0
            ? `the DestinationRule ${names} for ${host} has no subset ${subset}, so requests get 503`
            : `no DestinationRule for ${host} is rendered, so there is no subset ${subset} and requests get 503`,
        expected: 'the name of a subset of a DestinationRule for the same host',
      };
    }
  }),
  looksForAbsence: true,
};
