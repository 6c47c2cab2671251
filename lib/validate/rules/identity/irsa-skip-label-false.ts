import type { Rule } from '../rule.ts';
import { AWS_SKIP_LABEL } from './shared/aws.ts';

/** The label that keeps the webhook away counts by being there: `false` keeps it away too. */
export const irsaSkipLabelFalse: Rule = {
  code: 'identity/irsa-skip-label-false',
  *check(objects) {
    for (const pod of objects.pods) {
      const value = pod.labels[AWS_SKIP_LABEL];
      if (typeof value !== 'string' || !/^(?:false|no|off|0)$/i.test(value)) continue;
      yield {
        on: pod.manifest,
        path: [...pod.path, 'metadata', 'labels', AWS_SKIP_LABEL],
        fault: 'value',
        value,
        message: `the webhook leaves Pods alone that have the label ${AWS_SKIP_LABEL}, whatever its value`,
        expected: 'no such label on Pods that need credentials; "true" on those that do not',
        hint: 'Take the label away.',
      };
    }
  },
};
