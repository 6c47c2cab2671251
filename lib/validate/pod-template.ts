import type { Path } from '../finding/finding.ts';
import { isRecord } from '../manifest/is-record.ts';
import { valueAt } from '../manifest/secret-fields.ts';

/**
 * Where the template of Pods stands in the kinds that make Pods; empty for a Pod itself.
 * Source: the Kubernetes API, PodTemplateSpec.
 */
const POD_TEMPLATES: ReadonlyMap<string, Path> = new Map(
  Object.entries({
    CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
    DaemonSet: ['spec', 'template'],
    Deployment: ['spec', 'template'],
    Job: ['spec', 'template'],
    Pod: [],
    PodTemplate: ['template'],
    ReplicaSet: ['spec', 'template'],
    ReplicationController: ['spec', 'template'],
    StatefulSet: ['spec', 'template'],
  }),
);

/** Whether an object of this kind of Kubernetes itself makes Pods. */
export function makesPods(kind: string): boolean {
  return kind !== 'Pod' && POD_TEMPLATES.has(kind);
}

/**
 * Where the template of the Pods that an object makes stands in it. Custom kinds that make Pods, such as Rollout of
 * Argo and Service of Knative, have a Deployment's shape.
 *
 * @returns empty for a Pod; undefined for an object that makes none.
 */
export function podTemplatePath(manifest: Readonly<Record<string, unknown>>): Path | undefined {
  const known = POD_TEMPLATES.get(String(manifest['kind']));
  if (known !== undefined) return known;
  const { spec } = manifest;
  // Every object comes by here, and few have a template.
  if (!isRecord(spec) || spec['template'] === undefined) return undefined;
  const containers = valueAt(spec['template'], ['spec', 'containers']);
  return Array.isArray(containers) ? ['spec', 'template'] : undefined;
}
