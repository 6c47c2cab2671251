import type { Path } from '../../finding/finding.ts';
import { isRecord } from '../../manifest/is-record.ts';
import type { Manifest } from '../../manifest/parse-manifests.ts';
import { valueAt } from '../../manifest/secret-fields.ts';
import { SECRET_TEMPLATES } from '../metadata-places.ts';
import { recordAt } from './pods.ts';
import type { ProvidedSecret } from './provided-secrets.ts';
import { REFLECTOR_PREFIX } from './reflection.ts';
import { itemsAt, textAt } from './values-at.ts';

/** The Secrets that come of one object. */
type Make = (manifest: Manifest) => ProvidedSecret[];

/** The kinds from which Secrets come. */
export const SECRET_MAKERS: readonly { group: string; kind: string; make: Make }[] = [
  { group: '', kind: 'Secret', make: fromSecret },
  { group: 'bitnami.com', kind: 'SealedSecret', make: fromSealedSecret },
  { group: 'external-secrets.io', kind: 'ExternalSecret', make: fromExternalSecret },
  { group: 'external-secrets.io', kind: 'ClusterExternalSecret', make: fromClusterExternalSecret },
  { group: 'cert-manager.io', kind: 'Certificate', make: fromCertificate },
  { group: 'networking.k8s.io', kind: 'Ingress', make: fromIngress },
  { group: 'gateway.networking.k8s.io', kind: 'Gateway', make: fromGateway },
  { group: 'gateway.networking.k8s.io', kind: 'ListenerSet', make: fromGateway },
];

const OWN_ANNOTATIONS: Path = ['metadata', 'annotations'];

/** Annotations of controllers that write the data of a Secret which is rendered without it. */
const FILLED =
  /^(?:reflector\.v1\.k8s\.emberstack\.com\/reflects|replicator\.v1\.mittwald\.de\/replicate-from|secret-generator\.v1\.mittwald\.de\/\w+|kubernetes\.io\/service-account\.name)$/;

function fromSecret(manifest: Manifest): ProvidedSecret[] {
  const { value } = manifest;
  const own = common(manifest, OWN_ANNOTATIONS);
  const keys = new Set([...keysAt(value, ['data']), ...keysAt(value, ['stringData'])]);
  const isFilled = Object.keys(own.annotations).some((key) => isFilledBy(key, keys.size));
  const isUnclear = isFilled || !hasOnly(value, SECRET_FIELDS);
  return [{ ...own, type: textAt(value, ['type']), keys: isUnclear ? undefined : keys }];
}

const SECRET_FIELDS = /^(?:apiVersion|kind|metadata|type|immutable|data|stringData)$/;
const SEALED_FIELDS = /^(?:encryptedData|template|data)$/;

/** Another field is probably a misspelt one, so that nothing is known of what is in it. */
function hasOnly(value: unknown, fields: RegExp): boolean {
  return isRecord(value) && Object.keys(value).every((key) => fields.test(key));
}

/** Without data, an annotation of Reflector that is misspelt makes a mirror too. */
function isFilledBy(annotation: string, keys: number): boolean {
  return FILLED.test(annotation) || (keys === 0 && annotation.startsWith(REFLECTOR_PREFIX));
}

/** Name and namespace are the SealedSecret's own; its template's are overwritten. */
function fromSealedSecret(manifest: Manifest): ProvidedSecret[] {
  const { value } = manifest;
  const keys = [
    ...keysAt(value, ['spec', 'encryptedData']),
    ...keysAt(value, ['spec', 'template', 'data']),
  ];
  const type = textAt(value, ['spec', 'template', 'type']);
  const isClear =
    isRecord(valueAt(value, ['spec', 'encryptedData'])) && hasOnly(value['spec'], SEALED_FIELDS);
  return [
    {
      ...common(manifest, templateAnnotations('SealedSecret')),
      type,
      keys: isClear ? new Set(keys) : undefined,
    },
  ];
}

function fromExternalSecret(manifest: Manifest): ProvidedSecret[] {
  return external(manifest, { spec: ['spec'], name: manifest.resource.name });
}

/** Makes an ExternalSecret in every namespace that its selectors take, whose labels are mostly not rendered. */
function fromClusterExternalSecret(manifest: Manifest): ProvidedSecret[] {
  const { value, resource } = manifest;
  const name = textAt(value, ['spec', 'externalSecretName']) ?? resource.name;
  const made = external(manifest, { spec: ['spec', 'externalSecretSpec'], name });
  return made.map((secret) => ({ ...secret, isEverywhere: true }));
}

function external(
  manifest: Manifest,
  { spec, name }: { readonly spec: Path; readonly name: string },
): ProvidedSecret[] {
  const { value } = manifest;
  const target = recordAt(value, [...spec, 'target']);
  if (target['creationPolicy'] === 'None') return [];
  const template = [...spec, 'target', 'template'];
  const path = isRecord(target['template'])
    ? [...template, 'metadata', 'annotations']
    : OWN_ANNOTATIONS;
  return [
    {
      ...common(manifest, path),
      name: textAt(target, ['name']) ?? name,
      type: textAt(value, [...template, 'type']),
      keys: externalKeys(recordAt(value, spec)),
    },
  ];
}

/** A template of ExternalSecret without data has the keys of the store; so has `dataFrom`. */
function externalKeys(spec: unknown): ReadonlySet<string> | undefined {
  const template = recordAt(spec, ['target', 'template']);
  const policy = valueAt(spec, ['target', 'creationPolicy']);
  const isMerged = policy === 'Merge' || policy === 'CreateOrMerge';
  if (isMerged || template['templateFrom'] !== undefined) return undefined;
  const literal = keysAt(template, ['data']);
  if (literal.length > 0 && template['mergePolicy'] !== 'Merge') return new Set(literal);
  if (valueAt(spec, ['dataFrom']) !== undefined) return undefined;
  const named = itemsAt(spec, ['data']).flatMap(({ value }) => textAt(value, ['secretKey']) ?? []);
  return new Set([...literal, ...named]);
}

/** An issuer of ACME leaves ca.crt absent. Source: cert-manager, documentation of Certificate. */
const CERTIFICATE_KEYS: ReadonlySet<string> = new Set(['tls.crt', 'tls.key', 'ca.crt']);

function fromCertificate(manifest: Manifest): ProvidedSecret[] {
  const { value } = manifest;
  const name = textAt(value, ['spec', 'secretName']);
  if (name === undefined) return [];
  const own = common(manifest, templateAnnotations('Certificate'));
  const formats = itemsAt(value, ['spec', 'additionalOutputFormats']);
  const keys = isRecord(valueAt(value, ['spec', 'keystores'])) || formats.length > 0;
  return [
    {
      ...own,
      name,
      type: 'kubernetes.io/tls',
      keys: keys ? undefined : CERTIFICATE_KEYS,
    },
  ];
}

/** cert-manager makes a Certificate, named as its Secret, for what carries one of these. */
const SHIM_ANNOTATIONS = [
  'cert-manager.io/issuer',
  'cert-manager.io/cluster-issuer',
  'kubernetes.io/tls-acme',
];

const TEMPLATE_ANNOTATION = 'cert-manager.io/secret-template';

function fromIngress(manifest: Manifest): ProvidedSecret[] {
  const names = itemsAt(manifest.value, ['spec', 'tls']).map(({ value }) => value);
  return shimmed(
    manifest,
    names.flatMap((tls) => textAt(tls, ['secretName']) ?? []),
  );
}

function fromGateway(manifest: Manifest): ProvidedSecret[] {
  const { value } = manifest;
  const refs = itemsAt(value, ['spec', 'listeners']).flatMap((listener) =>
    itemsAt(listener.value, ['tls', 'certificateRefs']),
  );
  const own = manifest.resource.namespace;
  const names = refs
    .filter((ref) => (textAt(ref.value, ['namespace']) ?? own) === own)
    .flatMap((ref) => textAt(ref.value, ['name']) ?? []);
  return shimmed(manifest, names);
}

function shimmed(manifest: Manifest, names: readonly string[]): ProvidedSecret[] {
  const annotations = recordAt(manifest.value, OWN_ANNOTATIONS);
  if (!SHIM_ANNOTATIONS.some((key) => Object.hasOwn(annotations, key))) return [];
  const made = {
    namespace: manifest.resource.namespace ?? '',
    by: manifest,
    type: 'kubernetes.io/tls',
    keys: CERTIFICATE_KEYS,
    annotations: annotationsOfTemplate(annotations[TEMPLATE_ANNOTATION]),
    annotationsPath: [...OWN_ANNOTATIONS, TEMPLATE_ANNOTATION],
  };
  return [...new Set(names)].map((name) => ({ ...made, name }));
}

/** The template is JSON in an annotation. */
function annotationsOfTemplate(template: unknown): ProvidedSecret['annotations'] {
  if (typeof template !== 'string') return {};
  try {
    return recordAt(JSON.parse(template), ['annotations']);
  } catch {
    return {};
  }
}

function templateAnnotations(kind: string): Path {
  return [...(SECRET_TEMPLATES.get(kind) ?? ['metadata']), 'annotations'];
}

function common(
  manifest: Manifest,
  annotationsPath: Path,
): Pick<ProvidedSecret, 'namespace' | 'name' | 'by' | 'annotations' | 'annotationsPath'> {
  const { namespace = '', name } = manifest.resource;
  const annotations = recordAt(manifest.value, annotationsPath);
  return { namespace, name, by: manifest, annotations, annotationsPath };
}

function keysAt(value: unknown, path: Path): string[] {
  return Object.keys(recordAt(value, path));
}

/** The key of the annotation that makes a Secret a mirror which Reflector fills. */
export const REFLECTS = `${REFLECTOR_PREFIX}reflects`;
