import type { Manifest } from '../../manifest/parse-manifests.ts';
import { oncePer } from './once-per.ts';
import { recordAt } from './pods.ts';
import { isMirroredTo, readReflection } from './reflection.ts';
import type { RenderedObjects } from './rendered-objects.ts';
import { REFLECTS } from './secret-makers.ts';

/** A ConfigMap that is rendered. */
export interface ProvidedConfigMap {
  readonly manifest: Manifest;
  /** The empty string when the object names none. */
  readonly namespace: string;
  /** The keys of its data; undefined when a controller fills it. */
  readonly keys: ReadonlySet<string> | undefined;
  readonly annotations: Readonly<Record<string, unknown>>;
}

/** The rendered ConfigMaps by name. */
export const configMapsByName: (
  objects: RenderedObjects,
) => ReadonlyMap<string, readonly ProvidedConfigMap[]> = oncePer((objects) => {
  const byName = new Map<string, ProvidedConfigMap[]>();
  for (const manifest of objects.of('', 'ConfigMap')) {
    const { name } = manifest.resource;
    const same = byName.get(name);
    if (same === undefined) byName.set(name, [provided(manifest)]);
    else same.push(provided(manifest));
  }
  return byName;
});

function provided(manifest: Manifest): ProvidedConfigMap {
  const { value, resource } = manifest;
  const annotations = recordAt(value, ['metadata', 'annotations']);
  const keys = [recordAt(value, ['data']), recordAt(value, ['binaryData'])].flatMap(Object.keys);
  return {
    manifest,
    namespace: resource.namespace ?? '',
    keys: Object.hasOwn(annotations, REFLECTS) ? undefined : new Set(keys),
    annotations,
  };
}

const reflectionOf = oncePer((configMap: ProvidedConfigMap) =>
  readReflection(configMap.annotations),
);

/** Whether a ConfigMap of that name will be in the namespace: rendered there, or copied there by Reflector. */
export function reaches(configMap: ProvidedConfigMap, namespace: string): boolean {
  return (
    configMap.namespace === namespace ||
    isMirroredTo(reflectionOf(configMap), { own: configMap.namespace, namespace })
  );
}

/** ConfigMaps that every namespace has: of Kubernetes, OpenShift and Istio. */
const EVERYWHERE = new Set(['kube-root-ca.crt', 'openshift-service-ca.crt', 'istio-ca-root-cert']);

/** Whether a ConfigMap of that name is in every namespace: always, or made from a rendered Bundle of trust-manager. */
export function isInEveryNamespace(objects: RenderedObjects, name: string): boolean {
  return EVERYWHERE.has(name) || bundleNames(objects).has(name);
}

const bundleNames = oncePer(
  (objects: RenderedObjects): ReadonlySet<string> =>
    new Set(objects.of('trust.cert-manager.io', 'Bundle').map(({ resource }) => resource.name)),
);
