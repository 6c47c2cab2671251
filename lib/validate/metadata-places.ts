import { isRecord } from '../manifest/is-record.ts';
import type { Path } from '../finding/finding.ts';
import { valueAt } from '../manifest/secret-fields.ts';
import { podTemplatePath } from './pod-template.ts';

/** Metadata that a controller reads: an object's own, or that of what is made from it. */
export interface MetadataPlace {
  /** Where it stands in the manifest; ends in the metadata object. */
  readonly path: Path;
  /** The kinds of objects that have, or will have, this metadata; the one that it is written for first. */
  readonly kinds: readonly [string, ...string[]];
  readonly metadata: Readonly<Record<string, unknown>>;
}

/**
 * Where the metadata of a Secret stands in the kinds from which a controller makes one.
 * Sources: the CRDs of sealed-secrets, cert-manager and external-secrets.
 */
export const SECRET_TEMPLATES: ReadonlyMap<string, Path> = new Map(
  Object.entries({
    Certificate: ['spec', 'secretTemplate'],
    ClusterExternalSecret: ['spec', 'externalSecretSpec', 'target', 'template', 'metadata'],
    ExternalSecret: ['spec', 'target', 'template', 'metadata'],
    SealedSecret: ['spec', 'template', 'metadata'],
  }),
);

/**
 * Where the metadata stands that External Secrets gives to a Secret without a template.
 * Source: external-secrets v2.9.0 pkg/controllers/externalsecret/externalsecret_controller_template.go, setMetadata.
 */
const COPIED_TO_SECRETS: ReadonlyMap<string, Path> = new Map(
  Object.entries({
    ClusterExternalSecret: ['spec', 'externalSecretMetadata'],
    ExternalSecret: ['metadata'],
  }),
);

/** Where the metadata of a Job stands in a CronJob. */
const JOB_TEMPLATE: Path = ['spec', 'jobTemplate', 'metadata'];

/**
 * The places of a manifest whose annotations and labels a controller may read.
 *
 * @returns the object's own metadata first.
 */
export function metadataPlaces(manifest: Readonly<Record<string, unknown>>): MetadataPlace[] {
  const kind = String(manifest['kind']);
  const places: MetadataPlace[] = [];
  const add = (path: Path | undefined, kinds: MetadataPlace['kinds']): void => {
    const metadata = path && valueAt(manifest, path);
    if (path && isRecord(metadata)) places.push({ path, kinds, metadata });
  };
  const copied = copiedToSecret(manifest, kind);
  const isOwnCopied = copied?.length === 1;
  add(OWN, isOwnCopied ? [kind, 'Secret'] : [kind]);
  if (!isOwnCopied) add(copied, COPIED);
  if (kind === 'CronJob') add(JOB_TEMPLATE, JOB);
  add(podMetadata(manifest), POD);
  add(SECRET_TEMPLATES.get(kind), SECRET);
  return places;
}

const OWN: Path = ['metadata'];
const COPIED: MetadataPlace['kinds'] = ['ExternalSecret', 'Secret'];
const JOB: MetadataPlace['kinds'] = ['Job'];
const POD: MetadataPlace['kinds'] = ['Pod'];
const SECRET: MetadataPlace['kinds'] = ['Secret'];

/** Where the metadata stands that the Secret gets because the manifest has no template for it. */
function copiedToSecret(
  manifest: Readonly<Record<string, unknown>>,
  kind: string,
): Path | undefined {
  const copied = COPIED_TO_SECRETS.get(kind);
  if (copied === undefined) return undefined;
  const template = SECRET_TEMPLATES.get(kind)?.slice(0, -1);
  const hasTemplate = template !== undefined && isRecord(valueAt(manifest, template));
  return hasTemplate ? undefined : copied;
}

/** Undefined for a Pod too, whose metadata is its own. */
function podMetadata(manifest: Readonly<Record<string, unknown>>): Path | undefined {
  const template = podTemplatePath(manifest);
  return template === undefined || template.length === 0 ? undefined : [...template, 'metadata'];
}
