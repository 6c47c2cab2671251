import type { Manifest } from '../../manifest/parse-manifests.ts';
import { Pods, type PodSource } from './pods.ts';
import { ProvidedSecrets } from './provided-secrets.ts';

/** What rules need to know that no manifest says. */
export interface RuleSettings {
  /** In which namespace the workload of a gateway runs, by its labels; the first that matches counts. */
  readonly gateways: readonly GatewayWorkload[];
}

/** Where a gateway's Pods run that the environment does not render. */
export interface GatewayWorkload {
  /** Labels of its Pods. */
  readonly selector: Readonly<Record<string, string>>;
  readonly namespace: string;
}

/** How an object is named by another: without a namespace it is cluster-scoped. */
export interface ObjectName {
  readonly namespace?: string | undefined;
  readonly name: string;
}

/** The group of an apiVersion: `apps` of `apps/v1`, the empty string of `v1`. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash === -1 ? '' : apiVersion.slice(0, slash);
}

/**
 * All objects that one environment renders, as rules look at them: by group and kind, by name, and by what they make.
 * What is costly to know is computed when the first rule asks.
 */
export class RenderedObjects {
  /** In the order in which they were rendered. */
  readonly manifests: readonly Manifest[];
  readonly settings: RuleSettings;
  readonly #byKind = new Map<string, Manifest[]>();
  readonly #byName = new Map<string, Manifest>();
  #pods: Pods | undefined;
  #secrets: ProvidedSecrets | undefined;
  #namespaces: ReadonlySet<string> | undefined;

  constructor(manifests: readonly Manifest[], settings: RuleSettings = { gateways: [] }) {
    this.manifests = manifests;
    this.settings = settings;
    for (const manifest of manifests) this.#add(manifest);
  }

  #add(manifest: Manifest): void {
    const { apiVersion, kind, namespace, name } = manifest.resource;
    const type = `${groupOf(apiVersion)}/${kind}`;
    const same = this.#byKind.get(type);
    if (same === undefined) this.#byKind.set(type, [manifest]);
    else same.push(manifest);
    this.#byName.set(`${type}/${namespace ?? ''}/${name}`, manifest);
  }

  /**
   * @param group such as `apps`; the empty string for the core group. Every version of it counts.
   * @returns the objects of that kind, in the order in which they were rendered.
   */
  of(group: string, kind: string): readonly Manifest[] {
    return this.#byKind.get(`${group}/${kind}`) ?? [];
  }

  /** The object of that name; the last one when it is rendered twice. */
  find(group: string, kind: string, { namespace, name }: ObjectName): Manifest | undefined {
    return this.#byName.get(`${group}/${kind}/${namespace ?? ''}/${name}`);
  }

  /** The Pods and templates of Pods, of Kubernetes' own kinds and of custom kinds that have a Deployment's shape. */
  get pods(): readonly PodSource[] {
    this.#pods ??= new Pods(this.manifests);
    return this.#pods.all;
  }

  /** The Pods whose labels have all of `selector`; with `namespace`, those of that namespace. */
  podsMatching(selector: Readonly<Record<string, unknown>>, namespace?: string): PodSource[] {
    this.#pods ??= new Pods(this.manifests);
    return this.#pods.matching(selector, namespace);
  }

  /** The Secrets that will be there: rendered, or made from what is rendered. */
  get secrets(): ProvidedSecrets {
    this.#secrets ??= new ProvidedSecrets(this);
    return this.#secrets;
  }

  /** The names of all Namespaces that are rendered or that a rendered object is in. */
  get namespaces(): ReadonlySet<string> {
    this.#namespaces ??= new Set([
      ...this.of('', 'Namespace').map(({ resource }) => resource.name),
      ...this.manifests.flatMap(({ resource }) => resource.namespace ?? []),
    ]);
    return this.#namespaces;
  }
}
