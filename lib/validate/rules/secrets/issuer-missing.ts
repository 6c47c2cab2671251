import type { RenderedObjects } from '../../rendered/rendered-objects.ts';
import type { Rule } from '../rule.ts';
import { type IssuerReference, issuerOf, issuerReferences } from './issuers.ts';

/** A Certificate, Ingress or Gateway names an issuer that nothing renders. */
export const issuerMissing: Rule = {
  code: 'secrets/issuer-missing',
  looksForAbsence: true,
  *check(objects) {
    for (const reference of issuerReferences(objects)) {
      const { on, path, name, kind } = reference;
      const isKnown = kind === 'Issuer' || kind === 'ClusterIssuer';
      if (!isKnown || issuerOf(objects, reference) !== undefined) continue;
      const place = kind === 'Issuer' ? ` in the namespace ${on.resource.namespace ?? ''}` : '';
      yield {
        on,
        path,
        fault: 'value',
        value: name,
        message: `no ${kind} ${name} is rendered${place}${elsewhere(objects, reference)}`,
        expected: `the name of a ${kind}`,
        hint: `${hintFor(reference)}When the cluster or another environment has it, accept this finding.`,
      };
    }
  },
};

function hintFor({ kind, path }: IssuerReference): string {
  if (kind === 'ClusterIssuer') return '';
  const isAnnotation = path[0] === 'metadata';
  const instead = isAnnotation ? 'cert-manager.io/cluster-issuer' : 'kind: ClusterIssuer';
  return `An Issuer serves its own namespace only; for a ClusterIssuer, write ${instead}. `;
}

function elsewhere(objects: RenderedObjects, { name, kind }: IssuerReference): string {
  const cluster = objects.of('cert-manager.io', 'ClusterIssuer');
  if (kind === 'Issuer' && cluster.some(({ resource }) => resource.name === name))
    return ', but a ClusterIssuer of that name is';
  const found = objects
    .of('cert-manager.io', 'Issuer')
    .filter(({ resource }) => resource.name === name);
  const places = found.map(({ resource }) => resource.namespace ?? '');
  return places.length === 0 ? '' : `, but an Issuer in ${places.join(', ')}`;
}
