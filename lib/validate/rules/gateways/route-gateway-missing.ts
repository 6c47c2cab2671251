import { ISTIO } from '../../rendered/istio-servers.ts';
import { isLabel } from '../../rendered/host-names.ts';
import { GATEWAY_API } from '../../rendered/gateway-api.ts';
import type { ObjectName, RenderedObjects } from '../../rendered/rendered-objects.ts';
import type { Rule } from '../rule.ts';
import { virtualServiceRule } from './route-rule.ts';

/** A VirtualService names a Gateway that nothing rendered is. */
export const routeGatewayMissing: Rule = {
  ...virtualServiceRule('gateways/route-gateway-missing', function* check(service, objects) {
    for (const { path, value, namespace, name } of service.gateways) {
      // The rule on the form of the reference has found the others.
      if (
        !isPlain(value) ||
        ![namespace, name].every(isLabel) ||
        isRendered(objects, { namespace, name })
      )
        continue;
      const elsewhere = objects.of(ISTIO, 'Gateway').find(({ resource }) => resource.name === name);
      const other = `${elsewhere?.resource.namespace ?? ''}/${name}`;
      yield {
        path,
        fault: 'value',
        value,
        message: `no Gateway ${name} is rendered in the namespace ${namespace}, so no gateway has these routes${elsewhere ? `; there is ${other}` : ''}`,
        expected: 'NAMESPACE/NAME of a Gateway, or the NAME of one in the same namespace',
        hint: elsewhere
          ? `Write ${other}.`
          : 'Render the Gateway here; when the cluster or another environment has it, accept this finding.',
      };
    }
  }),
  looksForAbsence: true,
};

function isPlain(text: string): boolean {
  return text.includes('/') || !text.includes('.');
}

function isRendered(objects: RenderedObjects, name: ObjectName): boolean {
  return [ISTIO, GATEWAY_API].some((group) => objects.find(group, 'Gateway', name) !== undefined);
}
