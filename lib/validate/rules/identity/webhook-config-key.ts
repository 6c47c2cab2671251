import type { Rule } from '../rule.ts';
import { webhookEntries } from './shared/webhook-config.ts';

const NAMESPACE = /^(?:\*|[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)$/;
const NAME = /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/;

/** The key of an entry is no NAMESPACE/SERVICEACCOUNT. Without a slash, the webhook crashes on it. */
export const webhookConfigKey: Rule = {
  code: 'identity/webhook-config-key',
  *check(objects) {
    for (const { manifest, key } of webhookEntries(objects)) {
      const what = mistakeIn(key);
      if (what === undefined) continue;
      yield {
        on: manifest,
        path: ['data', 'config', key],
        fault: 'value',
        message: `the entry ${JSON.stringify(key)} ${what}`,
        expected: 'NAMESPACE/SERVICEACCOUNT, or */SERVICEACCOUNT for every namespace',
      };
    }
  },
};

function mistakeIn(key: string): string | undefined {
  const parts = key.split('/');
  const [namespace = '', name = ''] = parts;
  if (parts.length === 1) return 'has no slash: the pod identity webhook crashes on it';
  if (parts.length > 2) return 'has more than one slash: the webhook takes the first two parts';
  if (namespace !== '*' && namespace.includes('*'))
    return 'matches no namespace: only * alone stands for any';
  if (NAMESPACE.test(namespace) && NAME.test(name)) return undefined;
  return 'can be no namespace and ServiceAccount: no Pod ever matches it';
}
