import { valueAt } from '../../../manifest/secret-fields.ts';
import { recordAt } from '../../rendered/pods.ts';
import { decodeBase64 } from '../../rendered/secret-data.ts';
import type { Rule } from '../rule.ts';

/** A key in `data` and in `stringData` with another value: that in `data` is dropped. */
export const stringDataWins: Rule = {
  code: 'secrets/string-data-wins',
  *check(objects) {
    for (const on of objects.of('', 'Secret')) {
      const data = recordAt(on.value, ['data']);
      for (const [key, plain] of Object.entries(recordAt(on.value, ['stringData']))) {
        const coded = valueAt(data, [key]);
        if (typeof coded !== 'string' || typeof plain !== 'string') continue;
        if (String(decodeBase64(coded)) === plain) continue;
        yield {
          on,
          path: ['data', key],
          fault: 'key',
          message: `${key} stands in data and in stringData with different values: that in data is dropped`,
          expected: 'each key in one of them',
          hint: 'Take one of them away.',
        };
      }
    }
  },
};
