import {
  configMapsByName,
  isInEveryNamespace,
  reaches,
} from '../../rendered/provided-config-maps.ts';
import { referencesOf } from '../../rendered/secret-references.ts';
import type { Rule } from '../rule.ts';

/** A Pod needs a ConfigMap that nothing renders in its namespace. */
export const configMapMissing: Rule = {
  code: 'secrets/config-map-missing',
  looksForAbsence: true,
  *check(objects) {
    for (const { kind, on, namespace, name, path, isOptional } of referencesOf(objects)) {
      if (kind !== 'ConfigMap' || isOptional) continue;
      if (isInEveryNamespace(objects, name)) continue;
      const found = configMapsByName(objects).get(name) ?? [];
      if (found.some((one) => reaches(one, namespace))) continue;
      const places = found.map((one) => one.namespace);
      if (places.includes('') || (namespace === '' && places.length > 0)) continue;
      yield {
        on,
        path,
        fault: 'value',
        value: name,
        message: `no ConfigMap ${name} is rendered in the namespace ${namespace}${places.length === 0 ? '' : `, but in ${places.join(', ')}`}`,
        expected: `the name of a ConfigMap in ${namespace}`,
        hint: 'Without it the Pod does not start. When the cluster or another environment has the ConfigMap, accept this finding.',
      };
    }
  },
};
