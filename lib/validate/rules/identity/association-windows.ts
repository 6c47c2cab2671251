import type { Path } from '../../../finding/finding.ts';
import { valueAt } from '../../../manifest/secret-fields.ts';
import type { PodSource } from '../../rendered/pods.ts';
import type { Rule } from '../rule.ts';
import { associationsByServiceAccount } from './shared/associations.ts';

const SYSTEMS: readonly Path[] = [
  ['nodeSelector', 'kubernetes.io/os'],
  ['nodeSelector', 'beta.kubernetes.io/os'],
  ['os', 'name'],
];

/** Pods on Windows run as a ServiceAccount with an association: the agent of EKS Pod Identity runs on Linux alone. */
export const associationWindows: Rule = {
  code: 'identity/association-windows',
  *check(objects) {
    const associations = associationsByServiceAccount(objects);
    if (associations.size === 0) return;
    for (const pod of objects.pods) {
      const field = windowsField(pod);
      const association = associations.get(`${pod.namespace}/${pod.serviceAccountName}`);
      if (field === undefined || association === undefined) continue;
      yield {
        on: pod.manifest,
        path: [...pod.path, 'spec', ...field],
        fault: 'value',
        value: 'windows',
        message: `the ServiceAccount ${pod.serviceAccountName} has its role by the PodIdentityAssociation ${association.manifest.resource.name}, and EKS Pod Identity has no agent on Windows`,
        expected: 'linux',
        hint: 'Give these Pods a ServiceAccount with the annotation eks.amazonaws.com/role-arn and no association.',
      };
    }
  },
};

function windowsField({ spec }: PodSource): Path | undefined {
  return SYSTEMS.find((field) => valueAt(spec, field) === 'windows');
}
