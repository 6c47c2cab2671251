import { recordAt, type PodSource } from '../../rendered/pods.ts';
import type { RenderedObjects } from '../../rendered/rendered-objects.ts';
import type { Rule } from '../rule.ts';
import { AZURE_LABEL, isAzurePod } from './shared/azure.ts';
import { variablesOf } from './shared/containers.ts';
import {
  annotationOf,
  CLIENT_ID,
  hasAccountWith,
  isMisspelt,
  serviceAccountOf,
} from './shared/service-account.ts';

const TOKEN_FILE: ReadonlySet<string> = new Set(['AZURE_FEDERATED_TOKEN_FILE']);

/**
 * Pods of a ServiceAccount with an Azure identity lack the label by which the webhook finds them, and get no token. A warning
 * where other Pods of the ServiceAccount have the label: these may need none. Silent where the token is mounted by hand.
 */
export const azureLabelMissing: Rule = {
  code: 'identity/azure-label-missing',
  *check(objects) {
    if (!hasAccountWith(objects, CLIENT_ID)) return;
    const labelled = new Set(objects.pods.filter(isAzurePod).map(accountKey));
    for (const pod of objects.pods) {
      if (pod.labels[AZURE_LABEL] !== undefined || isElsewhere(pod)) continue;
      const account = serviceAccountOf(objects, pod);
      if (account === undefined || annotationOf(account, CLIENT_ID) === undefined) continue;
      if (hasTokenFile(objects, pod)) continue;
      yield {
        on: pod.manifest,
        path: [...pod.path, 'metadata', 'labels', AZURE_LABEL],
        fault: 'missing',
        severity: labelled.has(accountKey(pod)) ? 'warning' : 'error',
        message: `the ServiceAccount ${account.resource.name} has an Azure identity (${CLIENT_ID}), and these Pods get none of it without the label ${AZURE_LABEL}: "true"`,
        expected: `${AZURE_LABEL}: "true"`,
        hint: 'Put the label on the Pod template, and not into the selector.',
      };
    }
  },
};

/** Misspelt, or at a place where it is not read: findings of their own. */
function isElsewhere({ labels, annotations, manifest }: PodSource): boolean {
  const own = recordAt(manifest.value, ['metadata', 'labels']);
  return (
    isMisspelt(labels, AZURE_LABEL) ||
    [annotations, own].some((fields) => Object.hasOwn(fields, AZURE_LABEL))
  );
}

function accountKey({ namespace, serviceAccountName }: PodSource): string {
  return `${namespace}/${serviceAccountName}`;
}

function hasTokenFile(objects: RenderedObjects, pod: PodSource): boolean {
  return pod.containers.some(
    (container) => variablesOf(objects, { pod, container }, TOKEN_FILE).length > 0,
  );
}
