import { serverCredentials } from '../../rendered/credentials.ts';
import { gatewayNamespaces } from '../../rendered/gateway-workloads.ts';
import type { ProvidedSecret } from '../../rendered/provided-secrets.ts';
import { serverRule } from './server-rule.ts';

/** The Secret of a Gateway is where it belongs, and has no certificate with a key under the names that Istio reads. */
export const credentialKeys = serverRule(
  'gateways/credential-keys',
  function* check(server, objects) {
    const credentials = serverCredentials(server);
    if (credentials.length === 0) return;
    const namespaces = gatewayNamespaces(objects, server.gateway);
    for (const { kind, namespace, name, path, value } of credentials) {
      if (kind !== 'Secret' || namespace !== undefined) continue;
      const found = namespaces.flatMap((one) => objects.secrets.reaching(one, name));
      if (found.length === 0 || !found.every(isUnusable)) continue;
      yield {
        path,
        fault: 'value',
        value,
        message: `the Secret ${name} has ${keysOf(found[0])}, and no certificate with its key that Istio finds`,
        expected: 'a Secret with tls.crt and tls.key, or with cert and key',
        hint: 'Rename the keys of the Secret, or name another Secret here.',
      };
    }
  },
);

/** What the API server refuses by itself is no finding here: a TLS Secret without its keys. */
function isUnusable({ keys, type }: ProvidedSecret): boolean {
  if (keys === undefined || type === 'kubernetes.io/tls') return false;
  return !PAIRS.some((pair) => pair.every((key) => keys.has(key)));
}

/** Source: istio/istio, pilot/pkg/credentials/kube, ExtractCertInfo. */
const PAIRS = [
  ['tls.crt', 'tls.key'],
  ['cert', 'key'],
];

function keysOf(secret: ProvidedSecret | undefined): string {
  const keys = [...(secret?.keys ?? [])];
  return keys.length === 0 ? 'no keys' : `the keys ${keys.join(', ')}`;
}
