import type { Rule } from '../rule.ts';
import { associationsByServiceAccount } from './shared/associations.ts';
import { annotationOf, ROLE_ARN } from './shared/service-account.ts';

/**
 * A ServiceAccount has a role by annotation and another one by association: the webhook takes the association, and the
 * annotation does nothing. With the same role in both, a warning: that is a migration, or a left-over of one.
 */
export const irsaAndPodIdentity: Rule = {
  code: 'identity/irsa-and-pod-identity',
  *check(objects) {
    const associations = associationsByServiceAccount(objects);
    if (associations.size === 0) return;
    for (const account of objects.of('', 'ServiceAccount')) {
      const { namespace = '', name } = account.resource;
      const association = associations.get(`${namespace}/${name}`);
      const roleArn = annotationOf(account, ROLE_ARN);
      if (association === undefined || roleArn === undefined) continue;
      const { resource } = association.manifest;
      const isOther = association.roleArn !== undefined && association.roleArn !== roleArn;
      yield {
        on: account,
        path: ['metadata', 'annotations', ROLE_ARN],
        fault: 'key',
        severity: isOther ? 'error' : 'warning',
        value: roleArn,
        message: `the PodIdentityAssociation ${resource.name} gives the ServiceAccount ${isOther ? 'another role' : 'its role'}, and wins: this annotation is not read`,
        expected: 'either the annotation or an association',
        hint: 'Take the annotation away once the agent of EKS Pod Identity runs on the nodes; else the association.',
      };
    }
  },
};
