import { caCredential, serverCredentials, type Credential } from '../../rendered/credentials.ts';
import { gatewayNamespaces } from '../../rendered/gateway-workloads.ts';
import { istioServers } from '../../rendered/istio-servers.ts';
import type { RenderedObjects } from '../../rendered/rendered-objects.ts';
import { listed } from '../../words.ts';
import type { Rule } from '../rule.ts';

/** A Gateway names a Secret, or a ConfigMap with a CA, that nothing rendered is. */
export const credentialMissing: Rule = {
  code: 'gateways/credential-missing',
  looksForAbsence: true,
  *check(objects) {
    for (const server of istioServers(objects)) {
      const ca = caCredential(server);
      for (const credential of [...serverCredentials(server), ...(ca ? [ca] : [])]) {
        if (isRendered(credential, objects)) continue;
        const where = gatewayNamespaces(objects, server.gateway);
        const { kind, name, path, value } = credential;
        yield {
          on: server.gateway,
          path,
          fault: 'value',
          value,
          message: `nothing rendered is the ${kind} ${name}, or makes it; ${placeOf(credential, where)}`,
          expected: `the name of a ${kind} that is there`,
          hint: `Render the ${kind}; when the cluster or another environment has it, accept this finding.`,
        };
      }
    }
  },
};

function isRendered({ kind, namespace, name }: Credential, objects: RenderedObjects): boolean {
  if (kind === 'ConfigMap') return objects.find('', 'ConfigMap', { namespace, name }) !== undefined;
  return objects.secrets.named(name).length > 0;
}

function placeOf({ namespace }: Credential, where: readonly string[]): string {
  if (namespace !== undefined) return `Istio looks for it in the namespace ${namespace}`;
  if (where.length === 0) return 'Istio looks for it where the Pods of the gateway run';
  return `Istio looks for it where the Pods of the gateway run, in ${listed(where, 'and')}`;
}
