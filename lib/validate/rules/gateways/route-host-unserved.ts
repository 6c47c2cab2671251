import type { RenderedObjects } from '../../rendered/rendered-objects.ts';
import { GATEWAY_API } from '../../rendered/gateway-api.ts';
import { domainProblem, hostsOverlap } from '../../rendered/host-names.ts';
import { ISTIO, serverHost, serversOf } from '../../rendered/istio-servers.ts';
import { objectsAt, textOf } from '../../rendered/items.ts';
import { listed } from '../../words.ts';
import type { GatewayReference, VirtualService } from '../../rendered/virtual-services.ts';
import { virtualServiceRule } from './route-rule.ts';

/** A VirtualService is bound to Gateways that do not serve its hosts, so its routes are never used. */
export const routeHostUnserved = virtualServiceRule(
  'gateways/route-host-unserved',
  function* check(service, objects) {
    const { gateways, hosts, isForMesh, namespace } = service;
    const served = gateways.map((gateway) => servedHosts(objects, gateway, service));
    if (gateways.length === 0 || served.some((names) => names === undefined)) return;
    const names = served.flatMap((some) => some ?? []);
    const unserved = hosts.filter(
      ({ value }) =>
        domainProblem(value) === undefined && !names.some((name) => hostsOverlap(name, value)),
    );
    // A host for the mesh need not be served by a gateway.
    if (isForMesh && unserved.length < hosts.length) return;
    for (const { path, value } of unserved) {
      const bound = gateways.map((one) => `${one.namespace}/${one.name}`);
      yield {
        path,
        fault: 'value',
        value,
        message: `${listed(bound, 'and')} ${bound.length === 1 ? 'does' : 'do'} not serve ${value} to the namespace ${namespace}, so no request for it comes here`,
        expected:
          names.length > 0
            ? `a host within ${listed([...new Set(names)].slice(0, MOST), 'or')}`
            : `a host that the Gateway serves to the namespace ${namespace}`,
        hint: 'Add the host to a server of the Gateway, or bind to a Gateway that has it.',
      };
    }
  },
);

const MOST = 5;

/** Undefined when the Gateway is not rendered. */
function servedHosts(
  objects: RenderedObjects,
  { namespace, name }: GatewayReference,
  service: VirtualService,
): string[] | undefined {
  const istio = objects.find(ISTIO, 'Gateway', { namespace, name });
  if (istio !== undefined)
    return serversOf(istio)
      .flatMap(({ hosts }) => hosts.map(({ value }) => serverHost(value, istio)))
      .filter((host) => host.namespace === undefined || host.namespace === service.namespace)
      .map((host) => host.name);
  const api = objects.find(GATEWAY_API, 'Gateway', { namespace, name });
  if (api === undefined) return undefined;
  return objectsAt(api.value, ['spec', 'listeners']).map(
    ({ value }) => textOf(value['hostname']) ?? '*',
  );
}
