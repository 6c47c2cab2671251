import { serverCredentials, type Credential } from '../../rendered/credentials.ts';
import { gatewayNamespaces } from '../../rendered/gateway-workloads.ts';
import type { RenderedObjects } from '../../rendered/rendered-objects.ts';
import { listed } from '../../words.ts';
import { serverRule, type ServerFinding } from './server-rule.ts';

/** A Gateway's Secret is rendered, but not where the gateway's Pods are, which is where Istio reads it. */
export const credentialNamespace = serverRule(
  'gateways/credential-namespace',
  function* check(server, objects) {
    const credentials = serverCredentials(server);
    if (credentials.length === 0) return;
    const namespaces = gatewayNamespaces(objects, server.gateway);
    for (const credential of credentials) yield* elsewhere(credential, namespaces, objects);
  },
);

function* elsewhere(
  { kind, namespace, name, path, value }: Credential,
  namespaces: readonly string[],
  objects: RenderedObjects,
): Iterable<ServerFinding> {
  if (kind !== 'Secret' || namespace !== undefined) return;
  const rendered = objects.secrets.named(name).map((secret) => secret.namespace);
  if (rendered.length === 0 || rendered.includes('')) return;
  const without = namespaces.find((one) => objects.secrets.reaching(one, name).length === 0);
  if (without === undefined) return;
  const places = listed([...new Set(rendered)], 'and');
  yield {
    path,
    fault: 'value',
    value,
    message: `the workload of this Gateway runs in the namespace ${without}, and Istio reads the Secret ${name} there; it is rendered in ${places}`,
    expected: `the name of a Secret in the namespace ${without}`,
    hint: `Render the Secret in ${without}, or let Reflector copy it there. When the workload runs elsewhere, say so under gateways in tankard.yaml.`,
  };
}
