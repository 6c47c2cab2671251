import { apiListeners, certificatesOf, type Reference } from '../../rendered/gateway-api.ts';
import type { Manifest } from '../../../manifest/parse-manifests.ts';
import type { RenderedObjects } from '../../rendered/rendered-objects.ts';
import { listed } from '../../words.ts';
import type { Rule, RuleFinding } from '../rule.ts';

/** A listener of a Gateway names a Secret that is not rendered in the namespace in which it is looked for. */
export const listenerCertificate: Rule = {
  code: 'gateways/listener-certificate',
  looksForAbsence: true,
  *check(objects) {
    for (const [gateway, listeners] of apiListeners(objects))
      for (const reference of listeners.flatMap(certificatesOf))
        yield* missing(objects, gateway, reference);
  },
};

function* missing(
  objects: RenderedObjects,
  on: Manifest,
  { namespace, name, path, value }: Reference,
): Iterable<RuleFinding> {
  if (objects.secrets.reaching(namespace, name).length > 0) return;
  // In another namespace than the Gateway's it takes a ReferenceGrant, and the rule on those speaks of it.
  if (value['namespace'] !== undefined && namespace !== on.resource.namespace) return;
  const places = [...new Set(objects.secrets.named(name).map((secret) => secret.namespace))];
  const isElsewhere = places.length > 0 && !places.includes('');
  yield {
    on,
    path: [...path, 'name'],
    fault: 'value',
    value: name,
    severity: isElsewhere ? 'error' : 'warning',
    message: isElsewhere
      ? `the Secret ${name} is looked for in the namespace ${namespace}, that of the Gateway; it is rendered in ${listed(places, 'and')}`
      : `nothing rendered is the Secret ${name} in the namespace ${namespace}, or makes it`,
    expected: `the name of a Secret in the namespace ${namespace}`,
    hint: isElsewhere
      ? 'Render the Secret beside the Gateway; or name its namespace here and render a ReferenceGrant there.'
      : 'Render the Secret; when the cluster or another environment has it, accept this finding.',
  };
}
