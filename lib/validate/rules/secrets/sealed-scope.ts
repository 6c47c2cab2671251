import { recordAt } from '../../rendered/pods.ts';
import type { Rule } from '../rule.ts';

const PREFIX = 'sealedsecrets.bitnami.com/';
const SCOPES = ['cluster-wide', 'namespace-wide'] as const;

/** The scope of a SealedSecret stands in its template alone: the controller cannot decrypt it. */
export const sealedScope: Rule = {
  code: 'secrets/sealed-scope',
  *check(objects) {
    for (const on of objects.of('bitnami.com', 'SealedSecret')) {
      const template = scopeOf(recordAt(on.value, ['spec', 'template', 'metadata', 'annotations']));
      const own = scopeOf(recordAt(on.value, ['metadata', 'annotations']));
      if (template === undefined || template === own) continue;
      yield {
        on,
        path: ['metadata', 'annotations', `${PREFIX}${template}`],
        fault: 'missing',
        message: `the template says ${template}, the SealedSecret itself ${own ?? 'nothing, which is strict'}: values sealed ${template} cannot be decrypted`,
        expected: '"true", as in the template',
        hint: `Set ${PREFIX}${template} in metadata.annotations too, as kubeseal does; when the values are sealed otherwise, take it out of the template.`,
      };
    }
  },
};

/** The wider scope wins. Source: sealed-secrets v0.36, pkg/apis/sealedsecrets/v1alpha1, SecretScope. */
function scopeOf(
  annotations: Readonly<Record<string, unknown>>,
): (typeof SCOPES)[number] | undefined {
  return SCOPES.find((scope) => annotations[`${PREFIX}${scope}`] === 'true');
}
