import type { Rule } from '../rule.ts';
import { associationsOf } from './shared/associations.ts';
import { ROLE_ARN_FORM } from './shared/aws.ts';

/** The roles of one cluster's associations stand in two accounts, though they must stand in the cluster's. */
export const associationAccount: Rule = {
  code: 'identity/association-account',
  *check(objects) {
    const accounts = new Map<string, string>();
    for (const { manifest, cluster, roleArn } of associationsOf(objects)) {
      if (cluster === undefined || roleArn === undefined || !ROLE_ARN_FORM.test(roleArn)) continue;
      const account = roleArn.split(':')[4] ?? '';
      const first = accounts.get(cluster) ?? account;
      accounts.set(cluster, first);
      if (account === first) continue;
      yield {
        on: manifest,
        path: ['spec', 'roleARN'],
        fault: 'value',
        value: roleArn,
        message: `the role is in the account ${account}, that of another association of the cluster ${cluster} in ${first}; both must be in the cluster's`,
        expected: 'a role in the account of the cluster',
        hint: 'A role of another account goes into targetRoleARN, beside a role of this one.',
      };
    }
  },
};
