import { isRecord } from '../manifest/is-record.ts';
import type { Path } from '../finding/finding.ts';
import { valueAt } from '../manifest/secret-fields.ts';

/** Metadata that a controller reads: an object's own, or that of what is made from it. */
export interface MetadataPlace {
  /** Where it stands in the manifest; ends in the metadata object. */
  readonly path: Path;
  /** The kind of object that has, or will have, this metadata. */
  readonly kind: string;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** Where the metadata of a Pod stands in the kinds that make Pods. Source: the Kubernetes API, PodTemplateSpec. */
const POD_TEMPLATES: ReadonlyMap<string, Path> = new Map(
  Object.entries({
    CronJob: ['spec', 'jobTemplate', 'spec', 'template', 'metadata'],
    DaemonSet: ['spec', 'template', 'metadata'],
    Deployment: ['spec', 'template', 'metadata'],
    Job: ['spec', 'template', 'metadata'],
    PodTemplate: ['template', 'metadata'],
    ReplicaSet: ['spec', 'template', 'metadata'],
    ReplicationController: ['spec', 'template', 'metadata'],
    StatefulSet: ['spec', 'template', 'metadata'],
  }),
);

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

/** Where the metadata of a Job stands in a CronJob. */
const JOB_TEMPLATE: Path = ['spec', 'jobTemplate', 'metadata'];

/**
 * The places of a manifest whose annotations and labels a controller may read.
 *
 * @returns the object's own metadata first.
 */
export function metadataPlaces(manifest: Readonly<Record<string, unknown>>): MetadataPlace[] {
  const kind = String(manifest['kind']);
  const candidates: [Path | undefined, string][] = [
    [['metadata'], kind],
    [kind === 'CronJob' ? JOB_TEMPLATE : undefined, 'Job'],
    [POD_TEMPLATES.get(kind), 'Pod'],
    [SECRET_TEMPLATES.get(kind), 'Secret'],
  ];
  return candidates.flatMap(([path, describes]) => {
    const metadata = path && valueAt(manifest, path);
    return path && isRecord(metadata) ? [{ path, kind: describes, metadata }] : [];
  });
}
