import { FINDING_CODES } from '../../finding/codes.ts';
import type { Finding, Path } from '../../finding/finding.ts';
import { isRecord } from '../../manifest/is-record.ts';
import { looksSecret } from '../../manifest/looks-secret.ts';
import type { Manifest } from '../../manifest/parse-manifests.ts';
import type { UpstreamKind } from '../../sources/upstream.ts';
import { faultOf, keyFault, LABEL_VALUE } from './name-form.ts';

type Metadata = Readonly<Record<string, unknown>>;

/** Finalizers without a domain. Source: k8s.io/kubernetes v1.36.3 pkg/apis/core/helper/helpers.go. */
const STANDARD_FINALIZERS = new Set(['kubernetes', 'orphan', 'foregroundDeletion']);

/** Of keys and values together, in bytes. Source: TotalAnnotationSizeLimitB in k8s.io/apimachinery pkg/api/validation. */
const MOST_ANNOTATIONS = 256 * 1024;

/** Collects what is wrong with one metadata object. */
export class KeyFindings {
  readonly found: Finding[] = [];
  readonly #manifest: Manifest;

  constructor(manifest: Manifest) {
    this.#manifest = manifest;
  }

  /**
   * The keys and values of labels and the keys of annotations.
   *
   * @param path where the metadata stands.
   */
  addLabelsAndAnnotations(metadata: Metadata, path: Path): void {
    const { labels, annotations } = metadata;
    if (isRecord(labels)) for (const key in labels) this.#addLabel(labels, key, path);
    if (!isRecord(annotations)) return;
    let size = 0;
    for (const key in annotations) {
      // The letters of an annotation key may be large.
      const fault = keyFault(key) === undefined ? undefined : keyFault(key.toLowerCase());
      if (fault !== undefined)
        this.#add(
          `the annotation key ${JSON.stringify(key)} ${fault}`,
          [...path, 'annotations', key],
          'key',
        );
      const value = annotations[key];
      size += key.length + (typeof value === 'string' ? value.length : 0);
    }
    // No more than three bytes a code unit: only near the limit the bytes are counted.
    if (size * 3 > MOST_ANNOTATIONS) this.#addSize(annotations, [...path, 'annotations']);
  }

  /** The finalizers; those of Kubernetes' own kinds need a domain. */
  addFinalizers({ finalizers }: Metadata, kind: UpstreamKind): void {
    if (!Array.isArray(finalizers)) return;
    finalizers.forEach((name: unknown, index) => {
      if (typeof name !== 'string') return;
      const fault = keyFault(name) ?? (kind.dialect === 'crd' ? undefined : lacksDomain(name));
      if (fault !== undefined)
        this.#add(
          `the finalizer ${JSON.stringify(name)} ${fault}`,
          ['metadata', 'finalizers', index],
          'value',
          name,
        );
    });
    if (finalizers.includes('orphan') && finalizers.includes('foregroundDeletion'))
      this.#add(
        'the finalizers orphan and foregroundDeletion exclude each other',
        ['metadata', 'finalizers'],
        'value',
      );
  }

  /** The owners, of which an empty name or uid refers to nothing, and one may be the controller. */
  addOwners({ ownerReferences }: Metadata): void {
    if (!Array.isArray(ownerReferences)) return;
    let controllers = 0;
    ownerReferences.forEach((owner: unknown, index) => {
      if (!isRecord(owner)) return;
      for (const field of ['apiVersion', 'kind', 'name', 'uid'])
        if (owner[field] === '')
          this.#add(
            `the ${field} of the owner is empty`,
            ['metadata', 'ownerReferences', index, field],
            'value',
            '',
          );
      if (owner['controller'] !== true) return;
      controllers += 1;
      if (controllers === 2)
        this.#add(
          'more than one owner is the controller',
          ['metadata', 'ownerReferences', index, 'controller'],
          'value',
          true,
        );
    });
  }

  #addLabel(labels: Metadata, key: string, path: Path): void {
    const fault = keyFault(key);
    const value = labels[key];
    const wrong = typeof value === 'string' ? faultOf(value, LABEL_VALUE) : undefined;
    if (fault === undefined && wrong === undefined) return;
    const at = [...path, 'labels', key];
    if (fault !== undefined) this.#add(`the label key ${JSON.stringify(key)} ${fault}`, at, 'key');
    if (typeof value !== 'string' || wrong === undefined) return;
    const isShown = !looksSecret(value);
    const shown = isShown ? JSON.stringify(value) : 'with what may be a credential';
    this.#add(`the label value ${shown} ${wrong}`, at, 'value', isShown ? value : undefined);
  }

  #addSize(annotations: Metadata, path: Path): void {
    const size = Object.entries(annotations)
      .flat()
      .reduce<number>((sum, text) => sum + Buffer.byteLength(String(text)), 0);
    if (size > MOST_ANNOTATIONS)
      this.#add(
        `the annotations have ${size} bytes, of which ${MOST_ANNOTATIONS} are allowed`,
        path,
        'value',
      );
  }

  #add(message: string, path: Path, fault: 'key' | 'value', value?: unknown): void {
    this.found.push({
      code: 'manifest/metadata',
      severity: FINDING_CODES['manifest/metadata'].severity,
      message,
      resource: this.#manifest.resource,
      path,
      fault,
      ...(value !== undefined && { value }),
    });
  }
}

function lacksDomain(finalizer: string): string | undefined {
  if (finalizer.includes('/') || STANDARD_FINALIZERS.has(finalizer)) return undefined;
  return 'has no domain, as in example.com/name';
}
