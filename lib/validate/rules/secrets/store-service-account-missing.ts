import type { Rule } from '../rule.ts';
import { storeServiceAccountsOf } from './store-service-accounts.ts';

/**
 * A store names a ServiceAccount that nothing renders. In a namespace that nothing is rendered in, which a
 * ClusterSecretStore may name, it is another environment's.
 */
export const storeServiceAccountMissing: Rule = {
  code: 'secrets/store-service-account-missing',
  looksForAbsence: true,
  *check(objects) {
    for (const { on, path, name, namespace, isCluster } of storeServiceAccountsOf(objects)) {
      const own = isCluster ? namespace : on.resource.namespace;
      if (own === undefined || !objects.namespaces.has(own)) continue;
      const isForeign = !isCluster && namespace !== undefined && namespace !== own;
      if (isForeign || objects.find('', 'ServiceAccount', { namespace: own, name })) continue;
      yield {
        on,
        path: [...path, 'name'],
        fault: 'value',
        value: name,
        message: `no ServiceAccount ${name} is rendered in the namespace ${own}`,
        expected: `the name of a ServiceAccount in ${own}`,
        hint: 'Render the ServiceAccount here; when the cluster or another environment has it, accept this finding.',
      };
    }
  },
};
