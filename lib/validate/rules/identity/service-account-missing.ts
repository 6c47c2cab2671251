import type { Rule } from '../rule.ts';

/** A workload names a ServiceAccount that nothing rendered is: its Pods are refused until there is one. */
export const serviceAccountMissing: Rule = {
  code: 'identity/service-account-missing',
  looksForAbsence: true,
  *check(objects) {
    for (const pod of objects.pods) {
      const { namespace, serviceAccountName: name } = pod;
      if (name === 'default' || objects.find('', 'ServiceAccount', { namespace, name })) continue;
      const field =
        pod.spec['serviceAccountName'] === name ? 'serviceAccountName' : 'serviceAccount';
      yield {
        on: pod.manifest,
        path: [...pod.path, 'spec', field],
        fault: 'value',
        value: name,
        message: `no ServiceAccount ${name} is rendered in the namespace ${namespace}`,
        expected: 'the name of a ServiceAccount in the namespace of the Pods',
        hint: 'Render the ServiceAccount here; when the cluster or another environment has it, accept this finding.',
      };
    }
  },
};
