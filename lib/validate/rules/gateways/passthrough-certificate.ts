import { certificateFields, passesThrough } from '../../rendered/istio-servers.ts';
import { serverRule } from './server-rule.ts';

/** A server that passes TLS through names certificates, which are then not used. */
export const passthroughCertificate = serverRule(
  'gateways/passthrough-certificate',
  function* check(server) {
    const { tls, mode, path, family } = server;
    if (
      tls === undefined ||
      family !== 'tls' ||
      typeof tls['mode'] !== 'string' ||
      !passesThrough(server)
    )
      return;
    const field = certificateFields(tls)[0];
    if (field === undefined) return;
    yield {
      path: [...path, 'tls', field],
      fault: 'key',
      message: `${mode} hands connections on unopened, so ${field} is not used`,
      expected: 'no certificate fields',
      hint: `Take ${field} away, or write mode: SIMPLE to terminate TLS with it.`,
    };
  },
);
