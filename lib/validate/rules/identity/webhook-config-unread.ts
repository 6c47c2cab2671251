import type { Manifest } from '../../../manifest/parse-manifests.ts';
import { recordAt } from '../../rendered/pods.ts';
import type { Rule, RuleFinding } from '../rule.ts';
import { readWebhookConfig, webhookConfigs } from './shared/webhook-config.ts';

/** The ConfigMap of the webhook has no `config`, or one that is no JSON object: all of its entries are lost. */
export const webhookConfigUnread: Rule = {
  code: 'identity/webhook-config-unread',
  *check(objects) {
    for (const manifest of webhookConfigs(objects)) {
      const { config } = recordAt(manifest.value, ['data']);
      if (config === undefined) yield withoutConfig(manifest);
      else if (typeof config === 'string' && readWebhookConfig(manifest) === undefined)
        yield {
          on: manifest,
          path: ['data', 'config'],
          fault: 'value',
          message: 'the pod identity webhook cannot read config: it is no JSON object',
          expected: 'a JSON object with a member NAMESPACE/SERVICEACCOUNT for each ServiceAccount',
          hint: 'In Jsonnet, std.manifestJsonMinified of the object makes the text.',
        };
    }
  },
};

/** With one other key, that one was meant. */
function withoutConfig(manifest: Manifest): RuleFinding {
  const [key, ...more] = Object.keys(recordAt(manifest.value, ['data']));
  const isOne = key !== undefined && more.length === 0;
  return {
    on: manifest,
    path: ['data', isOne ? key : 'config'],
    fault: isOne ? 'key' : 'missing',
    message:
      'the pod identity webhook reads the key config alone, which the ConfigMap does not have',
    expected: 'config',
    hint: isOne ? `Call the key config, not ${key}.` : 'Add data.config, a JSON object as text.',
  };
}
