import { referencesOf } from '../../rendered/secret-references.ts';
import type { Rule } from '../rule.ts';

/** Something needs a Secret that nothing renders in its namespace. */
export const missing: Rule = {
  code: 'secrets/missing',
  looksForAbsence: true,
  *check(objects) {
    for (const { kind, on, namespace, name, path, isOptional, use } of referencesOf(objects)) {
      if (kind !== 'Secret' || isOptional) continue;
      if (objects.secrets.reaching(namespace, name).length > 0) continue;
      const places = objects.secrets.named(name).map((secret) => secret.namespace);
      // What names no namespace is found by manifest/namespace, or is put into one later.
      if (places.includes('') || (namespace === '' && places.length > 0)) continue;
      const others = [...new Set(places)].join(', ');
      yield {
        on,
        path,
        fault: 'value',
        value: name,
        message: `no Secret ${name} is rendered in the namespace ${namespace}${others === '' ? '' : `, but in ${others}, from which nothing copies it here`}`,
        expected: `the name of a Secret in ${namespace}`,
        hint: `${WITHOUT[use]} When the cluster or another environment has the Secret, accept this finding.`,
      };
    }
  },
};

const WITHOUT = {
  environment: 'Without it the container does not start.',
  volume: 'Without it the Pod does not start.',
  'image pull': 'Without it images of a private registry are not pulled.',
  TLS: "Without it the Ingress is served with its controller's own certificate, or not at all.",
};
