import { destinationRules } from '../../rendered/destination-rules.ts';
import { serviceOf } from '../../rendered/istio-services.ts';
import { recordAt } from '../../rendered/pods.ts';
import type { Rule } from '../rule.ts';

/** The labels of a subset match no Pods of its Service, some of which are rendered. */
export const subsetUnmatched: Rule = {
  code: 'gateways/subset-unmatched',
  looksForAbsence: true,
  *check(objects) {
    for (const { manifest, host, namespace, subsets } of destinationRules(objects)) {
      const service = serviceOf(objects, host, namespace);
      const selector = recordAt(service?.value, ['spec', 'selector']);
      if (service === undefined || Object.keys(selector).length === 0) continue;
      const own = service.resource.namespace ?? '';
      if (objects.podsMatching(selector, own).length === 0) continue;
      for (const { path, name = '', labels } of subsets) {
        if (objects.podsMatching({ ...selector, ...labels }, own).length > 0) continue;
        yield {
          on: manifest,
          path: [...path, 'labels'],
          fault: 'value',
          value: labels,
          message: `the subset ${name} matches no Pods of the Service ${service.resource.name} that are rendered, so requests for it get 503`,
          expected: 'labels that Pods of the Service have',
        };
      }
    }
  },
};
