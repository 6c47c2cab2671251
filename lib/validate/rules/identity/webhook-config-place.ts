import type { RenderedObjects } from '../../rendered/rendered-objects.ts';
import type { Rule } from '../rule.ts';
import { anyWebhookConfigs, WEBHOOK_CONFIG, webhookConfigs } from './shared/webhook-config.ts';

/** Where the webhook runs unless its flag --namespace says otherwise, and where kOps runs it. */
const NAMESPACES: ReadonlySet<string> = new Set(['eks', 'kube-system']);

/** Entries for the webhook in a ConfigMap that it does not read: of another name, or in another namespace than its own. */
export const webhookConfigPlace: Rule = {
  code: 'identity/webhook-config-place',
  *check(objects) {
    for (const manifest of webhookConfigs(objects)) {
      const { namespace = '' } = manifest.resource;
      if (namespace === '' || NAMESPACES.has(namespace)) continue;
      if (webhookRunsIn(objects, namespace)) continue;
      yield {
        on: manifest,
        path: ['metadata', 'namespace'],
        fault: 'value',
        value: namespace,
        message: `the pod identity webhook reads the ConfigMap ${WEBHOOK_CONFIG} of its own namespace: eks, or kube-system with kOps`,
        expected: 'the namespace of the webhook',
        hint: 'Move it there; when the webhook was installed here with --namespace, accept this finding.',
      };
    }
    for (const manifest of anyWebhookConfigs(objects)) {
      const { name } = manifest.resource;
      if (name === WEBHOOK_CONFIG) continue;
      yield {
        on: manifest,
        path: ['metadata', 'name'],
        fault: 'value',
        value: name,
        message: `the pod identity webhook reads no other ConfigMap than ${WEBHOOK_CONFIG}`,
        expected: WEBHOOK_CONFIG,
        hint: `Call it ${WEBHOOK_CONFIG}.`,
      };
    }
  },
};

function webhookRunsIn(objects: RenderedObjects, namespace: string): boolean {
  return objects.pods.some(
    (pod) =>
      pod.namespace === namespace &&
      pod.containers.some(({ value }) => String(value['image']).includes('pod-identity-webhook')),
  );
}
