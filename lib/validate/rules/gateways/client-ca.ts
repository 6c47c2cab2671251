import { serverCredentials, type Credential } from '../../rendered/credentials.ts';
import { gatewayNamespaces } from '../../rendered/gateway-workloads.ts';
import { isSet } from '../../rendered/items.ts';
import type { RenderedObjects } from '../../rendered/rendered-objects.ts';
import { serverRule } from './server-rule.ts';

/** A server demands client certificates, and no Secret that is rendered for it holds the CA that they are checked with. */
export const clientCa = serverRule('gateways/client-ca', function* check(server, objects) {
  if (server.mode !== 'MUTUAL' && server.mode !== 'OPTIONAL_MUTUAL') return;
  if (isSet(server.tls?.['caCertCredentialName'])) return;
  const credential = serverCredentials(server)[0];
  if (credential === undefined || credential.namespace !== undefined) return;
  const namespace = gatewayNamespaces(objects, server.gateway).find((one) =>
    lacksCa(credential, one, objects),
  );
  if (namespace === undefined) return;
  const { name, path, value } = credential;
  yield {
    path,
    fault: 'value',
    value,
    message: `${server.mode} checks client certificates with a CA, which the Secret ${name} in ${namespace} does not have; nor is there a Secret ${name}-cacert`,
    expected: `ca.crt in the Secret ${name}, or a Secret ${name}-cacert with the key cacert or ca.crt`,
    hint: `Render ${name}-cacert in ${namespace}, or name the CA in caCertCredentialName.`,
  };
});

function lacksCa({ name }: Credential, namespace: string, objects: RenderedObjects): boolean {
  if (objects.secrets.reaching(namespace, `${name}-cacert`).length > 0) return false;
  const found = objects.secrets.reaching(namespace, name);
  return (
    found.length > 0 &&
    found.every(({ keys }) => keys !== undefined && !keys.has('cacert') && !keys.has('ca.crt'))
  );
}
