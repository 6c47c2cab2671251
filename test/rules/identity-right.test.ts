import { describe, expect, test } from 'vitest';
import {
  account,
  association,
  ASSOCIATION,
  AZURE,
  entry,
  env,
  found,
  kopsCluster,
  pod,
  ROLE,
  USE,
  webhook,
} from './identity-objects.ts';

const SECRET_STORE = `
apiVersion: external-secrets.io/v1
kind: SecretStore
metadata: { name: aws, namespace: shop }
spec: { provider: { aws: { service: SecretsManager, region: eu-central-1, auth: { jwt: { serviceAccountRef: { name: backup } } } } } }
---`;

describe('nothing is found', () => {
  test.each<[string, string]>([
    ['Pods that run as default', pod({ spec: 'hostNetwork: false' })],
    ['a Pod whose serviceAccountName is null', pod({ spec: 'serviceAccountName: null' })],
    [
      'an identity that a SecretStore uses',
      account('backup', ROLE) + pod({ spec: 'hostNetwork: false' }) + SECRET_STORE,
    ],
    [
      'an identity that the configuration of a program names, which makes Pods itself',
      account('backup', ROLE) +
        pod({ spec: 'hostNetwork: false' }) +
        `
apiVersion: v1
kind: ConfigMap
metadata: { name: runner, namespace: shop }
data: { config.toml: '[runners.kubernetes] service_account = "backup"' }
---`,
    ],
    [
      'an identity that a variable names',
      account('backup', ROLE) +
        pod({
          spec: 'hostNetwork: false',
          container: env('name: WORKER_SERVICE_ACCOUNT, value: backup'),
        }),
    ],
    ['an identity in a namespace without Pods', account('backup', ROLE)],
    ['a plain ServiceAccount that nothing uses', account('backup') + account('web') + pod()],
    [
      'keys in a container that gets no token',
      account('backup', ROLE) +
        pod({
          annotations: 'eks.amazonaws.com/skip-containers: web',
          container: env('name: AWS_ACCESS_KEY_ID, value: x'),
        }),
    ],
    [
      'keys that are empty, as an SDK takes for unset',
      account('backup', ROLE) + pod({ container: env("name: AWS_ACCESS_KEY_ID, value: ''") }),
    ],
    [
      'keys without a role',
      account('backup') + pod({ container: env('name: AWS_ACCESS_KEY_ID, value: x') }),
    ],
    [
      'keys in Pods that the webhook leaves alone',
      account('backup', ROLE) +
        pod({
          labels: "eks.amazonaws.com/skip-pod-identity-webhook: 'true'",
          container: env('name: AWS_ACCESS_KEY_ID, value: x'),
        }),
    ],
    [
      'a web identity that is set by hand as a whole',
      account('backup', ROLE) +
        pod({
          container: env(
            'name: AWS_ROLE_ARN, value: x',
            'name: AWS_WEB_IDENTITY_TOKEN_FILE, value: /token',
          ),
        }),
    ],
    [
      'AWS_ROLE_ARN without a role of the ServiceAccount',
      account('backup') + pod({ container: env('name: AWS_ROLE_ARN, value: x') }),
    ],
    [
      'a container to skip that another webhook adds',
      account('backup', ROLE) +
        pod({ annotations: 'eks.amazonaws.com/skip-containers: istio-proxy' }),
    ],
    [
      'an Azure identity whose token is mounted by hand',
      account('backup', AZURE) +
        pod({ container: env('name: AZURE_FEDERATED_TOKEN_FILE, value: /token') }),
    ],
    [
      'a client ID that the container sets',
      account('backup') + pod({ labels: USE, container: env('name: AZURE_CLIENT_ID, value: x') }),
    ],
    [
      'a client secret where no identity is',
      account('backup') + pod({ container: env('name: AZURE_CLIENT_SECRET, value: x') }),
    ],
    [
      'the path of the token in a volume of its own',
      account('backup', AZURE) +
        pod({
          labels: USE,
          spec: 'serviceAccountName: backup, volumes: [{ name: t, emptyDir: {} }]',
          container: `args: [/var/run/secrets/azure/tokens/x], volumeMounts: [{ name: t, mountPath: /var/run/secrets/azure/tokens }]`,
        }),
    ],
    [
      'a proxy on the network of the node without the label, where no webhook looks',
      account('backup') +
        pod({
          spec: 'serviceAccountName: backup, hostNetwork: true',
          annotations: "azure.workload.identity/inject-proxy-sidecar: 'true'",
        }),
    ],
    [
      'associations of one name in two clusters',
      account('backup') +
        association('one', ASSOCIATION) +
        association(
          'two',
          ASSOCIATION.replace('main', 'other').replace('111122223333', '444455556666'),
        ),
    ],
    [
      'an association that refers to objects',
      account('backup') +
        association(
          'one',
          'clusterRef: { from: { name: main } }, namespace: shop, serviceAccount: backup, roleRef: { from: { name: backup } }',
        ),
    ],
    ['an association for default', association('one', ASSOCIATION.replace('backup', 'default'))],
    [
      'an entry whose fields have other capitals, which Go reads',
      webhook(
        '{"shop/backup": {"roleArn": "arn:aws:iam::111122223333:role/backup", "audience": "x", "tokenExpiration": 600}}',
      ),
    ],
    [
      'an entry for a ServiceAccount that resembles none',
      account('web') + webhook(entry('shop/backup')),
    ],
    ['an entry for every namespace', account('backup') + webhook(entry('*/backup'))],
    [
      'the ConfigMap where the webhook runs',
      webhook(entry('shop/backup'), 'name: pod-identity-webhook, namespace: shop') +
        pod({ spec: 'hostNetwork: false' }).replace(
          'example.com/web',
          'example.com/pod-identity-webhook',
        ),
    ],
    [
      'the audience of a ServiceAccount that its entry has too',
      account('backup', 'eks.amazonaws.com/audience: amazonaws.com') +
        webhook(entry('shop/backup', '"Audience": "amazonaws.com"')),
    ],
    [
      'an audience that the Cluster of kOps adds',
      account('backup', `${ROLE}, eks.amazonaws.com/audience: sts.amazonaws.com`) +
        kopsCluster('serviceAccountIssuerDiscovery: { additionalAudiences: [sts.amazonaws.com] }'),
    ],
    [
      'the audience of EKS where nothing says kOps',
      account('backup', `${ROLE}, eks.amazonaws.com/audience: sts.amazonaws.com`),
    ],
    [
      'permissions of one name in two namespaces',
      kopsCluster(
        'iam: { serviceAccountExternalPermissions: [{ name: a, namespace: b, aws: { policyARNs: [x] } }, { name: a, namespace: "*", aws: { policyARNs: [x] } }] }',
      ),
    ],
    [
      'a member of a ServiceAccount that resembles none',
      account('web') +
        `
apiVersion: v1
kind: ConfigMap
metadata: { name: members, namespace: shop }
data: { other: 'system:serviceaccount:monitoring:prometheus' }
`,
    ],
    [
      'a token for a program that is none of a cloud',
      pod({
        spec: 'volumes: [{ name: t, projected: { sources: [{ serviceAccountToken: { path: t } }] } }]',
      }),
    ],
  ])('%s', async (_, yaml) => {
    expect(await found(yaml)).toEqual([]);
  });
});
