import type { Path } from '../../finding/finding.ts';
import { isRecord } from '../../manifest/is-record.ts';
import type { Manifest } from '../../manifest/parse-manifests.ts';
import { valueAt } from '../../manifest/secret-fields.ts';
import { SECRET_TEMPLATES } from '../metadata-places.ts';
import { recordAt } from './pods.ts';
import { isMirroredTo, readReflection } from './reflection.ts';

/** A Secret that will be in the cluster: rendered, or made by a controller from what is rendered. */
export interface ProvidedSecret {
  /** The empty string when the object names none. */
  readonly namespace: string;
  readonly name: string;
  /** The Secret, SealedSecret, ExternalSecret or Certificate. */
  readonly by: Manifest;
  /** Undefined when the object does not say it. */
  readonly type: string | undefined;
  /** The keys of its data; undefined when the object does not name them all. */
  readonly keys: ReadonlySet<string> | undefined;
  /** The annotations that the Secret itself will have. */
  readonly annotations: Readonly<Record<string, unknown>>;
  /** Where those stand in `by`. */
  readonly annotationsPath: Path;
}

/** What finds the objects of a kind; `RenderedObjects` does. */
export interface ObjectsOfKind {
  of(group: string, kind: string): readonly Manifest[];
}

/** Secrets by namespace and name, copies that Reflector makes included. */
export class ProvidedSecrets {
  readonly all: readonly ProvidedSecret[];
  readonly #byName = new Map<string, ProvidedSecret[]>();

  constructor(objects: ObjectsOfKind) {
    this.all = MAKERS.flatMap(({ group, kind, make }) => objects.of(group, kind).flatMap(make));
    for (const secret of this.all)
      this.#byName.set(secret.name, [...(this.#byName.get(secret.name) ?? []), secret]);
  }

  /** Those of that name, in any namespace. */
  named(name: string): readonly ProvidedSecret[] {
    return this.#byName.get(name) ?? [];
  }

  /** Those that are made in the namespace itself. */
  at(namespace: string, name: string): readonly ProvidedSecret[] {
    return this.named(name).filter((secret) => secret.namespace === namespace);
  }

  /** Those from which the Secret of that name in that namespace comes: made there, or copied there by Reflector. */
  reaching(namespace: string, name: string): readonly ProvidedSecret[] {
    return this.named(name).filter(
      (secret) => secret.namespace === namespace || isMirrored(secret, namespace),
    );
  }
}

function isMirrored(secret: ProvidedSecret, namespace: string): boolean {
  return isMirroredTo(readReflection(secret.annotations), { own: secret.namespace, namespace });
}

type Make = (manifest: Manifest) => ProvidedSecret[];

const MAKERS: readonly { group: string; kind: string; make: Make }[] = [
  { group: '', kind: 'Secret', make: fromSecret },
  { group: 'bitnami.com', kind: 'SealedSecret', make: fromSealedSecret },
  { group: 'external-secrets.io', kind: 'ExternalSecret', make: fromExternalSecret },
  { group: 'cert-manager.io', kind: 'Certificate', make: fromCertificate },
];

function fromSecret(manifest: Manifest): ProvidedSecret[] {
  const { value } = manifest;
  const keys = [...keysAt(value, ['data']), ...keysAt(value, ['stringData'])];
  const annotationsPath = ['metadata', 'annotations'];
  return [{ ...common(manifest, annotationsPath), type: text(value['type']), keys: new Set(keys) }];
}

/** Name and namespace are the SealedSecret's own; its template's are overwritten. */
function fromSealedSecret(manifest: Manifest): ProvidedSecret[] {
  const { value } = manifest;
  const keys = [
    ...keysAt(value, ['spec', 'encryptedData']),
    ...keysAt(value, ['spec', 'template', 'data']),
  ];
  const type = text(valueAt(value, ['spec', 'template', 'type']));
  return [{ ...common(manifest, templateAnnotations('SealedSecret')), type, keys: new Set(keys) }];
}

/** A template of ExternalSecret without data has the keys of the store; so has `dataFrom`. */
function fromExternalSecret(manifest: Manifest): ProvidedSecret[] {
  const { value } = manifest;
  const target = recordAt(value, ['spec', 'target']);
  if (target['creationPolicy'] === 'None') return [];
  const template = target['template'];
  const path = isRecord(template) ? templateAnnotations('ExternalSecret') : OWN_ANNOTATIONS;
  return [
    {
      ...common(manifest, path),
      name: text(target['name']) ?? manifest.resource.name,
      type: text(valueAt(template, ['type'])),
      keys: externalKeys(value),
    },
  ];
}

function externalKeys(value: unknown): ReadonlySet<string> | undefined {
  const template = recordAt(value, ['spec', 'target', 'template']);
  if (template['templateFrom'] !== undefined) return undefined;
  const literal = keysAt(template, ['data']);
  if (literal.length > 0 && template['mergePolicy'] !== 'Merge') return new Set(literal);
  if (valueAt(value, ['spec', 'dataFrom']) !== undefined) return undefined;
  const data = valueAt(value, ['spec', 'data']);
  const named = Array.isArray(data) ? data.flatMap((item) => text(valueAt(item, ['secretKey'])) ?? []) : [];
  return new Set([...literal, ...named]);
}

/** An issuer of ACME leaves ca.crt absent. Source: cert-manager, documentation of Certificate. */
function fromCertificate(manifest: Manifest): ProvidedSecret[] {
  const name = text(valueAt(manifest.value, ['spec', 'secretName']));
  if (name === undefined) return [];
  const own = common(manifest, templateAnnotations('Certificate'));
  return [{ ...own, name, type: 'kubernetes.io/tls', keys: new Set(['tls.crt', 'tls.key', 'ca.crt']) }];
}

const OWN_ANNOTATIONS: Path = ['metadata', 'annotations'];

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

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
