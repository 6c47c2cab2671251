import type { PodSource } from '../../rendered/pods.ts';
import type { RenderedObjects } from '../../rendered/rendered-objects.ts';
import type { Rule } from '../rule.ts';
import { isMissing } from './shared/service-account.ts';
import { namespaceWords, similarServiceAccount } from './shared/similar-service-account.ts';

/** A workload names a ServiceAccount that nothing rendered is: its Pods are refused until there is one. */
export const serviceAccountMissing: Rule = {
  code: 'identity/service-account-missing',
  looksForAbsence: true,
  *check(objects) {
    for (const pod of objects.pods) {
      const { namespace, serviceAccountName: name } = pod;
      if (!isMissing(objects, namespace, name)) continue;
      const field =
        pod.spec['serviceAccountName'] === name ? 'serviceAccountName' : 'serviceAccount';
      yield {
        on: pod.manifest,
        path: [...pod.path, 'spec', field],
        fault: 'value',
        value: name,
        message: `no ServiceAccount ${name} is rendered in ${namespaceWords(namespace)}`,
        expected: 'the name of a ServiceAccount in the namespace of the Pods',
        hint: hintFor(objects, pod),
      };
    }
  },
};

function hintFor(
  objects: RenderedObjects,
  { namespace, serviceAccountName: name }: PodSource,
): string {
  const similar = similarServiceAccount(objects, { namespace, name });
  if (similar === undefined)
    return 'Render the ServiceAccount here; when the cluster or another environment has it, accept this finding.';
  if (similar.differs === 'name') return `Did you mean ${similar.name}?`;
  return `One of that name is rendered in ${namespaceWords(similar.namespace)}: Pods can only use one of their own namespace.`;
}
