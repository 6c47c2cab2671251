import { parentListeners, takesKind } from '../../rendered/gateway-api.ts';
import { parentRule } from './parent-rule.ts';

/** No listener that a route is attached to takes routes of its kind. */
export const listenerKind = parentRule(
  'gateways/listener-kind',
  function* check(parent, { kind }, objects) {
    const listeners = parentListeners(objects, parent);
    if (listeners.length === 0 || listeners.some((one) => takesKind(one, kind))) return;
    const [first] = listeners;
    const field = ['sectionName', 'port'].find((one) => parent.value[one] !== undefined) ?? 'name';
    yield {
      path: [...parent.path, field],
      fault: 'value',
      value: parent.value[field],
      message: `${listeners.length === 1 ? 'the listener' : 'no listener'} ${listeners.length === 1 ? `${first?.name ?? ''} of protocol ${first?.protocol ?? ''} does not take` : 'of the Gateway takes'} a ${kind}, so the route is not attached`,
      expected: 'a listener whose protocol and allowedRoutes.kinds take the route',
      hint: 'HTTPRoute and GRPCRoute need HTTP or HTTPS, TLSRoute needs TLS, TCPRoute TCP or TLS, UDPRoute UDP.',
    };
  },
);
