import { destinationRules } from '../../rendered/destination-rules.ts';
import type { Rule } from '../rule.ts';

/** Two subsets of a DestinationRule have the same name. */
export const subsetDuplicate: Rule = {
  code: 'gateways/subset-duplicate',
  *check(objects) {
    for (const { manifest, subsets } of destinationRules(objects)) {
      const names = new Set<string>();
      for (const { path, name } of subsets) {
        if (name !== undefined && names.has(name))
          yield {
            on: manifest,
            path: [...path, 'name'],
            fault: 'value',
            value: name,
            message: `another subset is named ${name}, and Istio refuses the DestinationRule`,
            expected: 'a name that no other subset of the rule has',
          };
        if (name !== undefined) names.add(name);
      }
    }
  },
};
