import type { Rule } from '../rule.ts';
import { AWS_SKIP_CONTAINERS, awsPods, awsSkipped } from './shared/aws.ts';
import { mutatedContainers, nameOf, variablesOf } from './shared/containers.ts';

const KEYS: ReadonlySet<string> = new Set(['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']);

/** Access keys in the environment come first in every AWS SDK, so that the role of the ServiceAccount is never used. */
export const staticAwsKeys: Rule = {
  code: 'identity/static-aws-keys',
  *check(objects) {
    for (const [pod, identity] of awsPods(objects))
      for (const container of mutatedContainers(pod, awsSkipped(pod))) {
        const [key] = variablesOf(objects, { pod, container }, KEYS);
        if (key === undefined) continue;
        yield {
          on: pod.manifest,
          path: key.path,
          fault: 'value',
          message: `${key.name} is set in the container ${nameOf(container)}, and wins over the role that the ServiceAccount ${pod.serviceAccountName} has by ${identity}`,
          expected: 'no access key where a role is',
          hint: `Take the keys away; when this container needs them, list it in the annotation ${AWS_SKIP_CONTAINERS} of the Pod.`,
        };
      }
  },
};
