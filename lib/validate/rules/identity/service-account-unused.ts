import type { Rule } from '../rule.ts';
import { ServiceAccountUsers } from './shared/service-account-users.ts';
import { identitiesOf } from './shared/service-account.ts';

/**
 * A ServiceAccount has an identity in a cloud, and nothing rendered beside it uses it. Silent where its namespace renders no
 * Pods, since then they come from elsewhere, and where a workload names it wrongly, which is a finding of its own.
 */
export const serviceAccountUnused: Rule = {
  code: 'identity/service-account-unused',
  looksForAbsence: true,
  *check(objects) {
    let users: ServiceAccountUsers | undefined;
    for (const account of objects.of('', 'ServiceAccount')) {
      const [identity] = identitiesOf(account);
      const { namespace = '', name } = account.resource;
      if (identity === undefined) continue;
      users ??= new ServiceAccountUsers(objects);
      if (!users.hasPods(namespace) || users.has({ namespace, name })) continue;
      yield {
        on: account,
        path: ['metadata', 'name'],
        fault: 'value',
        value: name,
        message: `nothing rendered uses the ServiceAccount ${name}, which has an identity in ${identity.cloud} (${identity.key})`,
        expected: 'a ServiceAccount that Pods of its namespace name',
        hint: `Set spec.serviceAccountName to ${name} in the Pods that need the identity; without it they run as default.`,
      };
    }
  },
};
