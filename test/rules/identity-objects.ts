import { findingsIn } from './findings-in.ts';

/** Annotations of a ServiceAccount, in flow style. */
export const ROLE = 'eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/backup';
export const GOOGLE =
  'iam.gke.io/gcp-service-account: backup@example-project.iam.gserviceaccount.com';
export const AZURE = 'azure.workload.identity/client-id: 6d1bb1a0-9d8b-4ef4-9a1c-3c1f0f5c2b7e';
export const USE = "azure.workload.identity/use: 'true'";

/** A ServiceAccount of the namespace shop, with these annotations in flow style. */
export function account(name: string, annotations = '', namespace = 'shop'): string {
  return `
apiVersion: v1
kind: ServiceAccount
metadata: { name: ${name}, namespace: ${namespace}, annotations: { ${annotations} } }
---`;
}

/** What of a Pod matters here, in flow style. */
export interface PodText {
  readonly labels?: string;
  readonly annotations?: string;
  /** Members of the spec, in front of containers. */
  readonly spec?: string;
  /** Members of the one container, behind its name. */
  readonly container?: string;
  readonly namespace?: string;
}

/** A Pod of the namespace shop that runs as the ServiceAccount backup. */
export function pod({
  labels,
  annotations,
  spec,
  container,
  namespace = 'shop',
}: PodText = {}): string {
  return `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: ${namespace}, labels: { ${labels ?? ''} }, annotations: { ${annotations ?? ''} } }
spec: { ${spec ?? 'serviceAccountName: backup'}, containers: [{ name: web, image: example.com/web, ${container ?? ''} }] }
---`;
}

export function association(name: string, spec: string): string {
  return `
apiVersion: eks.services.k8s.aws/v1alpha1
kind: PodIdentityAssociation
metadata: { name: ${name}, namespace: shop }
spec: { ${spec} }
---`;
}

export const ASSOCIATION =
  'clusterName: main, namespace: shop, serviceAccount: backup, roleARN: "arn:aws:iam::111122223333:role/backup"';

export function webhook(
  config: string,
  metadata = 'name: pod-identity-webhook, namespace: kube-system',
): string {
  return `
apiVersion: v1
kind: ConfigMap
metadata: { ${metadata} }
data: { config: '${config}' }
---`;
}

export function entry(key: string, fields = '"Audience": "sts.amazonaws.com"'): string {
  return `{"${key}": {"RoleARN": "arn:aws:iam::111122223333:role/backup", ${fields}}}`;
}

export function kopsCluster(spec: string): string {
  return `
apiVersion: kops.k8s.io/v1alpha2
kind: Cluster
metadata: { name: k8s.example.com }
spec: { ${spec} }
---`;
}

export function env(...variables: readonly string[]): string {
  return `env: [${variables.map((one) => `{ ${one} }`).join(', ')}]`;
}

/** What is found, as `CODE SEVERITY PATH`. */
export async function found(yaml: string): Promise<string[]> {
  const findings = await findingsIn(yaml);
  return findings.map(({ code, severity, path = [] }) => `${code} ${severity} ${path.join('.')}`);
}
