import { referencesOf } from '../../rendered/secret-references.ts';
import type { Rule } from '../rule.ts';

/** Something needs a key that the rendered Secret has not. */
export const missingKey: Rule = {
  code: 'secrets/missing-key',
  *check(objects) {
    for (const { kind, on, namespace, name, keys, isOptional, use } of referencesOf(objects)) {
      if (kind !== 'Secret' || isOptional || keys.length === 0) continue;
      const secrets = objects.secrets.reaching(namespace, name);
      const found = secrets.map((secret) => secret.keys);
      if (found.length === 0 || found.includes(undefined)) continue;
      // What its type requires is found at the Secret itself.
      if (use === 'TLS' && secrets.some(({ type }) => type === 'kubernetes.io/tls')) continue;
      const known = new Set(found.flatMap((each) => [...(each ?? [])]));
      const absent = keys.filter(({ key }) => !known.has(key));
      for (const { key, path } of use === 'TLS' ? absent.slice(0, 1) : absent)
        yield {
          on,
          path,
          fault: 'value',
          value: use === 'TLS' ? name : key,
          message: `the Secret ${name} has no key ${key}; its keys are ${[...known].join(', ') || 'none'}`,
          expected: use === 'TLS' ? 'a Secret with tls.crt and tls.key' : 'a key of the Secret',
          hint: 'Use one of its keys, or add the key to the Secret.',
        };
    }
  },
};
