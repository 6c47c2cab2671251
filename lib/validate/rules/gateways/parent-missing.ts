import { GATEWAY_API, parentGateway } from '../../rendered/gateway-api.ts';
import type { Rule } from '../rule.ts';
import { parentRule } from './parent-rule.ts';

/** A route of Gateway API is attached to a Gateway that nothing rendered is. */
export const parentMissing: Rule = {
  ...parentRule('gateways/parent-missing', function* check(parent, _route, objects) {
    if (parentGateway(objects, parent) !== undefined) return;
    const { path, name, namespace } = parent;
    const elsewhere = objects
      .of(GATEWAY_API, 'Gateway')
      .find(({ resource }) => resource.name === name)?.resource.namespace;
    yield {
      path: [...path, 'name'],
      fault: 'value',
      value: name,
      message: `no Gateway ${name} is rendered in the namespace ${namespace}, so no gateway has this route${elsewhere === undefined ? '' : `; there is one in ${elsewhere}`}`,
      expected: 'name and namespace of a Gateway; without a namespace it is that of the route',
      hint:
        elsewhere === undefined
          ? 'Render the Gateway here; when the cluster or another environment has it, accept this finding.'
          : `Write namespace: ${elsewhere}.`,
    };
  }),
  looksForAbsence: true,
};
