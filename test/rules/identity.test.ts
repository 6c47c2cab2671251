import { describe, expect, test } from 'vitest';
import { findingsIn } from './findings-in.ts';
import {
  account,
  association,
  ASSOCIATION,
  AZURE,
  entry,
  env,
  found,
  GOOGLE,
  kopsCluster,
  pod,
  ROLE,
  USE,
  webhook,
} from './identity-objects.ts';

const AWS_KEYS = `
apiVersion: v1
kind: Secret
metadata: { name: aws, namespace: shop }
stringData: { AWS_ACCESS_KEY_ID: x, AWS_SECRET_ACCESS_KEY: not-for-reports }
---`;

describe('one mistake is one finding', () => {
  test.each<[string, string, string]>([
    [
      'a misspelt ServiceAccount with an identity',
      account('backup', ROLE) + pod({ spec: 'serviceAccountName: bakcup' }),
      'identity/service-account-missing warning spec.serviceAccountName',
    ],
    [
      'an identity that only a member of IAM names',
      account('backup', GOOGLE) +
        pod({ spec: 'hostNetwork: false' }) +
        `
apiVersion: v1
kind: ConfigMap
metadata: { name: members, namespace: shop }
data: { backup: 'serviceAccount:example-project.svc.id.goog[shop/backup]' }
---`,
      'identity/service-account-unused warning metadata.name',
    ],
    [
      'a ServiceAccount of another namespace',
      account('backup', ROLE, 'default') + pod(),
      'identity/service-account-missing warning spec.serviceAccountName',
    ],
    [
      'a misspelt annotation of Azure',
      account('backup', 'azure.workload.identity/clientid: 6d1bb1a0-9d8b-4ef4-9a1c-3c1f0f5c2b7e') +
        pod({ labels: USE }),
      'annotation/unknown-key error metadata.annotations.azure.workload.identity/clientid',
    ],
    [
      'a misspelt role beside an audience',
      account(
        'backup',
        'eks.amazonaws.com/role-arm: x, eks.amazonaws.com/audience: sts.amazonaws.com',
      ) + pod(),
      'annotation/unknown-key error metadata.annotations.eks.amazonaws.com/role-arm',
    ],
    [
      'keys from a Secret as a whole',
      account('backup', ROLE) +
        AWS_KEYS +
        pod({ container: 'envFrom: [{ secretRef: { name: aws } }]' }),
      'identity/static-aws-keys error spec.containers.0.envFrom.0.secretRef.name',
    ],
    [
      'keys beside an association',
      account('backup') +
        association('one', ASSOCIATION) +
        pod({ container: env('name: AWS_SECRET_ACCESS_KEY, value: not-for-reports') }),
      'identity/static-aws-keys error spec.containers.0.env.0.name',
    ],
    [
      'keys beside an entry of the ConfigMap',
      account('backup') +
        webhook(entry('shop/backup')) +
        pod({ container: env('name: AWS_SECRET_ACCESS_KEY, value: not-for-reports') }),
      'identity/static-aws-keys error spec.containers.0.env.0.name',
    ],
    [
      'the same role by annotation and association, as in a migration',
      account('backup', ROLE) + association('one', ASSOCIATION) + pod(),
      'identity/irsa-and-pod-identity warning metadata.annotations.eks.amazonaws.com/role-arn',
    ],
    [
      'a key file in one container of two',
      account('backup', GOOGLE) +
        pod({
          container: `${env('name: GOOGLE_APPLICATION_CREDENTIALS, value: /key')} }, { name: proxy, image: example.com/proxy`,
        }),
      'identity/google-key-file warning spec.containers.0.env.0.name',
    ],
    [
      'a Pod without the label beside one that has it',
      account('backup', AZURE) + pod({ labels: USE }) + pod().replace('name: web', 'name: other'),
      'identity/azure-label-missing warning metadata.labels.azure.workload.identity/use',
    ],
    [
      'the label of Azure on Pods that run as default',
      pod({ labels: USE, spec: 'hostNetwork: false' }),
      'identity/azure-client-id-missing warning spec.serviceAccountName',
    ],
    [
      'the namespace of an association',
      account('backup', '', 'default') + association('one', ASSOCIATION),
      'identity/association-unmatched warning spec.namespace',
    ],
    [
      'an association without a role',
      account('backup') +
        association('one', 'clusterName: main, namespace: shop, serviceAccount: backup'),
      'identity/association-form error spec.roleARN',
    ],
    [
      'an association with a policy for a role',
      account('backup') + association('one', ASSOCIATION.replace(':role/', ':policy/')),
      'identity/association-form error spec.roleARN',
    ],
    [
      'a ConfigMap of the webhook without config',
      webhook('{}').replace('config:', 'config.json:'),
      'identity/webhook-config-unread error data.config.json',
    ],
    [
      'a ConfigMap of the webhook under another name',
      webhook(entry('shop/backup'), 'name: webhook, namespace: kube-system'),
      'identity/webhook-config-place warning metadata.name',
    ],
    [
      'an entry without a slash',
      webhook(entry('backup')),
      'identity/webhook-config-key error data.config.backup',
    ],
    [
      'an entry that is null, which crashes the webhook',
      webhook('{"shop/backup": null}'),
      'identity/webhook-config-entry error data.config.shop/backup',
    ],
    [
      'a lifetime in an entry that the API server refuses',
      webhook(entry('shop/backup', '"Audience": "x", "TokenExpiration": 599')),
      'identity/webhook-config-entry error data.config.shop/backup.TokenExpiration',
    ],
    [
      'a lifetime in an entry as text, which loses all entries',
      webhook(entry('shop/backup', '"Audience": "x", "TokenExpiration": "600"')),
      'identity/webhook-config-entry error data.config.shop/backup.TokenExpiration',
    ],
    [
      'a misspelt field of an entry',
      webhook(entry('shop/backup', '"Audienc": "x"')),
      'identity/webhook-config-entry error data.config.shop/backup.Audienc',
    ],
    [
      'a permission without a namespace',
      kopsCluster(
        'iam: { serviceAccountExternalPermissions: [{ name: a, aws: { policyARNs: [x] } }] }',
      ),
      'identity/kops-permission error spec.iam.serviceAccountExternalPermissions.0.namespace',
    ],
    [
      'a wildcard for the name of a ServiceAccount',
      kopsCluster(
        'iam: { serviceAccountExternalPermissions: [{ name: "a*", namespace: b, aws: { policyARNs: [x] } }] }',
      ),
      'identity/kops-permission error spec.iam.serviceAccountExternalPermissions.0.name',
    ],
    [
      'cert-manager that is not enabled',
      kopsCluster(
        'podIdentityWebhook: { enabled: true }, certManager: { managed: false }, serviceAccountIssuerDiscovery: { enableAWSOIDCProvider: true }',
      ),
      'identity/kops-webhook-cert-manager error spec.certManager.enabled',
    ],
    [
      'an unknown label of nodes of GKE',
      pod({ spec: "nodeSelector: { iam.gke.io/gke-metadata-server: 'true' }" }),
      'identity/gke-node-selector error spec.nodeSelector.iam.gke.io/gke-metadata-server',
    ],
    [
      'a token that lives too long',
      pod({
        spec: 'volumes: [{ name: t, projected: { sources: [{ serviceAccountToken: { path: t, expirationSeconds: 4294967297 } }] } }]',
      }),
      'identity/token-expiration error spec.volumes.0.projected.sources.0.serviceAccountToken.expirationSeconds',
    ],
  ])('%s', async (_, yaml, expected) => {
    expect(await found(yaml)).toEqual([expected]);
  });
});

test('of what was rendered in part, nothing is said to be absent or unused', async () => {
  const yaml = account('backup', ROLE) + pod({ spec: 'serviceAccountName: other' });
  expect(await found(yaml)).toHaveLength(2);
  expect(await findingsIn(yaml, { isPartial: true })).toEqual([]);
});

test('a ServiceAccount of another namespace: the message names both', async () => {
  const [finding] = await findingsIn(account('backup', '', 'default') + pod());
  expect(finding?.message).toContain('shop');
  expect(finding?.hint).toContain('the namespace default');
});

test('no value of a variable or a Secret is in what is told', async () => {
  const yaml =
    account('backup', ROLE) +
    AWS_KEYS +
    pod({
      container: `${env('name: AWS_SECRET_ACCESS_KEY, value: not-for-reports')}, envFrom: [{ secretRef: { name: aws } }]`,
    });
  const findings = await findingsIn(yaml);
  expect(findings.map(({ code }) => code)).toEqual(['identity/static-aws-keys']);
  expect(JSON.stringify(findings)).not.toContain('not-for-reports');
});

describe('values of a wrong type', () => {
  const ODD = ['null', '7', 'true', 'text', '[]', '[null, 7, text, []]', '{}', '{ a: { b: 7 } }'];
  const TEMPLATES: readonly string[] = [
    account('backup', '').replace('{  }', '$ODD'),
    pod({ container: 'env: $ODD, envFrom: $ODD, args: $ODD, volumeMounts: $ODD' }),
    pod({ spec: 'serviceAccountName: $ODD, nodeSelector: $ODD, volumes: $ODD, hostNetwork: $ODD' }),
    pod({ labels: `${USE}, a: $ODD`, annotations: 'eks.amazonaws.com/skip-containers: $ODD' }),
    pod().replace(/spec: .*/, 'spec: $ODD'),
    association('one', 'namespace: $ODD, serviceAccount: $ODD, clusterRef: $ODD, roleARN: $ODD'),
    association('one', '').replace(/spec: .*/, 'spec: $ODD'),
    kopsCluster('iam: $ODD, podIdentityWebhook: $ODD, serviceAccountIssuerDiscovery: $ODD'),
    kopsCluster('iam: { serviceAccountExternalPermissions: $ODD }'),
    kopsCluster('iam: { serviceAccountExternalPermissions: [{ name: $ODD, aws: $ODD }] }'),
    webhook('').replace("''", '$ODD'),
    webhook('').replace(/data: .*/, 'data: $ODD'),
  ];
  test.each(TEMPLATES.map((template) => [template]))('stop no rule: %s', async (template) => {
    for (const odd of ODD) {
      const yaml = account('other', ROLE) + template.replaceAll('$ODD', odd);
      await expect(findingsIn(yaml)).resolves.toBeDefined();
    }
  });
});
