import type { Finding, Path } from '../../finding/finding.ts';
import { isRecord } from '../../manifest/is-record.ts';
import type { Manifest } from '../../manifest/parse-manifests.ts';
import { valueAt } from '../../manifest/secret-fields.ts';
import type { UpstreamKind } from '../../sources/upstream.ts';
import { podTemplatePath } from '../pod-template.ts';
import { KeyFindings } from './key-findings.ts';
import { objectNameFindings } from './object-name-findings.ts';
import { serverFieldFindings } from './server-field-findings.ts';

const ROOT: Path = ['metadata'];

/**
 * Holds the metadata of an object to what the API server asks of it beyond the schema: names, keys and values of
 * labels, keys of annotations, finalizers, owners; and finds what only the API server may write. The labels and
 * annotations of a Pod template are checked by it too.
 *
 * Sources: ValidateObjectMeta in k8s.io/apimachinery v0.36.3 pkg/api/validation/objectmeta.go, ValidatePodTemplateSpec
 * in k8s.io/kubernetes v1.36.3 pkg/apis/core/validation/validation.go.
 */
export function metadataFindings(manifest: Manifest, kind: UpstreamKind): Finding[] {
  const { metadata = {} } = manifest.value;
  // Another type is the schema's finding.
  if (!isRecord(metadata ?? {})) return [];
  const own = (metadata ?? {}) as Readonly<Record<string, unknown>>;
  const keys = new KeyFindings(manifest);
  keys.addLabelsAndAnnotations(own, ROOT);
  keys.addFinalizers(own, kind);
  keys.addOwners(own);
  const template = kind.dialect === 'crd' ? undefined : podTemplatePath(manifest.value);
  if (template !== undefined && template.length > 0) {
    const path = [...template, 'metadata'];
    const inner = valueAt(manifest.value, path);
    if (isRecord(inner)) keys.addLabelsAndAnnotations(inner, path);
  }
  return [
    ...objectNameFindings(manifest, kind, own),
    ...keys.found,
    ...serverFieldFindings(manifest, kind, own),
  ];
}
