import type { Finding } from '../../lib/finding/finding.ts';
import { parseManifests } from '../../lib/manifest/parse-manifests.ts';
import { acceptByAnnotation } from '../../lib/policy/accept-by-annotation.ts';
import type { RuleSettings } from '../../lib/validate/rendered/rendered-objects.ts';
import { validateManifests } from '../../lib/validate/validate-manifests.ts';
import { sharedUpstream } from '../validate/shared-upstream.ts';

/** Kinds that rules are about, and that have no schema. */
const WITHOUT_SCHEMA: ReadonlySet<string> = new Set([
  'eks.services.k8s.aws/v1alpha1/PodIdentityAssociation',
  'kops.k8s.io/v1alpha2/Cluster',
]);

/**
 * What validating finds in manifests, as if one environment had rendered them.
 *
 * @param yaml any number of documents.
 */
export async function findingsIn(
  yaml: string,
  options: { readonly rules?: RuleSettings; readonly isPartial?: boolean } = {},
): Promise<readonly Finding[]> {
  const manifests = parseManifests(yaml);
  const { findings } = await validateManifests(manifests, {
    upstream: await sharedUpstream(),
    allowedUnknownKinds: WITHOUT_SCHEMA,
    ...options,
  });
  const { isPartial = false } = options;
  return acceptByAnnotation(manifests, findings, { isPartial }).findings;
}
