import type { PodSource } from '../../../rendered/pods.ts';
import type { RenderedObjects } from '../../../rendered/rendered-objects.ts';
import { associationsByServiceAccount } from './associations.ts';
import {
  annotationOf,
  hasAccountWith,
  ROLE_ARN,
  serviceAccountOf,
  textIn,
} from './service-account.ts';
import { webhookEntries } from './webhook-config.ts';

/** An IAM role ARN. Source: AWS IAM API reference, Role; botocore partitions.json. */
export const ROLE_ARN_FORM =
  /^arn:aws(-cn|-us-gov|-iso(-[bef])?|-eusc)?:iam::[0-9]{12}:role\/([A-Za-z0-9_+=,.@-]+\/)*[A-Za-z0-9_+=,.@-]{1,64}$/;

/** What `ROLE_ARN_FORM` asks for, in words that complete "must be ...". */
export const ROLE_ARN_WORDS = 'an IAM role ARN: arn:PARTITION:iam::ACCOUNT:role/[PATH/]NAME';

/** Containers that get no credentials. The webhook does not trim the names. */
export const AWS_SKIP_CONTAINERS = 'eks.amazonaws.com/skip-containers';
/** The label that keeps the webhook away from a Pod, whatever its value. */
export const AWS_SKIP_LABEL = 'eks.amazonaws.com/skip-pod-identity-webhook';

/** How Pods get a role: by a token for STS, or from the agent of EKS Pod Identity. */
export type AwsIdentity = 'web identity' | 'Pod Identity';

/** Pods that the pod identity webhook gives credentials, and how. */
export type AwsPods = ReadonlyMap<PodSource, AwsIdentity>;

/** Several rules ask. */
const AWS_PODS = new WeakMap<RenderedObjects, AwsPods>();

/**
 * Finds the Pods that the pod identity webhook gives credentials: by the annotation of their ServiceAccount, by an association,
 * or by an entry of the webhook's ConfigMap. Source: amazon-eks-pod-identity-webhook v0.6.17, pkg/handler/handler.go.
 */
export function awsPods(objects: RenderedObjects): AwsPods {
  const known = AWS_PODS.get(objects);
  if (known !== undefined) return known;
  const identityOf = awsIdentities(objects);
  const found = new Map<PodSource, AwsIdentity>();
  for (const pod of objects.pods) {
    const identity = identityOf(pod);
    if (identity !== undefined) found.set(pod, identity);
  }
  AWS_PODS.set(objects, found);
  return found;
}

function awsIdentities(objects: RenderedObjects): (pod: PodSource) => AwsIdentity | undefined {
  const associations = associationsByServiceAccount(objects);
  const entries = new Set(webhookEntries(objects).map(({ key }) => key));
  if (associations.size + entries.size === 0 && !hasAccountWith(objects, ROLE_ARN))
    return () => undefined;
  return (pod) => {
    if (Object.hasOwn(pod.labels, AWS_SKIP_LABEL)) return undefined;
    const key = `${pod.namespace}/${pod.serviceAccountName}`;
    if (associations.has(key)) return 'Pod Identity';
    if (entries.has(key)) return 'web identity';
    const account = serviceAccountOf(objects, pod);
    const isAnnotated = account !== undefined && annotationOf(account, ROLE_ARN) !== undefined;
    return isAnnotated ? 'web identity' : undefined;
  };
}

/** The names of the annotation `skip-containers`, as the webhook splits them. */
export function awsSkipped(pod: PodSource): string[] {
  return textIn(pod.annotations, AWS_SKIP_CONTAINERS)?.split(',') ?? [];
}
