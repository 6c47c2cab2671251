import { textAt } from '../../rendered/values-at.ts';
import type { Rule } from '../rule.ts';

/** A SealedSecret whose template names another Secret than the one that it becomes. */
export const sealedTemplateName: Rule = {
  code: 'secrets/sealed-template-name',
  *check(objects) {
    for (const on of objects.of('bitnami.com', 'SealedSecret')) {
      for (const field of ['name', 'namespace'] as const) {
        const path = ['spec', 'template', 'metadata', field];
        const written = textAt(on.value, path);
        const own = on.resource[field];
        if (written === undefined || own === undefined || written === own) continue;
        yield {
          on,
          path,
          fault: 'value',
          value: written,
          message: `the template says the ${field} ${written}, but the Secret gets that of the SealedSecret, ${own}`,
          expected: own,
          hint: `Take ${field} out of the template, or change that of the SealedSecret and seal its values again.`,
        };
      }
    }
  },
};
