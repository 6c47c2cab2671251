import { isSet } from '../../rendered/items.ts';
import { passesThrough } from '../../rendered/istio-servers.ts';
import { serverRule } from './server-rule.ts';

/** A server whose protocol is not TLS has settings of TLS beyond a redirect. */
export const tlsOnPlainPort = serverRule('gateways/tls-on-plain-port', function* check(server) {
  const { tls, family, protocol, path } = server;
  if (tls === undefined || family === undefined || family === 'tls') return;
  const files = FILES.find((field) => isSet(tls[field]));
  if (family === 'http' && passesThrough(server) && files === undefined) return;
  yield {
    path: [...path, 'port', 'protocol'],
    fault: 'value',
    value: server.port['protocol'],
    message: `a server of protocol ${protocol} has settings of TLS, and Istio refuses the Gateway`,
    expected:
      family === 'http' ? 'HTTPS, or tls with httpsRedirect alone' : 'TLS, or a server without tls',
    hint: 'Write HTTPS or TLS as the protocol where the port speaks TLS; else take tls away.',
  };
});

const FILES = ['caCertificates', 'privateKey', 'serverCertificate'];
