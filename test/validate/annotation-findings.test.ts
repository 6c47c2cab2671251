import { describe, expect, test } from 'vitest';
import { annotationFindings } from '../../lib/validate/annotation-findings.ts';

const EKS = 'eks.amazonaws.com/';
const REFLECTOR = 'reflector.v1.k8s.emberstack.com/';
const GKE = 'iam.gke.io/';
const AZURE = 'azure.workload.identity/';
const ROLE = 'arn:aws:iam::054000737513:role/k8s-main/ExternalSecrets';

/** What is found in an object of this kind with this metadata: code, severity and path. */
async function found(kind: string, metadata: object, rest: object = {}): Promise<string[]> {
  const value = { apiVersion: 'v1', kind, metadata: { name: 'x', ...metadata }, ...rest };
  const findings = await annotationFindings({
    resource: { apiVersion: 'v1', kind, name: 'x' },
    value,
  });
  return findings.map(({ code, severity, path }) => `${severity} ${code} ${path?.join('.')}`);
}

const annotated = (kind: string, key: string, value: unknown): Promise<string[]> =>
  found(kind, { annotations: { [key]: value } });

describe('values that the controller reads as they were meant', () => {
  test.each([
    ['ServiceAccount', `${EKS}role-arn`, ROLE],
    ['ServiceAccount', `${EKS}role-arn`, 'arn:aws-us-gov:iam::123456789012:role/a'],
    ['ServiceAccount', `${EKS}token-expiration`, '600'],
    ['ServiceAccount', `${EKS}token-expiration`, '86400'],
    ['ServiceAccount', `${EKS}sts-regional-endpoints`, 'T'],
    ['ServiceAccount', `${EKS}sts-regional-endpoints`, '0'],
    ['Pod', `${EKS}skip-containers`, 'a,b'],
    ['Pod', `${EKS}skip-containers`, ''],
    ['Pod', `${EKS}compute-type`, 'ec2'],
    ['ServiceAccount', `${GKE}credential-quota-project`, 'example.com:my-project'],
    ['ServiceAccount', `${AZURE}service-account-token-expiration`, ''],
    ['ServiceAccount', `${GKE}gcp-service-account`, 'wordpress@my-project.iam.gserviceaccount.com'],
    ['ServiceAccount', `${GKE}gcp-service-account`, '1234-compute@developer.gserviceaccount.com'],
    ['Secret', `${REFLECTOR}reflection-allowed`, ' True '],
    ['Secret', `${REFLECTOR}reflection-allowed-namespaces`, ''],
    ['Secret', `${REFLECTOR}reflection-allowed-namespaces`, 'a, wordpress-.*,'],
    ['ConfigMap', `${REFLECTOR}reflects`, 'kube-system/ca'],
    ['Pod', `${AZURE}skip-containers`, 'a; b;'],
    ['Pod', `${AZURE}use-identity-binding`, 'True'],
    ['Pod', `${AZURE}use-identity-binding`, 'false'],
    ['ServiceAccount', 'example.com/anything', 'x'],
    ['ServiceAccount', 'example.com/audience', 'x'],
    ['ServiceAccount', 'iam.amazonaws.com/role-arn', ROLE],
    ['ServiceAccount', 'eks.services.k8s.aws/role-arn', ROLE],
    ['ServiceAccount', 'credentials.gke.io/credential-quota-project', 'x'],
    ['ServiceAccount', 'gke.example.com/gcp-service-account', 'x'],
    ['Secret', 'reflector.example.com/reflects', 'a/b'],
    ['ServiceAccount', 'kubernetes.io/enforce-mountable-secrets', 'true'],
    ['Pod', 'cluster-autoscaler.kubernetes.io/safe-to-evict', 'true'],
    ['Secret', 'meta.helm.sh/release-name', 'x'],
    ['Pod', 'app', 'x'],
  ])('%s %s: %j', async (kind, key, value) => {
    expect(await annotated(kind, key, value)).toEqual([]);
  });
});

test('a label that a workload shares with its Pods is in the right place too', async () => {
  const labels = { [`${AZURE}use`]: 'true' };
  const template = { spec: { template: { metadata: { labels } } } };
  expect(await found('Deployment', { labels }, template)).toEqual([]);
  expect(await found('Deployment', { labels })).toEqual([
    `error annotation/misplaced metadata.labels.${AZURE}use`,
  ]);
  expect(await found('ServiceAccount', { labels })).toEqual([]);
});

test('a label that reaches a kind without Pods, as shared labels do, is a warning', async () => {
  expect(await found('Service', { labels: { [`${AZURE}use`]: 'true' } })).toEqual([
    `warning annotation/misplaced metadata.labels.${AZURE}use`,
  ]);
});

describe('values that the controller ignores or misreads', () => {
  test.each([
    ['ServiceAccount', `${EKS}role-arn`, 'arn:aws:iam::05400073751:role/a'],
    ['ServiceAccount', `${EKS}role-arn`, 'arn:aws:iam::054000737513:user/a'],
    ['Pod', `${AZURE}skip-containers`, 'a, b'],
    ['ServiceAccount', `${AZURE}service-account-token-expiration`, '600'],
    ['ServiceAccount', `${EKS}token-expiration`, '599'],
    ['ServiceAccount', `${EKS}token-expiration`, '86401'],
    ['ServiceAccount', `${EKS}token-expiration`, '1h'],
    ['ServiceAccount', `${EKS}sts-regional-endpoints`, 'yes'],
    ['Pod', `${EKS}skip-containers`, 'a, b'],
    ['ServiceAccount', `${GKE}gcp-service-account`, 'wordpress@my-project.gserviceaccount.com'],
    ['Secret', `${REFLECTOR}reflection-allowed`, 'yes'],
    ['Secret', `${REFLECTOR}reflection-allowed`, '1'],
    ['Secret', `${REFLECTOR}reflection-auto-namespaces`, 'wordpress-*'],
    ['Secret', `${REFLECTOR}reflection-auto-namespaces`, 'a,*'],
    ['Secret', `${REFLECTOR}reflects`, 'image-pull-secret'],
  ])('%s %s: %j', async (kind, key, value) => {
    expect(await annotated(kind, key, value)).toEqual([
      `error annotation/wrong-value metadata.annotations.${key}`,
    ]);
  });

  test('the message says what is allowed and what came', async () => {
    const [finding] = await annotationFindings({
      resource: { apiVersion: 'v1', kind: 'Secret', name: 'x' },
      value: {
        kind: 'Secret',
        metadata: { annotations: { [`${REFLECTOR}reflection-auto-namespaces`]: 'wordpress-*' } },
      },
    });
    expect(finding?.message).toBe(
      `${REFLECTOR}reflection-auto-namespaces must be regular expressions without commas or spaces, in which * follows . or a group: write wordpress-.*, not the glob wordpress-*, got "wordpress-*"`,
    );
  });
});

test('the message has the article of the kind', async () => {
  const [finding] = await annotationFindings({
    resource: { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', name: 'x' },
    value: { kind: 'Ingress', metadata: { annotations: { [`${EKS}role-arn`]: ROLE } } },
  });
  expect(finding?.message).toBe(`${EKS}role-arn is read on a ServiceAccount, not on an Ingress`);
});

test('a value that may hold a credential is not repeated', async () => {
  const [finding] = await annotationFindings({
    resource: { apiVersion: 'v1', kind: 'ServiceAccount', name: 'x' },
    value: {
      kind: 'ServiceAccount',
      metadata: { annotations: { [`${EKS}role-arn`]: 'https://user:hunter2@example.com' } },
    },
  });
  expect(finding?.code).toBe('annotation/wrong-value');
  expect(JSON.stringify(finding)).not.toContain('hunter2');
});

describe('keys that no controller reads', () => {
  test.each([
    ['ServiceAccount', `${EKS}role-arm`, 'error'],
    ['ServiceAccount', `${EKS}something-else`, 'error'],
    ['ServiceAccount', 'eks.amazonaws.co/role-arn', 'error'],
    ['Secret', `${REFLECTOR}reflection-auto-enable`, 'error'],
    ['ServiceAccount', `${GKE}gcp-serviceaccount`, 'error'],
    ['ServiceAccount', `${GKE}something-else`, 'warning'],
    ['ServiceAccount', `${GKE}gcpServiceAccount`, 'error'],
    ['ServiceAccount', 'gke.io/gcp-service-account', 'error'],
    ['ServiceAccount', 'iam.gke.io.gcp-service-account', 'error'],
    ['ServiceAccount', 'eks.amazonaws.com.role-arn', 'error'],
    ['ServiceAccount', 'eks.amazon.com/role-arn', 'error'],
    ['ServiceAccount', 'EKS.amazonaws.com/role-arn', 'error'],
    ['Secret', 'reflector.k8s.emberstack.com/reflection-allowed', 'error'],
  ])('%s %s', async (kind, key, severity) => {
    expect(await annotated(kind, key, 'x')).toEqual([
      `${severity} annotation/unknown-key metadata.annotations.${key}`,
    ]);
  });

  test('a label that is nearly a known one, but not one that the cloud itself sets', async () => {
    const labels = {
      [`${EKS}skip-pod-identity-webhok`]: 'true',
      [`${EKS}fargate-profile`]: 'default',
    };
    expect(await found('Pod', { labels })).toEqual([
      `error annotation/unknown-key metadata.labels.${EKS}skip-pod-identity-webhok`,
    ]);
  });
});

describe('keys where the controller does not look', () => {
  test('another kind, and labels for annotations', async () => {
    expect(await annotated('Pod', `${EKS}role-arn`, ROLE)).toEqual([
      `error annotation/misplaced metadata.annotations.${EKS}role-arn`,
    ]);
    expect(await found('ServiceAccount', { labels: { [`${EKS}role-arn`]: 'x' } })).toEqual([
      `error annotation/misplaced metadata.labels.${EKS}role-arn`,
    ]);
  });

  test('a workload instead of its Pod template, which is right', async () => {
    const annotations = { [`${EKS}token-expiration`]: '3600' };
    const template = { spec: { template: { metadata: { annotations } } } };
    expect(await found('Deployment', { annotations })).toEqual([
      `error annotation/misplaced metadata.annotations.${EKS}token-expiration`,
    ]);
    expect(await found('Deployment', {}, template)).toEqual([]);
  });

  test.each([
    ['SealedSecret', { template: { metadata: 'HERE' } }],
    ['ExternalSecret', { target: { template: { metadata: 'HERE' } } }],
    ['Certificate', { secretTemplate: 'HERE' }],
    [
      'ClusterExternalSecret',
      { externalSecretSpec: { target: { template: { metadata: 'HERE' } } } },
    ],
  ])('a %s instead of the template of its Secret, which is right', async (kind, shape) => {
    const annotations = { [`${REFLECTOR}reflection-allowed`]: 'true' };
    const spec = JSON.parse(
      JSON.stringify(shape).replace('"HERE"', JSON.stringify({ annotations })),
    ) as object;
    const empty = JSON.parse(JSON.stringify(shape).replace('"HERE"', '{}')) as object;
    expect(await found(kind, { annotations }, { spec: empty })).toEqual([
      `error annotation/misplaced metadata.annotations.${REFLECTOR}reflection-allowed`,
    ]);
    expect(await found(kind, {}, { spec })).toEqual([]);
  });
});

describe('External Secrets gives a Secret without a template the metadata of the ExternalSecret', () => {
  const annotations = { [`${REFLECTOR}reflection-allowed`]: 'true' };
  const wrong = { [`${REFLECTOR}reflection-allowed`]: 'yes' };

  test('an ExternalSecret', async () => {
    const spec = { target: { name: 'database' } };
    expect(await found('ExternalSecret', { annotations }, { spec })).toEqual([]);
    expect(await found('ExternalSecret', { annotations: wrong }, { spec })).toEqual([
      `error annotation/wrong-value metadata.annotations.${REFLECTOR}reflection-allowed`,
    ]);
  });

  test('a ClusterExternalSecret, in what it hands on', async () => {
    const spec = { externalSecretMetadata: { annotations: wrong } };
    expect(await found('ClusterExternalSecret', {}, { spec })).toEqual([
      `error annotation/wrong-value spec.externalSecretMetadata.annotations.${REFLECTOR}reflection-allowed`,
    ]);
    expect(await found('ClusterExternalSecret', { annotations })).toEqual([
      `error annotation/misplaced metadata.annotations.${REFLECTOR}reflection-allowed`,
    ]);
  });
});

test('a label that is an annotation too does its work, so that is no error', async () => {
  const key = `${AZURE}use`;
  const both = { labels: { [key]: 'true' }, annotations: { [key]: 'true' } };
  expect(await found('Pod', both)).toEqual([
    `warning annotation/misplaced metadata.annotations.${key}`,
  ]);
  expect(await found('Pod', { annotations: both.annotations })).toEqual([
    `error annotation/misplaced metadata.annotations.${key}`,
  ]);
});

test('the Pod template of a custom kind is read as that of a Deployment', async () => {
  const labels = { [`${AZURE}use`]: 'true' };
  const annotations = { [`${EKS}token-expiration`]: '10' };
  const template = { metadata: { labels, annotations }, spec: { containers: [] } };
  expect(await found('Rollout', { labels }, { spec: { template } })).toEqual([
    `error annotation/wrong-value spec.template.metadata.annotations.${EKS}token-expiration`,
  ]);
});

test('odd metadata is no reason to stop', async () => {
  expect(await found('Secret', { annotations: null, labels: [] })).toEqual([]);
  expect(await annotated('ServiceAccount', `${EKS}role-arn`, 5)).toEqual([]);
});
