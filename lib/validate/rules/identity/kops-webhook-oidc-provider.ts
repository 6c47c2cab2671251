import { valueAt } from '../../../manifest/secret-fields.ts';
import type { Rule } from '../rule.ts';
import { kopsClusters } from './shared/kops.ts';

const PROVIDER = ['spec', 'serviceAccountIssuerDiscovery', 'enableAWSOIDCProvider'];

/** The webhook hands out tokens of an issuer that AWS was not told of. */
export const kopsWebhookOidcProvider: Rule = {
  code: 'identity/kops-webhook-oidc-provider',
  *check(objects) {
    for (const cluster of kopsClusters(objects)) {
      if (valueAt(cluster.value, ['spec', 'podIdentityWebhook', 'enabled']) !== true) continue;
      const enabled = valueAt(cluster.value, PROVIDER);
      if (enabled === true) continue;
      const hasSection = valueAt(cluster.value, PROVIDER.slice(0, -1)) !== undefined;
      yield {
        on: cluster,
        path: hasSection ? PROVIDER : PROVIDER.slice(0, -1),
        fault: enabled === undefined ? 'missing' : 'value',
        message:
          'the pod identity webhook is enabled, and no OIDC provider in AWS trusts its tokens',
        expected:
          'serviceAccountIssuerDiscovery with enableAWSOIDCProvider: true and a discoveryStore',
        hint: 'On a cluster that runs, this changes the issuer of its tokens: see the kOps guide for the migration. When you made the provider yourself, accept this finding.',
      };
    }
  },
};
