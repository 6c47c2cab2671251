import type { RenderedObjects } from '../../rendered/rendered-objects.ts';
import type { Rule } from '../rule.ts';
import { associationsOf } from './shared/associations.ts';
import { isMissing } from './shared/service-account.ts';
import { namespaceWords, similarServiceAccount } from './shared/similar-service-account.ts';

/** An association is for a ServiceAccount that nothing rendered is. EKS takes any name. */
export const associationUnmatched: Rule = {
  code: 'identity/association-unmatched',
  looksForAbsence: true,
  *check(objects) {
    for (const { manifest, namespace, serviceAccount: name } of associationsOf(objects)) {
      if (namespace === undefined || name === undefined) continue;
      if (!isMissing(objects, namespace, name)) continue;
      const { field, hint } = advice(objects, { namespace, name });
      yield {
        on: manifest,
        path: ['spec', field],
        fault: 'value',
        value: field === 'namespace' ? namespace : name,
        message: `no ServiceAccount ${name} is rendered in ${namespaceWords(namespace)}`,
        expected: 'namespace and name of a ServiceAccount',
        hint,
      };
    }
  },
};

function advice(
  objects: RenderedObjects,
  wanted: { readonly namespace: string; readonly name: string },
): { readonly field: string; readonly hint: string } {
  const similar = similarServiceAccount(objects, wanted);
  if (similar?.differs === 'namespace')
    return {
      field: 'namespace',
      hint: `One of that name is rendered in ${namespaceWords(similar.namespace)}.`,
    };
  const hint =
    similar === undefined
      ? 'Render the ServiceAccount here; when the cluster or another environment has it, accept this finding.'
      : `Did you mean ${similar.name}?`;
  return { field: 'serviceAccount', hint };
}
