import type { Rule } from '../rule.ts';
import { KOPS_PERMISSIONS, kopsClusters, kopsPermissions } from './shared/kops.ts';
import { textIn } from './shared/service-account.ts';

/** Two permissions of one ServiceAccount: kOps refuses the Cluster. */
export const kopsPermissionDuplicate: Rule = {
  code: 'identity/kops-permission-duplicate',
  *check(objects) {
    for (const cluster of kopsClusters(objects)) {
      const seen = new Map<string, number>();
      for (const { item, index } of kopsPermissions(cluster)) {
        const [namespace, name] = [textIn(item, 'namespace'), textIn(item, 'name')];
        if (namespace === undefined || name === undefined) continue;
        const key = `${namespace}/${name}`;
        const first = seen.get(key);
        if (first === undefined) {
          seen.set(key, index);
          continue;
        }
        yield {
          on: cluster,
          path: [...KOPS_PERMISSIONS, index, 'name'],
          fault: 'value',
          value: name,
          message: `the permissions ${first} and ${index}, counted from 0, are both for the ServiceAccount ${key}`,
          expected: 'one permission for a ServiceAccount',
          hint: 'Put the policies of both into one.',
        };
      }
    }
  },
};
