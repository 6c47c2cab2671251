import { dump } from 'js-yaml';
import { isRecord } from '../manifest/is-record.ts';
import { type Manifest, parseManifests, resourceOf } from '../manifest/parse-manifests.ts';
import type { Rendering } from '../preview/preview-session.ts';
import type { LivePair } from '../tanka/diff.ts';

type Value = Manifest['value'];

/** Members of `metadata` that the API server sets by itself, and changes on each write. Source: Kubernetes v1.36, ObjectMeta. */
const SERVER_METADATA = new Set([
  'creationTimestamp',
  'generation',
  'managedFields',
  'resourceVersion',
  'selfLink',
  'uid',
]);
/** What `kubectl apply` keeps of the last manifest: the whole object once more, with the values of a Secret. */
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * The pairs of a diff as two renders, without what the API server notes for itself.
 *
 * @param pairs in any order.
 */
export function liveRenderings(pairs: readonly LivePair[]): {
  readonly before: Rendering;
  readonly after: Rendering;
} {
  const objects = pairs
    .map(({ live, merged }) => ({
      live: live === undefined ? undefined : read(live),
      merged: read(merged),
    }))
    .sort((a, b) => compareTexts(orderOf(a.merged ?? a.live), orderOf(b.merged ?? b.live)));
  return {
    before: toRendering(objects.map(({ live }) => live)),
    after: toRendering(objects.map(({ merged }) => merged)),
  };
}

function read(yaml: string): Value | undefined {
  const [manifest] = parseManifests(yaml);
  return manifest === undefined ? undefined : withoutServerFields(manifest.value);
}

function withoutServerFields(object: Value): Value {
  const { status: _status, ...rest } = object;
  const { metadata } = rest;
  if (!isRecord(metadata)) return rest;
  const kept = Object.fromEntries(
    Object.entries(metadata).filter(([key]) => key !== 'annotations' && !SERVER_METADATA.has(key)),
  );
  const annotations = Object.entries(
    isRecord(metadata['annotations']) ? metadata['annotations'] : {},
  ).filter(([key]) => key !== LAST_APPLIED);
  return {
    ...rest,
    metadata:
      annotations.length === 0 ? kept : { ...kept, annotations: Object.fromEntries(annotations) },
  };
}

/** Cluster-wide objects first, as tk has them before those of namespaces. */
function orderOf(object: Value | undefined): string {
  const {
    namespace = '',
    kind = '',
    name = '',
    apiVersion = '',
  } = object ? resourceOf(object) : {};
  return [namespace, kind, name, apiVersion].join('\0');
}

function compareTexts(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function toRendering(objects: readonly (Value | undefined)[]): Rendering {
  const values = objects.filter((object) => object !== undefined);
  const yaml = values.map(
    (value) =>
      `---\n${dump(value, { lineWidth: -1, noRefs: true, noArrayIndent: true, sortKeys: true })}`,
  );
  return {
    yaml: Buffer.from(yaml.join('')),
    manifests: values.map((value, index) => ({ index, resource: resourceOf(value), value })),
  };
}
