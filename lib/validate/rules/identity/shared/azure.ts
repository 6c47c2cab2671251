import type { PodSource } from '../../../rendered/pods.ts';
import { textIn } from './service-account.ts';

/** The label by which the webhook of Azure finds Pods; its value must be `true`. */
export const AZURE_LABEL = 'azure.workload.identity/use';
/** Containers that get no token. Source: azure-workload-identity v1.6.0, pkg/webhook/consts.go. */
export const AZURE_SKIP_CONTAINERS = 'azure.workload.identity/skip-containers';

/** Whether the webhook of Azure changes these Pods. */
export function isAzurePod(pod: PodSource): boolean {
  return textIn(pod.labels, AZURE_LABEL) === 'true';
}

/** The names of the annotation `skip-containers`, as the webhook splits them. */
export function azureSkipped(pod: PodSource): string[] {
  const text = textIn(pod.annotations, AZURE_SKIP_CONTAINERS);
  if (text === undefined) return [];
  return text
    .split(';')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
