import type { Manifest } from '../../manifest/parse-manifests.ts';
import { isHostWithin } from './host-names.ts';
import { ISTIO } from './istio-servers.ts';
import { serviceName } from './istio-services.ts';
import { objectsAt, textOf, type Fields, type Item } from './items.ts';
import { remembered } from './remembered.ts';
import { recordAt } from './pods.ts';
import type { RenderedObjects } from './rendered-objects.ts';

/** A DestinationRule of Istio. */
export interface DestinationRule {
  readonly manifest: Manifest;
  /** The empty string when the object names none. */
  readonly namespace: string;
  readonly host: string;
  readonly subsets: readonly Subset[];
}

/** A subset of the Pods of a Service. */
export interface Subset extends Item<Fields> {
  readonly name: string | undefined;
  readonly labels: Fields;
}

/** All DestinationRules, in their order. */
export const destinationRules: (objects: RenderedObjects) => readonly DestinationRule[] =
  remembered((objects: RenderedObjects) =>
    objects.of(ISTIO, 'DestinationRule').map((manifest) => ({
      manifest,
      namespace: manifest.resource.namespace ?? '',
      host: textOf(recordAt(manifest.value, ['spec'])['host']) ?? '',
      subsets: objectsAt(manifest.value, ['spec', 'subsets']).map((item) => ({
        ...item,
        name: textOf(item.value['name']),
        labels: recordAt(item.value, ['labels']),
      })),
    })),
  );

/**
 * Those for the host of a destination.
 *
 * @param own the namespace of the VirtualService, in which a name without dots is looked for.
 */
export function destinationRulesOf(
  objects: RenderedObjects,
  host: string,
  own: string,
): DestinationRule[] {
  const wanted = qualified(host, own);
  const { exact, wildcard } = byHost(objects);
  return [
    ...(exact.get(wanted) ?? []),
    ...wildcard.filter((rule) => isHostWithin(wanted, rule.host)),
  ];
}

const byHost = remembered((objects: RenderedObjects) => {
  const exact = new Map<string, DestinationRule[]>();
  for (const rule of destinationRules(objects)) {
    const host = qualified(rule.host, rule.namespace);
    const same = exact.get(host);
    if (same === undefined) exact.set(host, [rule]);
    else same.push(rule);
  }
  const wildcard = destinationRules(objects).filter(({ host }) => host.startsWith('*'));
  return { exact, wildcard };
});

function qualified(host: string, own: string): string {
  const service = serviceName(host, own);
  if (service === undefined) return host;
  return host.includes('.') ? host : `${service.name}.${service.namespace}.svc.cluster.local`;
}
