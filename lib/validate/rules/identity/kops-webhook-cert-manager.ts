import { valueAt } from '../../../manifest/secret-fields.ts';
import type { Rule } from '../rule.ts';
import { kopsClusters } from './shared/kops.ts';

/** The webhook is enabled without cert-manager, which makes its certificate: kOps refuses the Cluster. */
export const kopsWebhookCertManager: Rule = {
  code: 'identity/kops-webhook-cert-manager',
  *check(objects) {
    for (const cluster of kopsClusters(objects)) {
      if (valueAt(cluster.value, ['spec', 'podIdentityWebhook', 'enabled']) !== true) continue;
      const enabled = valueAt(cluster.value, ['spec', 'certManager', 'enabled']);
      if (enabled === true) continue;
      const hasSection = valueAt(cluster.value, ['spec', 'certManager']) !== undefined;
      yield {
        on: cluster,
        path: hasSection ? ['spec', 'certManager', 'enabled'] : ['spec', 'certManager'],
        fault: enabled === undefined ? 'missing' : 'value',
        message: 'the pod identity webhook of kOps needs certManager.enabled: true',
        expected: 'true',
        hint: 'With managed: false beside it, kOps takes the cert-manager that you install.',
      };
    }
  },
};
