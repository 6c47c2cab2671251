import { isRecord } from '../../../manifest/is-record.ts';
import { recordAt } from '../../rendered/pods.ts';
import type { RenderedObjects } from '../../rendered/rendered-objects.ts';
import type { Rule } from '../rule.ts';
import { isKops, KOPS_AUDIENCE, kopsClusters } from './shared/kops.ts';
import { annotationOf, ROLE_ARN } from './shared/service-account.ts';
import { entryField, webhookEntries } from './shared/webhook-config.ts';

const AUDIENCE = 'eks.amazonaws.com/audience';
const HINT = `Use ${KOPS_AUDIENCE}; when the Cluster lists this one in serviceAccountIssuerDiscovery.additionalAudiences, accept this finding.`;

/** The audience of EKS on a cluster of kOps, whose OIDC provider takes amazonaws.com and what the Cluster adds. */
export const kopsAudience: Rule = {
  code: 'identity/kops-audience',
  *check(objects) {
    if (!isKops(objects)) return;
    const known = knownAudiences(objects);
    for (const account of objects.of('', 'ServiceAccount')) {
      const value = annotationOf(account, AUDIENCE);
      if (value === undefined || known.has(value)) continue;
      if (annotationOf(account, ROLE_ARN) === undefined) continue;
      const path = ['metadata', 'annotations', AUDIENCE];
      yield { on: account, path, fault: 'value', value, ...words(`the audience ${value}`) };
    }
    for (const { manifest, key, value: entry } of webhookEntries(objects)) {
      const value = isRecord(entry) ? entryField(entry, 'Audience') : undefined;
      if (typeof value !== 'string' || value === '' || known.has(value)) continue;
      const path = ['data', 'config', key, 'Audience'];
      const what = `the entry ${key}: the audience ${value}`;
      yield { on: manifest, path, fault: 'value', value, ...words(what) };
    }
  },
};

function words(what: string): { message: string; expected: string; hint: string } {
  const message = `${what} is none that kOps gives to the OIDC provider of AWS, so STS refuses the token`;
  return { message, expected: KOPS_AUDIENCE, hint: HINT };
}

function knownAudiences(objects: RenderedObjects): ReadonlySet<unknown> {
  const added = kopsClusters(objects).flatMap(({ value }) => {
    const { additionalAudiences } = recordAt(value, ['spec', 'serviceAccountIssuerDiscovery']);
    return Array.isArray(additionalAudiences) ? (additionalAudiences as unknown[]) : [];
  });
  return new Set([KOPS_AUDIENCE, ...added]);
}
