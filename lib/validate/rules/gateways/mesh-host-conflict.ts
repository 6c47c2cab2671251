import { isSameObject } from '../../rendered/gateway-workloads.ts';
import { serviceName } from '../../rendered/istio-services.ts';
import { textsAt } from '../../rendered/items.ts';
import { virtualServices, type VirtualService } from '../../rendered/virtual-services.ts';
import type { Rule } from '../rule.ts';

/** Two VirtualServices say for the same Pods of the mesh where requests for a host go: one of them is not used. */
export const meshHostConflict: Rule = {
  code: 'gateways/mesh-host-conflict',
  *check(objects) {
    const earlier = new Map<string, VirtualService[]>();
    for (const service of virtualServices(objects).filter(({ isForMesh }) => isForMesh)) {
      for (const { path, value } of service.hosts) {
        const host = qualified(value, service.namespace);
        const others = earlier.get(host) ?? [];
        const other = others.find(
          (one) => !isSameObject(one.manifest, service.manifest) && isSeenTogether(one, service),
        );
        earlier.set(host, [...others, service]);
        if (other === undefined) continue;
        const { namespace = '', name } = other.manifest.resource;
        yield {
          on: service.manifest,
          path,
          fault: 'value',
          value,
          message: `the VirtualService ${namespace}/${name} routes ${value} in the mesh too, and Istio uses one of the two`,
          expected: 'one VirtualService a host',
          hint: 'Merge the routes into one VirtualService, or keep them apart by exportTo.',
        };
      }
    }
  },
};

/** A Service by name and namespace, however it is written; any other host as it stands. */
function qualified(host: string, own: string): string {
  const service = serviceName(host, own);
  return service === undefined ? host : `${service.name}.${service.namespace}.svc`;
}

/** Whether some namespace sees both. */
function isSeenTogether(one: VirtualService, other: VirtualService): boolean {
  const seen = [one, other].map(seenBy);
  const [first = [], second = []] = seen;
  return (
    first.includes('*') ||
    second.includes('*') ||
    first.some((namespace) => second.includes(namespace))
  );
}

function seenBy({ manifest, namespace }: VirtualService): string[] {
  const exported = textsAt(manifest.value, ['spec', 'exportTo']).map(({ value }) => value);
  if (exported.length === 0) return ['*'];
  return exported.map((each) => (each === '.' ? namespace : each));
}
