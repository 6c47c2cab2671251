import { isSet } from '../../rendered/items.ts';
import { terminatesTls } from '../../rendered/istio-servers.ts';
import { serverRule } from './server-rule.ts';

/** The TLS versions of a server leave nothing that a client could agree on. */
export const tlsVersions = serverRule('gateways/tls-versions', function* check(server) {
  const { tls, path } = server;
  if (tls === undefined || !terminatesTls(server)) return;
  const minimum = VERSIONS.indexOf(String(tls['minProtocolVersion']));
  const maximum = VERSIONS.indexOf(String(tls['maxProtocolVersion']));
  if (minimum !== -1 && maximum !== -1 && minimum > maximum)
    yield {
      path: [...path, 'tls', 'minProtocolVersion'],
      fault: 'value',
      value: tls['minProtocolVersion'],
      severity: 'error',
      message: `the oldest version, ${VERSIONS[minimum]}, is newer than the newest, ${VERSIONS[maximum]}, so no client can connect`,
      expected: `${VERSIONS[maximum]} or older`,
    };
  else if ((minimum === 0 || minimum === 1) && !isSet(tls['cipherSuites']))
    yield {
      path: [...path, 'tls', 'minProtocolVersion'],
      fault: 'value',
      value: tls['minProtocolVersion'],
      message: `${VERSIONS[minimum]} needs cipher suites that are off by default, so old clients still cannot connect`,
      expected: 'TLSV1_2 or TLSV1_3, or cipherSuites beside it',
    };
});

const VERSIONS = ['TLSV1_0', 'TLSV1_1', 'TLSV1_2', 'TLSV1_3'];
