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

const CONTAINER_LISTS = ['containers', 'initContainers', 'ephemeralContainers'] as const;

/** Where a container stands in the spec of a Pod. */
export type ContainerList = (typeof CONTAINER_LISTS)[number];

/** A container of a Pod. */
export class Container {
  readonly list: ContainerList;
  /** Among all items of the list. */
  readonly index: number;
  readonly value: Fields;
  readonly #template: Path;

  constructor(template: Path, list: ContainerList, { index, value }: Item) {
    this.#template = template;
    this.list = list;
    this.index = index;
    this.value = value;
  }

  /** Where it stands in the manifest. */
  get path(): Path {
    return [...this.#template, 'spec', this.list, this.index];
  }
}

interface Item {
  readonly index: number;
  readonly value: Fields;
}

/** The Pods of an environment. */
export class Pods {
  readonly all: readonly PodSource[];
  #byLabel: ReadonlyMap<string, readonly PodSource[]> | undefined;

  constructor(manifests: readonly Manifest[]) {
    const all: PodSource[] = [];
    for (const manifest of manifests) {
      const pod = podSource(manifest);
      if (pod !== undefined) all.push(pod);
    }
    this.all = all;
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
  // What is no text is wrong, and an object may have a member that hides toString.
  return `${key}=${typeof value === 'string' ? value : typeof value}`;
}

function podSource(manifest: Manifest): PodSource | undefined {
  const path = podTemplatePath(manifest.value);
  const template = path && valueAt(manifest.value, path);
  if (path === undefined || !isRecord(template)) return undefined;
  const { spec } = template;
  if (!isRecord(spec)) return undefined;
  const name = spec['serviceAccountName'] ?? spec['serviceAccount'];
  const metadata = recordOf(template['metadata']);
  return {
    manifest,
    namespace: manifest.resource.namespace ?? '',
    path,
    labels: recordOf(metadata['labels']),
    annotations: recordOf(metadata['annotations']),
    spec,
    containers: containersOf(spec, path),
    serviceAccountName: typeof name === 'string' && name !== '' ? name : 'default',
  };
}

function containersOf(spec: Fields, template: Path): Container[] {
  const containers: Container[] = [];
  for (const list of CONTAINER_LISTS) {
    const items = spec[list];
    if (!Array.isArray(items)) continue;
    for (let index = 0; index < items.length; index++) {
      const value: unknown = items[index];
      if (isRecord(value)) containers.push(new Container(template, list, { index, value }));
    }
  }
  return containers;
}

/** The object at a place; an empty one when there is none. */
export function recordAt(value: unknown, path: Path): Fields {
  return recordOf(valueAt(value, path));
}

/** The value when it is an object with members; an empty one otherwise. */
export function recordOf(value: unknown): Fields {
  return isRecord(value) ? value : NOTHING;
}

const NOTHING: Fields = {};
