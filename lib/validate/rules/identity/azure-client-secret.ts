import type { Rule } from '../rule.ts';
import { AZURE_SKIP_CONTAINERS, azureSkipped, isAzurePod } from './shared/azure.ts';
import { mutatedContainers, nameOf, variablesOf } from './shared/containers.ts';
import { annotationOf, CLIENT_ID, serviceAccountOf } from './shared/service-account.ts';

const SECRETS: ReadonlySet<string> = new Set([
  'AZURE_CLIENT_SECRET',
  'AZURE_CLIENT_CERTIFICATE_PATH',
]);

/**
 * DefaultAzureCredential tries a client secret first, with the client and the tenant that the webhook sets, so that the
 * token of the ServiceAccount is never used.
 */
export const azureClientSecret: Rule = {
  code: 'identity/azure-client-secret',
  *check(objects) {
    for (const pod of objects.pods) {
      if (!isAzurePod(pod)) continue;
      const account = serviceAccountOf(objects, pod);
      if (account === undefined || annotationOf(account, CLIENT_ID) === undefined) continue;
      for (const container of mutatedContainers(pod, azureSkipped(pod))) {
        const [secret] = variablesOf(objects, { pod, container }, SECRETS);
        if (secret === undefined) continue;
        yield {
          on: pod.manifest,
          path: secret.path,
          fault: 'value',
          message: `${secret.name} is set in the container ${nameOf(container)}, and wins over the identity of the ServiceAccount ${pod.serviceAccountName} (${CLIENT_ID})`,
          expected: 'no client secret where a federated token is',
          hint: `Take the variable away; when this container needs it, list it in the annotation ${AZURE_SKIP_CONTAINERS} of the Pod.`,
        };
      }
    }
  },
};
