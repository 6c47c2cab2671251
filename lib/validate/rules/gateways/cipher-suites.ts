import { textsAt } from '../../rendered/items.ts';
import { terminatesTls } from '../../rendered/istio-servers.ts';
import { serverRule } from './server-rule.ts';

/** Cipher suites are named that Istio drops: unknown ones, and the second of two. */
export const cipherSuites = serverRule('gateways/cipher-suites', function* check(server) {
  if (!terminatesTls(server)) return;
  const seen = new Set<string>();
  for (const { path, value } of textsAt(server.gateway.value, [
    ...server.path,
    'tls',
    'cipherSuites',
  ])) {
    const isUnknown = !KNOWN.has(value);
    if (isUnknown || seen.has(value))
      yield {
        path,
        fault: 'value',
        value,
        message: isUnknown
          ? `Istio knows no cipher suite ${value} and leaves it out, so clients that need it cannot connect`
          : `the cipher suite ${value} is named twice`,
        expected: 'a cipher suite as BoringSSL names it, such as ECDHE-RSA-AES128-GCM-SHA256',
        hint: 'Those of TLS 1.3 are always on and are not named here.',
      };
    seen.add(value);
  }
});

/** Source: istio/istio, pkg/config/security, ValidCipherSuites. */
const KNOWN: ReadonlySet<string> = new Set([
  ...['ECDSA', 'RSA'].flatMap((key) =>
    ['AES128-GCM-SHA256', 'AES256-GCM-SHA384', 'CHACHA20-POLY1305', 'AES128-SHA', 'AES256-SHA'].map(
      (suite) => `ECDHE-${key}-${suite}`,
    ),
  ),
  'AES128-GCM-SHA256',
  'AES256-GCM-SHA384',
  'AES128-SHA',
  'AES256-SHA',
  'DES-CBC3-SHA',
]);
