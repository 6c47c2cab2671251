import { textAt } from '../../rendered/values-at.ts';
import type { Rule } from '../rule.ts';

/** A SealedSecret with the field of its first version, which may not stand beside the present one. */
export const sealedDeprecatedData: Rule = {
  code: 'secrets/sealed-deprecated-data',
  *check(objects) {
    for (const on of objects.of('bitnami.com', 'SealedSecret')) {
      if (textAt(on.value, ['spec', 'data']) === undefined) continue;
      yield {
        on,
        path: ['spec', 'data'],
        fault: 'key',
        message: 'spec.data is deprecated, and may not stand beside spec.encryptedData',
        expected: 'spec.encryptedData alone',
        hint: 'Take spec.data away; seal its values again, one by one, into spec.encryptedData.',
      };
    }
  },
};
