import { recordAt } from '../../rendered/pods.ts';
import type { Reflected } from '../../rendered/reflection-sources.ts';
import type { RenderedObjects } from '../../rendered/rendered-objects.ts';
import { configMapsByName } from '../../rendered/provided-config-maps.ts';

/** A Secret or ConfigMap that a mirror can name. */
export interface MirrorSource {
  readonly namespace: string;
  readonly annotations: Readonly<Record<string, unknown>>;
  readonly isEverywhere?: true;
}

/** The source that a mirror names; undefined for what is no mirror, or does not say NAMESPACE/NAME. */
export function sourceOf({
  reflects,
}: Reflected): { readonly namespace: string; readonly name: string } | undefined {
  const [, namespace, name] = /^([^/]+)\/([^/]+)$/.exec(reflects?.trim() ?? '') ?? [];
  return namespace === undefined || name === undefined ? undefined : { namespace, name };
}

/** The rendered objects of that name, in any namespace. */
export function sourcesNamed(
  objects: RenderedObjects,
  kind: Reflected['kind'],
  name: string,
): readonly MirrorSource[] {
  if (kind === 'Secret') return objects.secrets.named(name);
  return (configMapsByName(objects).get(name) ?? []).map(({ namespace, manifest }) => ({
    namespace,
    annotations: recordAt(manifest.value, ['metadata', 'annotations']),
  }));
}
