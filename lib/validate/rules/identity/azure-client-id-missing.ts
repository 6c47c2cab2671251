import type { Manifest } from '../../../manifest/parse-manifests.ts';
import { recordAt, type PodSource } from '../../rendered/pods.ts';
import type { RenderedObjects } from '../../rendered/rendered-objects.ts';
import type { Rule, RuleFinding } from '../rule.ts';
import { isAzurePod } from './shared/azure.ts';
import { variablesOf } from './shared/containers.ts';
import { annotationOf, CLIENT_ID, isMisspelt, serviceAccountOf } from './shared/service-account.ts';

const VARIABLE: ReadonlySet<string> = new Set(['AZURE_CLIENT_ID']);

/** Pods have the label of Azure's webhook, and their ServiceAccount names no identity: AZURE_CLIENT_ID is not set. */
export const azureClientIdMissing: Rule = {
  code: 'identity/azure-client-id-missing',
  looksForAbsence: true,
  *check(objects) {
    const told = new Set<Manifest>();
    for (const pod of objects.pods) {
      if (!isAzurePod(pod) || setsClientId(objects, pod)) continue;
      const account = serviceAccountOf(objects, pod);
      if (account === undefined) {
        if (pod.serviceAccountName === 'default') yield runsAsDefault(pod);
        continue;
      }
      if (annotationOf(account, CLIENT_ID) !== undefined || told.has(account)) continue;
      if (isMisspelt(recordAt(account.value, ['metadata', 'annotations']), CLIENT_ID)) continue;
      told.add(account);
      yield withoutClientId(account, pod);
    }
  },
};

function setsClientId(objects: RenderedObjects, pod: PodSource): boolean {
  return pod.containers.some(
    (container) => variablesOf(objects, { pod, container }, VARIABLE).length > 0,
  );
}

function withoutClientId(account: Manifest, { manifest }: PodSource): RuleFinding {
  return {
    on: account,
    path: ['metadata', 'annotations', CLIENT_ID],
    fault: 'missing',
    message: `the Pods of the ${manifest.resource.kind} ${manifest.resource.name} ask for an Azure identity by their label, and their ServiceAccount names none (${CLIENT_ID})`,
    expected: `${CLIENT_ID}, the client ID of the identity`,
    hint: 'Add the annotation; when the program has the client ID from elsewhere, accept this finding.',
  };
}

function runsAsDefault(pod: PodSource): RuleFinding {
  return {
    on: pod.manifest,
    path: [...pod.path, 'spec', 'serviceAccountName'],
    fault: 'missing',
    message:
      'the Pods ask for an Azure identity by their label, and run as the ServiceAccount default, which nothing rendered gives one',
    expected: `the name of a ServiceAccount with the annotation ${CLIENT_ID}`,
    hint: 'Set serviceAccountName.',
  };
}
