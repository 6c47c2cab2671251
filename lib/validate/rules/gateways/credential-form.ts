import { caCredential, serverCredentials, type Credential } from '../../rendered/credentials.ts';
import { gatewayNamespaces } from '../../rendered/gateway-workloads.ts';
import { listed } from '../../words.ts';
import { serverRule, type ServerFinding } from './server-rule.ts';

/** The name of a Gateway's Secret says a namespace, which Istio refuses unless it is that of the gateway's Pods. */
export const credentialForm = serverRule(
  'gateways/credential-form',
  function* check(server, objects) {
    const ca = caCredential(server);
    const credentials = [...serverCredentials(server), ...(ca ? [ca] : [])];
    if (credentials.length === 0) return;
    const namespaces = gatewayNamespaces(objects, server.gateway);
    for (const credential of credentials) yield* withNamespace(credential, namespaces);
  },
);

function* withNamespace(
  { kind, namespace, name, path, value }: Credential,
  namespaces: readonly string[],
): Iterable<ServerFinding> {
  const isMissing = kind === 'ConfigMap' && namespace === undefined;
  const isUnwanted = kind === 'Secret' && namespace !== undefined;
  if (!isMissing && !isUnwanted) return;
  if (isMissing) {
    yield {
      path,
      fault: 'value',
      value,
      message: 'the ConfigMap is named without a namespace, so Istio does not look for it',
      expected: 'configmap://NAMESPACE/NAME',
    };
    return;
  }
  const isElsewhere = namespaces.length > 0 && !namespaces.includes(namespace ?? '');
  yield {
    path,
    fault: 'value',
    value,
    severity: isElsewhere ? 'error' : 'warning',
    message: isElsewhere
      ? `the Secret is named in the namespace ${namespace}, and the workload of this Gateway runs in ${listed(namespaces, 'and')}: Istio hands no Secret to another namespace`
      : `the Secret is named with the namespace ${namespace}; Istio reads it where the Pods of the gateway run, whatever is said here`,
    expected: 'the name of a Secret, without a namespace',
    hint: `Write ${name}.`,
  };
}
