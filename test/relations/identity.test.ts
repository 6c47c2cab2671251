import { describe, expect, it } from 'vitest';
import { plain, podWith, relationsIn } from './relations-in.ts';

const ROLE = 'arn:aws:iam::111122223333:role/shop';

function account(annotations = ''): string {
  return plain('ServiceAccount', 'shop', 'web', `annotations: { ${annotations} }`);
}

describe('what Pods run as', () => {
  it.each([
    ['apps/v1', 'Deployment', 'template'],
    ['apps/v1', 'StatefulSet', 'template'],
    ['apps/v1', 'DaemonSet', 'template'],
    ['apps/v1', 'ReplicaSet', 'template'],
    ['batch/v1', 'Job', 'template'],
    ['argoproj.io/v1alpha1', 'Rollout', 'template'],
  ])('%s %s', (apiVersion, kind, template) => {
    const workload = `
apiVersion: ${apiVersion}
kind: ${kind}
metadata: { name: web, namespace: shop }
spec: { ${template}: { spec: { serviceAccountName: web, containers: [] } } }
---`;
    expect(relationsIn(workload + account())).toEqual([
      `${kind} web in shop runs as ServiceAccount web in shop`,
    ]);
  });

  it('a CronJob', () => {
    const cronJob = `
apiVersion: batch/v1
kind: CronJob
metadata: { name: web, namespace: shop }
spec: { jobTemplate: { spec: { template: { spec: { serviceAccountName: web } } } } }
---`;
    expect(relationsIn(cronJob + account())).toEqual([
      'CronJob web in shop runs as ServiceAccount web in shop',
    ]);
  });

  it('a ServiceAccount of another namespace is not the one that is named', () => {
    const other = plain('ServiceAccount', 'blog', 'web');
    expect(relationsIn(podWith('serviceAccountName: web') + other)).toEqual([
      'Pod web in shop runs as ServiceAccount web in shop (not rendered)',
    ]);
  });

  it('the ServiceAccount default counts when it is rendered', () => {
    expect(relationsIn(podWith(''))).toEqual([]);
    expect(relationsIn(podWith('') + plain('ServiceAccount', 'shop', 'default'))).toEqual([
      'Pod web in shop runs as ServiceAccount default in shop',
    ]);
  });
});

describe('what a ServiceAccount is in a cloud', () => {
  it.each([
    ['eks.amazonaws.com/role-arn', ROLE, `assumes IAM role ${ROLE}`],
    [
      'iam.gke.io/gcp-service-account',
      'web@shop.iam.gserviceaccount.com',
      'impersonates Google service account web@shop.iam.gserviceaccount.com',
    ],
    [
      'azure.workload.identity/client-id',
      '6d1bb1a0-9d8b-4ef4-9a1c-3c1f0f5c2b7e',
      'federates with Microsoft Entra application 6d1bb1a0-9d8b-4ef4-9a1c-3c1f0f5c2b7e',
    ],
  ])('%s', (key, value, words) => {
    expect(relationsIn(account(`${key}: "${value}"`))).toEqual([
      `ServiceAccount web in shop ${words}`,
    ]);
  });

  it('a value that is no ARN is shown as it is, and cut when it is long', () => {
    expect(relationsIn(account('eks.amazonaws.com/role-arn: oops'))).toEqual([
      'ServiceAccount web in shop assumes IAM role oops',
    ]);
    const [long = ''] = relationsIn(account(`eks.amazonaws.com/role-arn: ${'x'.repeat(1000)}`));
    expect(long.endsWith(` ${'x'.repeat(200)}…`)).toBe(true);
  });

  it('two ServiceAccounts with one role share a node', () => {
    const annotations = `annotations: { eks.amazonaws.com/role-arn: "${ROLE}" }`;
    const other = plain('ServiceAccount', 'blog', 'web', annotations);
    expect(relationsIn(account(`eks.amazonaws.com/role-arn: "${ROLE}"`) + other)).toEqual([
      `ServiceAccount web in blog assumes IAM role ${ROLE}`,
      `ServiceAccount web in shop assumes IAM role ${ROLE}`,
    ]);
  });
});

describe('EKS Pod Identity', () => {
  const association = (spec: string): string => `
apiVersion: eks.services.k8s.aws/v1alpha1
kind: PodIdentityAssociation
metadata: { name: web, namespace: ack }
spec: { clusterName: main, namespace: shop, serviceAccount: web, ${spec} }
---`;

  it('an association binds ServiceAccount and role, which the ServiceAccount then assumes', () => {
    expect(relationsIn(association(`roleARN: "${ROLE}"`) + account())).toEqual([
      `ServiceAccount web in shop assumes IAM role ${ROLE}`,
      `PodIdentityAssociation web in ack binds ServiceAccount web in shop`,
      `PodIdentityAssociation web in ack binds IAM role ${ROLE}`,
    ]);
  });

  it('it wins over the annotation', () => {
    const annotated = account('eks.amazonaws.com/role-arn: "arn:aws:iam::1:role/old"');
    const found = relationsIn(association(`roleARN: "${ROLE}"`) + annotated);
    expect(found.filter((one) => one.includes(' assumes '))).toEqual([
      `ServiceAccount web in shop assumes IAM role ${ROLE}`,
    ]);
  });

  it('a Role object and a role of another account', () => {
    const other = 'arn:aws:iam::444455556666:role/shop';
    const spec = `roleRef: { from: { name: shop } }, targetRoleARN: "${other}"`;
    expect(relationsIn(association(spec) + account())).toEqual([
      'ServiceAccount web in shop assumes Role shop in ack (not rendered)',
      'PodIdentityAssociation web in ack binds ServiceAccount web in shop',
      'PodIdentityAssociation web in ack binds Role shop in ack (not rendered)',
      `Role shop in ack (not rendered) assumes IAM role ${other}`,
    ]);
  });

  it('Pods that run as default show it when default has a role', () => {
    const forDefault = association(`roleARN: "${ROLE}"`).replace(
      'serviceAccount: web',
      'serviceAccount: default',
    );
    expect(relationsIn(forDefault + podWith(''))).toContain(
      'Pod web in shop runs as ServiceAccount default in shop',
    );
  });
});

describe('kOps', () => {
  const config = (entries: object): string => `
apiVersion: v1
kind: ConfigMap
metadata: { name: pod-identity-webhook, namespace: kube-system }
data: { config: '${JSON.stringify(entries)}' }
---`;

  it('the ConfigMap of the webhook binds ServiceAccounts and roles', () => {
    expect(relationsIn(config({ 'shop/web': { RoleARN: ROLE } }) + account())).toEqual([
      `ConfigMap pod-identity-webhook in kube-system binds ServiceAccount web in shop`,
      `ConfigMap pod-identity-webhook in kube-system binds IAM role ${ROLE}`,
      `ServiceAccount web in shop assumes IAM role ${ROLE}`,
    ]);
  });

  it('an entry for every namespace', () => {
    expect(relationsIn(config({ '*/web': { RoleARN: ROLE } }) + account())).toContain(
      `ServiceAccount web in shop assumes IAM role ${ROLE}`,
    );
  });

  it('an entry of its own wins over the one for every namespace', () => {
    const both = { '*/web': { RoleARN: 'arn:aws:iam::1:role/any' }, 'shop/web': { RoleARN: ROLE } };
    const found = relationsIn(config(both) + account());
    expect(found.filter((one) => one.includes(' assumes '))).toEqual([
      `ServiceAccount web in shop assumes IAM role ${ROLE}`,
    ]);
  });

  it('the annotation wins over the ConfigMap', () => {
    const annotated = account('eks.amazonaws.com/role-arn: "arn:aws:iam::1:role/own"');
    const found = relationsIn(config({ 'shop/web': { RoleARN: ROLE } }) + annotated);
    expect(found.filter((one) => one.includes(' assumes '))).toEqual([
      'ServiceAccount web in shop assumes IAM role arn:aws:iam::1:role/own',
    ]);
  });

  it('a Cluster makes a role for a ServiceAccount', () => {
    const cluster = `
apiVersion: kops.k8s.io/v1alpha2
kind: Cluster
metadata: { name: k8s.example.com }
spec: { iam: { serviceAccountExternalPermissions: [{ name: web, namespace: shop, aws: {} }] } }
---`;
    expect(relationsIn(cluster + account())).toEqual([
      'Cluster k8s.example.com makes a role for ServiceAccount web in shop',
    ]);
  });
});

it('a store of External Secrets authenticates as a ServiceAccount', () => {
  const auth = 'auth: { jwt: { serviceAccountRef: { name: web } } }';
  const store = `
apiVersion: external-secrets.io/v1
kind: SecretStore
metadata: { name: aws, namespace: shop }
spec: { provider: { aws: { ${auth} } } }
---`;
  expect(relationsIn(store + account())).toEqual([
    'SecretStore aws in shop authenticates as ServiceAccount web in shop',
  ]);
});
