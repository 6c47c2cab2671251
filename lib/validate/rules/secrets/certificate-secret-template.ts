import { recordAt } from '../../rendered/pods.ts';
import type { Rule } from '../rule.ts';

const PREFIX = 'cert-manager.io/';
/** The one that users may set. */
const ALLOWED = 'cert-manager.io/allow-direct-injection';

/** Annotations of cert-manager itself in the template of a Secret, which it refuses. */
export const certificateSecretTemplate: Rule = {
  code: 'secrets/certificate-secret-template',
  *check(objects) {
    for (const on of objects.of('cert-manager.io', 'Certificate')) {
      const path = ['spec', 'secretTemplate', 'annotations'];
      for (const key of Object.keys(recordAt(on.value, path))) {
        if (!key.startsWith(PREFIX) || key === ALLOWED) continue;
        yield {
          on,
          path: [...path, key],
          fault: 'key',
          message: `${key} may not stand in secretTemplate: cert-manager writes such annotations itself, and refuses the Certificate`,
          expected: `annotations that do not begin with ${PREFIX}`,
          hint: 'Take it away.',
        };
      }
    }
  },
};
