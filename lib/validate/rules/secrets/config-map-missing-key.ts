import { configMapsByName, reaches } from '../../rendered/provided-config-maps.ts';
import { referencesOf } from '../../rendered/secret-references.ts';
import type { Rule } from '../rule.ts';

/** A Pod needs a key that the rendered ConfigMap has not. */
export const configMapMissingKey: Rule = {
  code: 'secrets/config-map-missing-key',
  *check(objects) {
    for (const { kind, on, namespace, name, keys, isOptional } of referencesOf(objects)) {
      if (kind !== 'ConfigMap' || isOptional || keys.length === 0) continue;
      const found = (configMapsByName(objects).get(name) ?? [])
        .filter((one) => reaches(one, namespace))
        .map((one) => one.keys);
      if (found.length === 0 || found.includes(undefined)) continue;
      const known = new Set(found.flatMap((each) => [...(each ?? [])]));
      for (const { key, path } of keys.filter((one) => !known.has(one.key)))
        yield {
          on,
          path,
          fault: 'value',
          value: key,
          message: `the ConfigMap ${name} has no key ${key}; its keys are ${[...known].join(', ') || 'none'}`,
          expected: 'a key of the ConfigMap',
          hint: 'Use one of its keys, or add the key to the ConfigMap.',
        };
    }
  },
};
