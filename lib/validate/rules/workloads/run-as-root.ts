import { isRecord } from '../../../manifest/is-record.ts';
import type { Rule } from '../rule.ts';
import { containerRule } from './support/own-pods.ts';

/**
 * A container that must not be root is root: the kubelet never starts it.
 * Source: k8s.io/kubernetes v1.36.3 pkg/kubelet/kuberuntime/security_context.go, verifyRunAsNonRoot.
 */
export const runAsRoot: Rule = containerRule(
  'workloads/run-as-root',
  function* ({ place, pod: { spec } }) {
    const own = place.at('securityContext');
    const all = spec.at('securityContext');
    const [mustNot, user] = ['runAsNonRoot', 'runAsUser'].map((field) =>
      (own.has(field) ? own : all).at(field),
    );
    if (mustNot?.value !== true || user?.value !== 0) return;
    yield user.wrong(
      'runAsUser is 0, which is root, and runAsNonRoot is true: the container is never started',
      {
        expected: 'a user other than 0',
      },
    );
  },
  {
    mayBeWrong: ({ fields, pod }) =>
      isRoot(fields['securityContext']) || isRoot(pod.fields['securityContext']),
  },
);

function isRoot(context: unknown): boolean {
  return isRecord(context) && context['runAsUser'] === 0;
}
