import type { Rule } from '../rule.ts';
import { isMissing } from './shared/service-account.ts';
import { namespaceWords, similarServiceAccount } from './shared/similar-service-account.ts';
import { webhookEntries } from './shared/webhook-config.ts';

/**
 * An entry of the webhook's ConfigMap is for no ServiceAccount that is rendered, but nearly for one. Others are passed over:
 * the ConfigMap speaks of the whole cluster.
 */
export const webhookConfigUnmatched: Rule = {
  code: 'identity/webhook-config-unmatched',
  looksForAbsence: true,
  *check(objects) {
    for (const { manifest, key } of webhookEntries(objects)) {
      const [namespace = '', name = ''] = key.split('/');
      if (namespace.includes('*') || name === '' || !isMissing(objects, namespace, name)) continue;
      const similar = similarServiceAccount(objects, { namespace, name });
      if (similar === undefined) continue;
      yield {
        on: manifest,
        path: ['data', 'config', key],
        fault: 'value',
        message: `the entry ${key}: no ServiceAccount ${name} is rendered in ${namespaceWords(namespace)}, but ${similar.name} in ${namespaceWords(similar.namespace)}`,
        expected: 'NAMESPACE/SERVICEACCOUNT of a ServiceAccount',
        hint: `Did you mean ${similar.namespace}/${similar.name}?`,
      };
    }
  },
};
