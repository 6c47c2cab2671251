import type { Rule } from '../rule.ts';
import { storeServiceAccountsOf } from './store-service-accounts.ts';

/** A SecretStore may name ServiceAccounts of its own namespace only; a ClusterSecretStore has to say of which. */
export const storeServiceAccountNamespace: Rule = {
  code: 'secrets/store-service-account-namespace',
  *check(objects) {
    for (const { on, path, name, namespace, isCluster } of storeServiceAccountsOf(objects)) {
      const own = on.resource.namespace;
      const isForeign = !isCluster && namespace !== undefined && namespace !== own;
      if (!isForeign && !(isCluster && namespace === undefined)) continue;
      yield {
        on,
        path: [...path, 'namespace'],
        ...(isForeign ? { fault: 'value', value: namespace } : { fault: 'missing' }),
        message: isForeign
          ? `the SecretStore is in ${own ?? ''} and names a ServiceAccount of ${namespace}: External Secrets refuses it`
          : `a ClusterSecretStore has to say in which namespace the ServiceAccount ${name} is`,
        expected: isForeign ? `${own ?? ''}, or no such field` : 'a namespace',
        hint: isForeign
          ? 'Move the ServiceAccount into the namespace of the store, or make it a ClusterSecretStore.'
          : 'Add the namespace beside the name.',
      };
    }
  },
};
