import type { Rule } from '../rule.ts';
import { awsPods, awsSkipped } from './shared/aws.ts';
import { mutatedContainers, nameOf, variablesOf } from './shared/containers.ts';

const ROLE = 'AWS_ROLE_ARN';
const TOKEN = 'AWS_WEB_IDENTITY_TOKEN_FILE';
const BOTH: ReadonlySet<string> = new Set([ROLE, TOKEN]);

/**
 * One of the two variables of a web identity is set by hand: the webhook then sets neither, and SDKs need both. With both set
 * by hand, nothing is wrong. Source: amazon-eks-pod-identity-webhook v0.6.17, addEnvToContainer, which looks at `env` alone.
 */
export const irsaVariableSet: Rule = {
  code: 'identity/irsa-variable-set',
  *check(objects) {
    for (const [pod, identity] of awsPods(objects)) {
      if (identity !== 'web identity') continue;
      for (const container of mutatedContainers(pod, awsSkipped(pod))) {
        const all = variablesOf(objects, { pod, container }, BOTH);
        const set = all.find(({ from }) => from === 'env');
        const other = set?.name === ROLE ? TOKEN : ROLE;
        if (set === undefined || all.some(({ name }) => name === other)) continue;
        yield {
          on: pod.manifest,
          path: set.path,
          fault: 'value',
          value: set.name,
          message: `${set.name} is set in the container ${nameOf(container)}, so the pod identity webhook leaves ${other} out, and SDKs need both`,
          expected: `neither or both of ${ROLE} and ${TOKEN}`,
          hint: `Take ${set.name} away: the webhook sets it.`,
        };
      }
    }
  },
};
