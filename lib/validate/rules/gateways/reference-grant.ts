import {
  apiListeners,
  apiRoutes,
  backendsOf,
  certificatesOf,
  GATEWAY_API,
  isGranted,
  type Reference,
} from '../../rendered/gateway-api.ts';
import type { Manifest } from '../../../manifest/parse-manifests.ts';
import type { RenderedObjects } from '../../rendered/rendered-objects.ts';
import type { Rule, RuleFinding } from '../rule.ts';

/** A Gateway or a route refers to an object of another namespace, and no ReferenceGrant there allows it. */
export const referenceGrant: Rule = {
  code: 'gateways/reference-grant',
  looksForAbsence: true,
  *check(objects) {
    for (const [gateway, listeners] of apiListeners(objects))
      for (const reference of listeners.flatMap(certificatesOf))
        yield* refused(objects, gateway, reference);
    for (const route of apiRoutes(objects))
      for (const reference of backendsOf(route)) yield* refused(objects, route.manifest, reference);
  },
};

function* refused(objects: RenderedObjects, on: Manifest, to: Reference): Iterable<RuleFinding> {
  const { kind, namespace = '' } = on.resource;
  if (namespace === '' || to.namespace === namespace) return;
  const from = { group: GATEWAY_API, kind, namespace };
  if (isGranted(objects, from, to)) return;
  yield {
    on,
    path: [...to.path, 'namespace'],
    fault: 'value',
    value: to.namespace,
    severity: isRendered(objects, to) ? 'error' : 'warning',
    message: `no ReferenceGrant in ${to.namespace} is rendered that lets a ${kind} of ${namespace} refer to the ${to.kind} ${to.name} there, and without one the reference is refused`,
    expected: `a ReferenceGrant in ${to.namespace}, or a ${to.kind} in ${namespace}`,
    hint: `Render a ReferenceGrant in ${to.namespace}: from ${kind} of ${namespace}, to ${to.kind}.`,
  };
}

function isRendered(
  objects: RenderedObjects,
  { kind, group, namespace, name }: Reference,
): boolean {
  if (kind === 'Secret') return objects.secrets.reaching(namespace, name).length > 0;
  return objects.find(group, kind, { namespace, name }) !== undefined;
}
