import { virtualServiceRule } from './route-rule.ts';

/** A VirtualService for the mesh alone has the host `*`. */
export const meshWildcard = virtualServiceRule(
  'gateways/mesh-wildcard',
  function* check({ hosts, isForMesh, gateways }) {
    if (!isForMesh) return;
    for (const { path, value } of hosts.filter((host) => host.value === '*'))
      yield {
        path,
        fault: 'value',
        value,
        message:
          gateways.length === 0
            ? 'without gateways this holds for the mesh, where Istio refuses the host *'
            : 'this holds for mesh too, where Istio refuses the host *',
        expected: 'the hosts of services, or gateways without mesh',
        hint: 'Name the Gateway under gateways, or write the hosts out.',
      };
  },
);
