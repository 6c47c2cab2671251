import type { FindingCode } from '../../../../finding/codes.ts';
import type { PodSource } from '../../../rendered/pods.ts';
import { groupOf, type RenderedObjects } from '../../../rendered/rendered-objects.ts';
import type { Rule, RuleFinding } from '../../rule.ts';
import { Place } from './place.ts';

/** A Pod, or a template of Pods, that the API server itself checks. */
export interface OwnPod {
  readonly source: PodSource;
  readonly kind: string;
  readonly metadata: Place;
  readonly spec: Place;
  readonly containers: readonly OwnContainer[];
}

/** A container of such a Pod. */
export interface OwnContainer {
  readonly place: Place;
  readonly list: ContainerList;
}

/** Where a container stands in the spec of a Pod. */
type ContainerList = 'containers' | 'initContainers' | 'ephemeralContainers';

/** The groups of Kubernetes whose kinds have Pods; a custom kind is checked by its controller. */
const GROUPS = new Set(['', 'apps', 'batch']);

const known = new WeakMap<RenderedObjects, readonly OwnPod[]>();

/** The Pods and templates of Kubernetes' own kinds. */
export function ownPods(objects: RenderedObjects): readonly OwnPod[] {
  let pods = known.get(objects);
  if (pods === undefined) {
    pods = objects.pods.filter(isOwn).map(toOwnPod);
    known.set(objects, pods);
  }
  return pods;
}

function isOwn({ manifest }: PodSource): boolean {
  return GROUPS.has(groupOf(manifest.resource.apiVersion));
}

function toOwnPod(source: PodSource): OwnPod {
  const { manifest, path } = source;
  const template = Place.of(manifest, path);
  const spec = template.at('spec');
  const lists = ['containers', 'initContainers', 'ephemeralContainers'] as const;
  return {
    source,
    kind: manifest.resource.kind,
    metadata: template.at('metadata'),
    spec,
    containers: lists.flatMap((list) => spec.at(list).items.map((place) => ({ place, list }))),
  };
}

/**
 * A rule that looks at one Pod at a time.
 *
 * @param about fields of the spec; a Pod with none of them is passed over. Without it, every Pod is looked at.
 */
export function podRule(
  code: FindingCode,
  check: (pod: OwnPod, objects: RenderedObjects) => Iterable<RuleFinding>,
  about?: readonly string[],
): Rule {
  return {
    code,
    *check(objects) {
      for (const pod of ownPods(objects)) if (hasAny(pod.spec, about)) yield* check(pod, objects);
    },
  };
}

/**
 * A rule that looks at one container at a time.
 *
 * @param about fields of the container; one with none of them is passed over.
 */
export function containerRule(
  code: FindingCode,
  check: (container: OwnContainer, pod: OwnPod) => Iterable<RuleFinding>,
  about?: readonly string[],
): Rule {
  return {
    code,
    *check(objects) {
      for (const pod of ownPods(objects))
        for (const container of pod.containers)
          if (hasAny(container.place, about)) yield* check(container, pod);
    },
  };
}

/** Cheap, since most Pods have few of the fields that there are rules for. */
function hasAny({ fields }: Place, about: readonly string[] | undefined): boolean {
  return about === undefined || about.some((field) => fields[field] !== undefined);
}

/**
 * A rule that looks at one object at a time.
 *
 * @param kinds as `GROUP/KIND`; the core group is empty.
 */
export function kindRule(
  code: FindingCode,
  kinds: readonly string[],
  check: (object: Place, objects: RenderedObjects) => Iterable<RuleFinding>,
): Rule {
  return {
    code,
    *check(objects) {
      for (const name of kinds) {
        const [group = '', kind = ''] = name.split('/');
        for (const manifest of objects.of(group, kind)) yield* check(Place.of(manifest), objects);
      }
    },
  };
}
