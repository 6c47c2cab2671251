import type { Path } from '../../finding/finding.ts';
import { isRecord } from '../../manifest/is-record.ts';
import type { Manifest } from '../../manifest/parse-manifests.ts';
import { valueAt } from '../../manifest/secret-fields.ts';
import { podTemplatePath } from '../pod-template.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A Pod, or the template from which an object makes Pods. */
export interface PodSource {
  /** The Pod, or the object with the template. */
  readonly manifest: Manifest;
  /** The namespace of the Pods; the empty string when the object names none. */
  readonly namespace: string;
  /** Where the template stands; empty for a Pod. `metadata` and `spec` stand below it. */
  readonly path: Path;
  readonly labels: Fields;
  readonly annotations: Fields;
  readonly spec: Fields;
  /** Containers, init containers and ephemeral containers, in that order. */
  readonly containers: readonly Container[];
  /** `default` when the Pod names none. */
  readonly serviceAccountName: string;
}

/** A container of a Pod. */
export interface Container {
  /** Where it stands in the manifest. */
  readonly path: Path;
  readonly value: Fields;
}

const CONTAINER_FIELDS = ['containers', 'initContainers', 'ephemeralContainers'] as const;

/** The Pods of an environment. */
export class Pods {
  readonly all: readonly PodSource[];
  #byLabel: ReadonlyMap<string, readonly PodSource[]> | undefined;

  constructor(manifests: readonly Manifest[]) {
    this.all = manifests.flatMap(podSource);
  }

  /** See `RenderedObjects.podsMatching`. */
  matching(selector: Fields, namespace: string | undefined): PodSource[] {
    const wanted = Object.entries(selector);
    return this.#candidates(wanted).filter(
      (pod) =>
        (namespace === undefined || pod.namespace === namespace) &&
        wanted.every(([key, value]) => Object.hasOwn(pod.labels, key) && pod.labels[key] === value),
    );
  }

  /** Those that have the rarest of the labels. */
  #candidates(wanted: readonly (readonly [string, unknown])[]): readonly PodSource[] {
    const byLabel = (this.#byLabel ??= indexed(this.all));
    return wanted
      .map((label) => byLabel.get(labelKey(label)) ?? [])
      .reduce((best, some) => (some.length < best.length ? some : best), this.all);
  }
}

function indexed(pods: readonly PodSource[]): ReadonlyMap<string, readonly PodSource[]> {
  const byLabel = new Map<string, PodSource[]>();
  for (const pod of pods) {
    for (const label of Object.entries(pod.labels)) {
      const same = byLabel.get(labelKey(label));
      if (same === undefined) byLabel.set(labelKey(label), [pod]);
      else same.push(pod);
    }
  }
  return byLabel;
}

function labelKey([key, value]: readonly [string, unknown]): string {
  return `${key}=${String(value)}`;
}

function podSource(manifest: Manifest): PodSource[] {
  const path = podTemplatePath(manifest.value);
  if (path === undefined) return [];
  const spec = valueAt(manifest.value, [...path, 'spec']);
  if (!isRecord(spec)) return [];
  const name = spec['serviceAccountName'] ?? spec['serviceAccount'];
  return [
    {
      manifest,
      namespace: manifest.resource.namespace ?? '',
      path,
      labels: recordAt(manifest.value, [...path, 'metadata', 'labels']),
      annotations: recordAt(manifest.value, [...path, 'metadata', 'annotations']),
      spec,
      containers: CONTAINER_FIELDS.flatMap((field) =>
        containersOf(spec[field], [...path, 'spec', field]),
      ),
      serviceAccountName: typeof name === 'string' && name !== '' ? name : 'default',
    },
  ];
}

function containersOf(list: unknown, path: Path): Container[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((value: unknown, index) =>
    isRecord(value) ? [{ path: [...path, index], value }] : [],
  );
}

/** The object at a place; an empty one when there is none. */
export function recordAt(value: unknown, path: Path): Fields {
  const found = valueAt(value, path);
  return isRecord(found) ? found : {};
}
