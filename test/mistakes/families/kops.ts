import type { Variant } from '../variant.ts';

const ENTRY_RULE = 'a rule that reads the entries of the ConfigMap pod-identity-webhook';

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
      { from: 'RoleARN', to: 'RoleArn', open: ENTRY_RULE },
      { from: 'config: std', to: "'config.json': std", open: ENTRY_RULE },
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
      { from: `'default/pod-`, to: `'default:pod-`, open: ENTRY_RULE },
      {
        from: `command: ['sleep', '3600']`,
        to: `command: 'sleep 3600'`,
        finds: 'schema/wrong-type',
      },
    ],
    'malformed ARN, GSA or UUID': [
      { from: 'arn:aws:iam::', to: 'arn:aws:iam:::', open: ENTRY_RULE },
    ],
    'out of range': [{ from: 'TokenExpiration: 0', to: 'TokenExpiration: 300', open: ENTRY_RULE }],
    'wrong type': [
      { from: `config: std.manifestJsonMinified({`, to: `config: ({`, finds: 'schema/wrong-type' },
      { from: `'3600'`, to: '3600', finds: 'schema/wrong-type' },
    ],
    'boolean for "true"': [
      { from: 'UseRegionalSTS: true', to: `UseRegionalSTS: 'true'`, open: ENTRY_RULE },
    ],
    'wrong namespace': [
      { from: `'kube-system'`, to: `'default'`, open: ENTRY_RULE },
      { from: `'default/pod-`, to: `'defautl/pod-`, open: ENTRY_RULE },
    ],
    'wrong enum': [
      { from: `Audience: 'amazonaws.com'`, to: `Audience: 'sts.amazonaws.com'`, open: ENTRY_RULE },
      {
        from: `audience': 'amazonaws.com'`,
        to: `audience': 'sts.amazonaws.com'`,
        open: ENTRY_RULE,
      },
    ],
    'missing field': [
      { from: `          Audience: 'amazonaws.com',\n`, to: '', open: ENTRY_RULE },
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
        open: ENTRY_RULE,
      },
    ],
  },
};

export const KOPS: readonly Variant[] = [manifests];
