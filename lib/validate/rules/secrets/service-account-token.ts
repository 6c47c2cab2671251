import { textAt } from '../../rendered/values-at.ts';
import type { Rule } from '../rule.ts';

const KEY = 'kubernetes.io/service-account.name';

/** A Secret for the token of a ServiceAccount that does not say of which. */
export const serviceAccountToken: Rule = {
  code: 'secrets/service-account-token',
  *check(objects) {
    for (const on of objects.of('', 'Secret')) {
      if (on.value['type'] !== 'kubernetes.io/service-account-token') continue;
      const path = ['metadata', 'annotations', KEY];
      if (textAt(on.value, path) !== undefined) continue;
      yield {
        on,
        path,
        fault: 'missing',
        message: `a Secret of this type has to name its ServiceAccount in the annotation ${KEY}`,
        expected: 'the name of a ServiceAccount of this namespace',
        hint: 'Add the annotation. The API server refuses the Secret as it is.',
      };
    }
  },
};
