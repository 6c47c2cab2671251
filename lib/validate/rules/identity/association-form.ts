import { recordAt } from '../../rendered/pods.ts';
import type { Manifest } from '../../../manifest/parse-manifests.ts';
import type { Rule, RuleFinding } from '../rule.ts';
import { associationsOf } from './shared/associations.ts';
import { ROLE_ARN_FORM, ROLE_ARN_WORDS } from './shared/aws.ts';

/** What a PodIdentityAssociation must say: whose it is, in which cluster, and one role. */
export const associationForm: Rule = {
  code: 'identity/association-form',
  *check(objects) {
    for (const { manifest, roleArn } of associationsOf(objects)) {
      const on = manifest;
      yield* oneOf(on, ['namespace']);
      yield* oneOf(on, ['serviceAccount']);
      yield* oneOf(on, ['clusterName', 'clusterRef']);
      yield* oneOf(on, ['roleARN', 'roleRef']);
      if (roleArn !== undefined && !ROLE_ARN_FORM.test(roleArn))
        yield {
          on,
          path: ['spec', 'roleARN'],
          fault: 'value',
          value: roleArn,
          message: `spec.roleARN must be ${ROLE_ARN_WORDS}`,
          expected: ROLE_ARN_WORDS,
        };
    }
  },
};

/** Exactly one of the fields, which may be a single one. */
function* oneOf(on: Manifest, fields: readonly [string, string?]): Iterable<RuleFinding> {
  const spec = recordAt(on.value, ['spec']);
  const [first, second] = fields;
  const isSet = (field: string): boolean => (spec[field] ?? '') !== '';
  const set = fields.filter((field): field is string => field !== undefined && isSet(field));
  const words = second === undefined ? first : `${first} or ${second}`;
  if (set.length === 0)
    yield {
      on,
      path: ['spec', first],
      fault: 'missing',
      message: `an association needs spec.${words}`,
      expected: second === undefined ? words : `one of ${words}`,
    };
  if (second !== undefined && set.length === 2)
    yield {
      on,
      path: ['spec', second],
      fault: 'key',
      message: `an association has ${words}, not both`,
      expected: `one of ${words}`,
    };
}
