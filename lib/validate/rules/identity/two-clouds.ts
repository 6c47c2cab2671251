import type { Rule } from '../rule.ts';
import { annotationOf, identitiesOf } from './shared/service-account.ts';

/** A ServiceAccount has identities in two clouds, though a cluster stands in one: mostly a copy that kept too much. */
export const twoClouds: Rule = {
  code: 'identity/two-clouds',
  *check(objects) {
    for (const account of objects.of('', 'ServiceAccount')) {
      const [first, second] = identitiesOf(account);
      if (first === undefined || second === undefined) continue;
      yield {
        on: account,
        path: ['metadata', 'annotations', second.key],
        fault: 'key',
        value: annotationOf(account, second.key),
        message: `the ServiceAccount has an identity in ${first.cloud} (${first.key}) and in ${second.cloud} (${second.key})`,
        expected: 'the annotation of the cloud that the cluster runs in',
        hint: 'Take away the annotation of the other cloud: nothing reads it there.',
      };
    }
  },
};
