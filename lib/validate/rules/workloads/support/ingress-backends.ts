import type { Place } from './place.ts';

/** The backends of an Ingress: the default one first, then those of its rules. */
export function ingressBackends(object: Place): Place[] {
  const spec = object.at('spec');
  const ofRules = spec
    .at('rules')
    .items.flatMap((rule) => rule.in('http', 'paths').items.map((path) => path.at('backend')));
  return [spec.at('defaultBackend'), ...ofRules].filter((backend) => backend.isSet);
}

/**
 * Those that send to a Service. To the AWS Load Balancer Controller the port `use-annotation` says that the annotation
 * `alb.ingress.kubernetes.io/actions.NAME` tells what is done. Source: its v2.14 guide, Ingress annotations, actions.
 */
export function serviceBackends(object: Place): Place[] {
  return ingressBackends(object).filter(
    (backend) => backend.in('service', 'port', 'name').value !== 'use-annotation',
  );
}
