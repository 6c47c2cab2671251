import type { FindingCode } from '../../../../finding/codes.ts';
import type { Manifest } from '../../../../manifest/parse-manifests.ts';
import {
  type Container,
  type ContainerList,
  type PodSource,
  recordOf,
} from '../../../rendered/pods.ts';
import { groupOf, type RenderedObjects } from '../../../rendered/rendered-objects.ts';
import type { Rule, RuleFinding } from '../../rule.ts';
import { closeLook, type Scope } from './close-look.ts';
import { Place } from './place.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A Pod, or a template of Pods, that the API server itself checks. Its places are made when a rule asks: most are right. */
export class OwnPod {
  readonly source: PodSource;
  readonly kind: string;
  /** The members of the spec. */
  readonly fields: Fields;
  readonly containers: readonly OwnContainer[];
  private template: Place | undefined;

  constructor(source: PodSource) {
    this.source = source;
    this.kind = source.manifest.resource.kind;
    this.fields = source.spec;
    this.containers = source.containers.map((container) => new OwnContainer(this, container));
  }

  get metadata(): Place {
    return this.#at('metadata');
  }

  get spec(): Place {
    return this.#at('spec');
  }

  #at(step: string): Place {
    this.template ??= Place.of(this.source.manifest, this.source.path);
    return this.template.at(step);
  }
}

/** A container of such a Pod. */
export class OwnContainer {
  readonly pod: OwnPod;
  readonly list: ContainerList;
  /** Its members. */
  readonly fields: Fields;
  private readonly index: number;

  constructor(pod: OwnPod, { list, index, value }: Container) {
    this.pod = pod;
    this.list = list;
    this.fields = value;
    this.index = index;
  }

  get place(): Place {
    return this.pod.spec.at(this.list).at(this.index);
  }
}

/** The groups of Kubernetes whose kinds have Pods; a custom kind is checked by its controller. */
const GROUPS = new Set(['', 'apps', 'batch']);

const known = new WeakMap<RenderedObjects, readonly OwnPod[]>();

/** The Pods and templates of Kubernetes' own kinds. */
export function ownPods(objects: RenderedObjects): readonly OwnPod[] {
  let pods = known.get(objects);
  if (pods === undefined) {
    pods = objects.pods.filter(isOwn).map((source) => new OwnPod(source));
    known.set(objects, pods);
  }
  return pods;
}

function isOwn({ manifest }: PodSource): boolean {
  return GROUPS.has(groupOf(manifest.resource.apiVersion));
}

/** A rule that looks at one Pod at a time. */
export function podRule(
  code: FindingCode,
  check: (pod: OwnPod) => Iterable<RuleFinding>,
  scope: Scope<OwnPod> = {},
): Rule {
  const look = closeLook(scope, check);
  return {
    code,
    check(objects) {
      const found: RuleFinding[] = [];
      for (const pod of ownPods(objects)) look(pod, found);
      return found;
    },
  };
}

/** A rule that looks at one container at a time. */
export function containerRule(
  code: FindingCode,
  check: (container: OwnContainer) => Iterable<RuleFinding>,
  scope: Scope<OwnContainer> = {},
): Rule {
  const look = closeLook(scope, check);
  return {
    code,
    check(objects) {
      const found: RuleFinding[] = [];
      for (const pod of ownPods(objects))
        for (const container of pod.containers) look(container, found);
      return found;
    },
  };
}

/** An object of a kind that a rule is about. */
interface OwnObject {
  readonly manifest: Manifest;
  /** Its members. */
  readonly fields: Fields;
  /** The members of its spec. */
  readonly spec: Fields;
  readonly objects: RenderedObjects;
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
  scope: Scope<OwnObject> = {},
): Rule {
  const look = closeLook(scope, ({ manifest, objects }) => check(Place.of(manifest), objects));
  return {
    code,
    check(objects) {
      const found: RuleFinding[] = [];
      for (const name of kinds) {
        const [group = '', kind = ''] = name.split('/');
        for (const manifest of objects.of(group, kind)) {
          const fields = manifest.value;
          look({ manifest, fields, spec: recordOf(fields['spec']), objects }, found);
        }
      }
      return found;
    },
  };
}
