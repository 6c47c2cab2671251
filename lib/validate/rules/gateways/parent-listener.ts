import { apiListeners, parentGateway, parentListeners } from '../../rendered/gateway-api.ts';
import { listed } from '../../words.ts';
import { parentRule } from './parent-rule.ts';

/** A route names a listener, or a port, that its Gateway does not have. */
export const parentListener = parentRule(
  'gateways/parent-listener',
  function* check(parent, _route, objects) {
    const gateway = parentGateway(objects, parent);
    if (gateway === undefined || parentListeners(objects, parent).length > 0) return;
    const field = ['sectionName', 'port'].find((one) => parent.value[one] !== undefined);
    if (field === undefined) return;
    const listeners = apiListeners(objects).get(gateway) ?? [];
    const known = listeners.map((one) => (field === 'port' ? one.port : one.name));
    const { namespace = '', name } = gateway.resource;
    yield {
      path: [...parent.path, field],
      fault: 'value',
      value: parent.value[field],
      message: `the Gateway ${namespace}/${name} has no listener with ${field === 'port' ? 'the port' : 'the name'} ${String(parent.value[field])}, so the route is not attached`,
      expected: listed([...new Set(known.map(String))], 'or'),
    };
  },
);
