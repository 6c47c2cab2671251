import type { Variant } from '../variant.ts';

const manifests: Variant = {
  name: 'kops, raw manifests',
  files: {
    'main.jsonnet': `{
  webhook: {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'pod-identity-webhook', namespace: 'kube-system' },
    data: {
      config: std.manifestJsonMinified({
        'default/pod-identity-webhook-test': {
          RoleARN: 'arn:aws:iam::123456789012:role/pod-identity-webhook-test.default.sa.k8s.example.com',
          Audience: 'amazonaws.com',
          UseRegionalSTS: true,
          TokenExpiration: 0,
        },
      }),
    },
  },
  serviceAccount: {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: {
      name: 'pod-identity-webhook-test',
      namespace: 'default',
      annotations: { 'eks.amazonaws.com/audience': 'amazonaws.com' },
    },
  },
  pod: {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'test', namespace: 'default' },
    spec: {
      serviceAccountName: $.serviceAccount.metadata.name,
      containers: [{ name: 'aws', image: 'amazon/aws-cli', command: ['sleep', '3600'] }],
    },
  },
}
`,
  },
  mistakes: {
    'misspelt field': [
      { from: 'RoleARN', to: 'Role', finds: 'identity/webhook-config-entry' },
      { from: 'config: std', to: "'config.json': std", finds: 'identity/webhook-config-unread' },
      { from: 'serviceAccountName', to: 'serviceAccountname', finds: 'schema/unknown-field' },
    ],
    'misspelt annotation or label key': [
      {
        from: 'eks.amazonaws.com/audience',
        to: 'eks.amazonaws.com/audiences',
        finds: 'annotation/unknown-key',
      },
    ],
    'malformed value': [
      { from: `'default/pod-`, to: `'default:pod-`, finds: 'identity/webhook-config-key' },
      {
        from: `command: ['sleep', '3600']`,
        to: `command: 'sleep 3600'`,
        finds: 'schema/wrong-type',
      },
    ],
    'malformed ARN, GSA or UUID': [
      { from: 'arn:aws:iam::', to: 'arn:aws:iam:::', finds: 'identity/webhook-config-entry' },
    ],
    'out of range': [
      {
        from: 'TokenExpiration: 0',
        to: 'TokenExpiration: 300',
        finds: 'identity/webhook-config-entry',
      },
    ],
    'wrong type': [
      { from: `config: std.manifestJsonMinified({`, to: `config: ({`, finds: 'schema/wrong-type' },
      { from: `'3600'`, to: '3600', finds: 'schema/wrong-type' },
    ],
    'boolean for "true"': [
      {
        from: 'UseRegionalSTS: true',
        to: `UseRegionalSTS: 'true'`,
        finds: 'identity/webhook-config-entry',
      },
    ],
    'wrong namespace': [
      { from: `'kube-system'`, to: `'default'`, finds: 'identity/webhook-config-place' },
      { from: `'default/pod-`, to: `'defautl/pod-`, finds: 'identity/webhook-config-unmatched' },
    ],
    'wrong enum': [
      {
        from: `Audience: 'amazonaws.com'`,
        to: `Audience: 'sts.amazonaws.com'`,
        finds: 'identity/kops-audience',
      },
      {
        from: `audience': 'amazonaws.com'`,
        to: `audience': 'sts.amazonaws.com'`,
        finds: 'identity/irsa-audience-without-role',
      },
    ],
    'missing field': [
      {
        from: `          Audience: 'amazonaws.com',\n`,
        to: '',
        finds: 'identity/webhook-config-entry',
        at: `'default/pod-identity-webhook-test': {`,
      },
      {
        from: `name: 'aws', image: 'amazon/aws-cli'`,
        to: `image: 'amazon/aws-cli'`,
        finds: 'schema/missing-field',
      },
    ],
    'right thing in the wrong place': [
      {
        from: `{ name: 'pod-identity-webhook', namespace`,
        to: `{ name: 'eks-pod-identity-webhook', namespace`,
        finds: 'identity/webhook-config-place',
      },
    ],
  },
};

const mixins: Variant = {
  name: 'kops, mixins',
  files: {
    'main.jsonnet': `local tankard = import 'tankard/main.libsonnet';
local kops = tankard.kops;
local entry = kops.webhookEntry;

local account = 'arn:aws:iam::123456789012:';

{
  webhook: kops.webhookConfig.new(
    entry.new('default', 'test', account + 'role/test.default.sa.k8s.example.com')
    + entry.new('*', 'backup', account + 'role/backup', tokenExpiration=3600)
  ),
  serviceAccount: kops.serviceAccount.new('test', 'default'),

  cluster::
    kops.cluster.withPodIdentityWebhook()
    + kops.cluster.withDiscoveryStore('s3://k8s-example-com-oidc')
    + kops.cluster.withServiceAccountExternalPermissions([
      kops.serviceAccountPermission.policyArns('test', 'default', 'arn:aws:iam::aws:policy/AmazonEC2ReadOnlyAccess'),
      kops.serviceAccountPermission.inlinePolicy(
        'backup', '*', kops.statement.allow('s3:PutObject', 'arn:aws:s3:::backups/*')
      ),
    ]),

  documentation: {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'cluster', namespace: 'default' },
    data: { 'cluster.json': std.manifestJsonMinified($.cluster) },
  },
}
`,
  },
  mistakes: {
    'misspelt function': [
      { from: 'withDiscoveryStore', to: 'withDiscoveryBucket', finds: 'jsonnet/evaluation' },
      {
        from: 'kops.webhookConfig.new',
        to: 'kops.webhookConfig.forEntries',
        finds: 'jsonnet/evaluation',
      },
    ],
    'malformed ARN, GSA or UUID': [
      { from: `'role/backup'`, to: `'backup'`, finds: 'jsonnet/assert' },
      { from: 'iam::aws:policy', to: 'iam::aws:role', finds: 'jsonnet/assert' },
      {
        from: '::123456789012:',
        to: ':123456789012:',
        finds: 'jsonnet/assert',
        at: `entry.new('default'`,
      },
    ],
    'glob for a pattern': [
      {
        from: `'*', 'backup', account`,
        to: `'team-*', 'backup', account`,
        finds: 'jsonnet/assert',
      },
    ],
    'out of range': [
      { from: 'tokenExpiration=3600', to: 'tokenExpiration=60', finds: 'jsonnet/assert' },
    ],
    'wrong type': [
      { from: 'tokenExpiration=3600', to: `tokenExpiration='1h'`, finds: 'jsonnet/assert' },
    ],
    'malformed value': [
      { from: 's3://k8s-example-com-oidc', to: 'k8s-example-com-oidc', finds: 'jsonnet/assert' },
    ],
    'missing field': [
      {
        from: `'test', 'default', 'arn:aws:iam::aws:policy/AmazonEC2ReadOnlyAccess'`,
        to: `'test', 'arn:aws:iam::aws:policy/AmazonEC2ReadOnlyAccess'`,
        finds: 'jsonnet/evaluation',
      },
    ],
    'wrong namespace': [
      {
        from: `entry.new('default', 'test'`,
        to: `entry.new('kube-system', 'test'`,
        finds: 'identity/webhook-config-unmatched',
      },
    ],
  },
};

/** kops. */
export const KOPS: readonly Variant[] = [manifests, mixins];
