import { isIP } from 'node:net';
import { serverRule } from './server-rule.ts';

/** The address that a server listens on is no address. */
export const serverBind = serverRule('gateways/server-bind', function* check({ bind, path }) {
  if (bind === '' || isIP(bind) !== 0 || /^unix:\/\/[/@]./.test(bind)) return;
  yield {
    path: [...path, 'bind'],
    fault: 'value',
    value: bind,
    message: 'bind is neither an IP address nor a socket, and Istio refuses the Gateway',
    expected: 'an IP address, or unix:///PATH',
  };
});
