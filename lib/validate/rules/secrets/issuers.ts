import type { Manifest } from '../../../manifest/parse-manifests.ts';
import type { Path } from '../../../finding/finding.ts';
import { valueAt } from '../../../manifest/secret-fields.ts';
import { oncePer } from '../../rendered/once-per.ts';
import { recordAt } from '../../rendered/pods.ts';
import type { RenderedObjects } from '../../rendered/rendered-objects.ts';
import { textAt } from '../../rendered/values-at.ts';

/** Where an object names an issuer of cert-manager. */
export interface IssuerReference {
  readonly on: Manifest;
  /** Where the name stands. */
  readonly path: Path;
  readonly name: string;
  /** Issuer or ClusterIssuer, or what is wrongly written there. */
  readonly kind: string;
}

const GROUP = 'cert-manager.io';

/** The issuers that Certificates name, and Ingresses and Gateways in annotations; not those of other projects. */
export const issuerReferences: (objects: RenderedObjects) => readonly IssuerReference[] = oncePer(
  (objects) => [
    ...objects.of(GROUP, 'Certificate').flatMap(ofCertificate),
    ...objects.of('networking.k8s.io', 'Ingress').flatMap(ofAnnotations),
    ...objects.of('gateway.networking.k8s.io', 'Gateway').flatMap(ofAnnotations),
  ],
);

function ofCertificate(on: Manifest): IssuerReference[] {
  const ref = recordAt(on.value, ['spec', 'issuerRef']);
  const name = textAt(ref, ['name']);
  const isOther = (textAt(ref, ['group']) ?? GROUP) !== GROUP;
  if (name === undefined || isOther) return [];
  const kind = textAt(ref, ['kind']) ?? 'Issuer';
  return [{ on, path: ['spec', 'issuerRef', 'name'], name, kind }];
}

function ofAnnotations(on: Manifest): IssuerReference[] {
  const annotations: Path = ['metadata', 'annotations'];
  if (valueAt(on.value, [...annotations, 'cert-manager.io/issuer-group']) !== undefined) return [];
  return [
    ['cert-manager.io/issuer', 'Issuer'] as const,
    ['cert-manager.io/cluster-issuer', 'ClusterIssuer'] as const,
  ].flatMap(([key, kind]) => {
    const name = textAt(on.value, [...annotations, key]);
    return name === undefined ? [] : [{ on, path: [...annotations, key], name, kind }];
  });
}

/** The rendered issuer that is meant. */
export function issuerOf(
  objects: RenderedObjects,
  { on, name, kind }: IssuerReference,
): Manifest | undefined {
  if (kind === 'Issuer')
    return objects.find(GROUP, kind, { namespace: on.resource.namespace, name });
  return objects.of(GROUP, kind).find(({ resource }) => resource.name === name);
}
