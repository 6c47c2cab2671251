import type { Manifest } from '../../../../manifest/parse-manifests.ts';
import { KnownKeys } from '../../../known-keys.ts';
import type { PodSource } from '../../../rendered/pods.ts';
import { recordAt } from '../../../rendered/pods.ts';
import type { RenderedObjects } from '../../../rendered/rendered-objects.ts';

/** The annotation that gives a ServiceAccount an IAM role. Source: amazon-eks-pod-identity-webhook v0.6.17. */
export const ROLE_ARN = 'eks.amazonaws.com/role-arn';
/** The annotation that gives a ServiceAccount an IAM service account. Source: GKE, Workload Identity Federation. */
export const GOOGLE_ACCOUNT = 'iam.gke.io/gcp-service-account';
/** The annotation that names the Azure identity of a ServiceAccount. Source: azure-workload-identity v1.6.0. */
export const CLIENT_ID = 'azure.workload.identity/client-id';

/** An annotation by which a ServiceAccount has an identity in a cloud. */
export interface IdentityAnnotation {
  readonly cloud: string;
  readonly key: string;
}

const IDENTITY_ANNOTATIONS: readonly IdentityAnnotation[] = [
  { cloud: 'AWS', key: ROLE_ARN },
  { cloud: 'Google Cloud', key: GOOGLE_ACCOUNT },
  { cloud: 'Azure', key: CLIENT_ID },
];

/** The annotations of a ServiceAccount that give it an identity: none, one, or by mistake several. */
export function identitiesOf(serviceAccount: Manifest): IdentityAnnotation[] {
  return IDENTITY_ANNOTATIONS.filter(({ key }) => annotationOf(serviceAccount, key) !== undefined);
}

/** The value of an annotation; undefined when it is absent, empty or no string. */
export function annotationOf(manifest: Manifest, key: string): string | undefined {
  return textIn(recordAt(manifest.value, ['metadata', 'annotations']), key);
}

/** Whether one of the keys was probably meant to be `key`, which is a finding of its own. */
export function isMisspelt(fields: Readonly<Record<string, unknown>>, key: string): boolean {
  const known = KNOWN.get(key) ?? new KnownKeys([key]);
  KNOWN.set(key, known);
  return Object.keys(fields).some((own) => own !== key && known.meant(own) !== undefined);
}

/** One for each key that rules ask about: it remembers what it was asked. */
const KNOWN = new Map<string, KnownKeys>();

/** A member that is a string with something in it; undefined for all else. */
export function textIn(fields: Readonly<Record<string, unknown>>, key: string): string | undefined {
  const value = Object.hasOwn(fields, key) ? fields[key] : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The ServiceAccount that Pods run as, when it is rendered. */
export function serviceAccountOf(objects: RenderedObjects, pod: PodSource): Manifest | undefined {
  const { namespace, serviceAccountName: name } = pod;
  return objects.find('', 'ServiceAccount', { namespace, name });
}

/** Whether a rendered ServiceAccount has an annotation. */
export function hasAccountWith(objects: RenderedObjects, key: string): boolean {
  return objects.of('', 'ServiceAccount').some((one) => annotationOf(one, key) !== undefined);
}

/** Whether nothing rendered is the ServiceAccount of that name; `default` is in every namespace. */
export function isMissing(objects: RenderedObjects, namespace: string, name: string): boolean {
  return (
    name !== 'default' && objects.find('', 'ServiceAccount', { namespace, name }) === undefined
  );
}
