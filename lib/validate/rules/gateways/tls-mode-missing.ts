import { certificateFields } from '../../rendered/istio-servers.ts';
import { listed } from '../../words.ts';
import { serverRule } from './server-rule.ts';

/** A server has TLS settings without a mode, which Istio reads as PASSTHROUGH: it terminates nothing. */
export const tlsModeMissing = serverRule('gateways/tls-mode-missing', function* check(server) {
  const { tls, family, path } = server;
  if (tls === undefined || family !== 'tls' || (tls['mode'] ?? undefined) !== undefined) return;
  // The rule on redirects that do nothing has found it.
  if (tls['httpsRedirect'] === true && certificateFields(tls).length === 0) return;
  const unused = [...certificateFields(tls), ...TERMINATION.filter((field) => field in tls)];
  yield {
    path: [...path, 'tls', 'mode'],
    fault: 'missing',
    severity: unused.length > 0 ? 'error' : 'warning',
    message:
      unused.length > 0
        ? `without a mode the server passes TLS through, and does not use ${listed(unused, 'and')}`
        : 'without a mode the server passes TLS through, and terminates nothing',
    expected: 'SIMPLE, MUTUAL, OPTIONAL_MUTUAL, ISTIO_MUTUAL, PASSTHROUGH or AUTO_PASSTHROUGH',
    hint: 'Write mode: SIMPLE to terminate TLS with the certificate, or mode: PASSTHROUGH if that is meant.',
  };
});

const TERMINATION = ['minProtocolVersion', 'maxProtocolVersion', 'cipherSuites', 'subjectAltNames'];
