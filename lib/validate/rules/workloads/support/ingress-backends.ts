import type { Place } from './place.ts';

/** The backends of an Ingress: the default one first, then those of its rules. */
export function ingressBackends(object: Place): Place[] {
  const spec = object.at('spec');
  const ofRules = spec
    .at('rules')
    .items.flatMap((rule) => rule.in('http', 'paths').items.map((path) => path.at('backend')));
  return [spec.at('defaultBackend'), ...ofRules].filter((backend) => backend.isSet);
}
