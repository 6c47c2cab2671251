import { isRecord } from '../../../manifest/is-record.ts';
import type { Rule } from '../rule.ts';
import { recordAt } from '../../rendered/pods.ts';
import type { RenderedObjects } from '../../rendered/rendered-objects.ts';
import { isKops, KOPS_AUDIENCE } from './shared/kops.ts';
import { annotationOf, isMisspelt, ROLE_ARN } from './shared/service-account.ts';
import {
  anyWebhookConfigs,
  entryField,
  webhookEntries,
  type WebhookEntry,
} from './shared/webhook-config.ts';

const AUDIENCE = 'eks.amazonaws.com/audience';

/**
 * The audience of a ServiceAccount without a role is not read: not by the webhook, which then takes all from its ConfigMap, nor
 * with EKS Pod Identity. Where the ConfigMap is rendered, it is a copy for readers, and a finding only when it differs.
 */
export const irsaAudienceWithoutRole: Rule = {
  code: 'identity/irsa-audience-without-role',
  *check(objects) {
    let config: ReturnType<typeof readConfig> | undefined;
    for (const account of objects.of('', 'ServiceAccount')) {
      const audience = annotationOf(account, AUDIENCE);
      if (audience === undefined || annotationOf(account, ROLE_ARN) !== undefined) continue;
      if (isMisspelt(recordAt(account.value, ['metadata', 'annotations']), ROLE_ARN)) continue;
      config ??= readConfig(objects);
      const { namespace = '', name } = account.resource;
      const entry = config.entries.get(`${namespace}/${name}`) ?? config.entries.get(`*/${name}`);
      if (config.isThere && !isOther(objects, entry, audience)) continue;
      const other = config.isThere ? ', and the ConfigMap of the webhook says another' : '';
      yield {
        on: account,
        path: ['metadata', 'annotations', AUDIENCE],
        fault: 'key',
        value: audience,
        message: `${AUDIENCE} is read only beside ${ROLE_ARN}, which the ServiceAccount does not have${other}`,
        expected: `${ROLE_ARN} beside it`,
        hint: 'Add the role, or take the annotation away.',
      };
    }
  },
};

function readConfig(objects: RenderedObjects): {
  readonly isThere: boolean;
  readonly entries: ReadonlyMap<string, WebhookEntry>;
} {
  return {
    isThere: anyWebhookConfigs(objects).length > 0,
    entries: new Map(webhookEntries(objects).map((one) => [one.key, one])),
  };
}

/** Whether the entry has another audience, and not one that is itself wrong. */
function isOther(
  objects: RenderedObjects,
  entry: WebhookEntry | undefined,
  audience: string,
): boolean {
  const said = isRecord(entry?.value) ? entryField(entry.value, 'Audience') : undefined;
  if (typeof said !== 'string' || said === '' || said === audience) return false;
  return !(audience === KOPS_AUDIENCE && isKops(objects));
}
