import type { Rule } from '../rule.ts';
import { associationsOf, type Association } from './shared/associations.ts';

/** Two associations for one ServiceAccount of a cluster: EKS refuses the second one. */
export const associationDuplicate: Rule = {
  code: 'identity/association-duplicate',
  *check(objects) {
    const seen = new Map<string, Association>();
    for (const association of associationsOf(objects)) {
      const { manifest, cluster, namespace, serviceAccount } = association;
      if (cluster === undefined || namespace === undefined || serviceAccount === undefined)
        continue;
      const key = `${cluster} ${namespace}/${serviceAccount}`;
      const first = seen.get(key);
      if (first === undefined) {
        seen.set(key, association);
        continue;
      }
      yield {
        on: manifest,
        path: ['spec', 'serviceAccount'],
        fault: 'value',
        value: serviceAccount,
        message: `the PodIdentityAssociation ${first.manifest.resource.name} is for the ServiceAccount ${serviceAccount} of the namespace ${namespace} too`,
        expected: 'one association for a ServiceAccount of a cluster',
        hint: 'Keep one; a role that has the permissions of both takes the place of two.',
      };
    }
  },
};
