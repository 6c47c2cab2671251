import { CONCATENATION, VARIABLE } from '../reasons.ts';
import type { Variant } from '../variant.ts';

const manifests: Variant = {
  name: 'irsa, raw manifests',
  files: {
    'main.jsonnet': `local account = '054000737513';
local namespace = 'external-secrets';

{
  serviceAccount: {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: {
      name: 'aws-secretsmanager',
      namespace: namespace,
      annotations: {
        'eks.amazonaws.com/role-arn': 'arn:aws:iam::' + account + ':role/k8s-main/ExternalSecrets',
        'eks.amazonaws.com/audience': 'sts.amazonaws.com',
        'eks.amazonaws.com/sts-regional-endpoints': 'true',
        'eks.amazonaws.com/token-expiration': '3600',
      },
    },
  },

  deployment: {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'controller', namespace: namespace },
    spec: {
      selector: { matchLabels: { app: 'controller' } },
      template: {
        metadata: {
          labels: { app: 'controller' },
          annotations: { 'eks.amazonaws.com/skip-containers': 'proxy,metrics' },
        },
        spec: {
          serviceAccountName: $.serviceAccount.metadata.name,
          containers: [
            {
              name: 'controller',
              image: 'registry.example.com/controller:1.2.3',
              env: [{ name: 'LOG_LEVEL', value: 'info' }],
            },
            { name: 'proxy', image: 'registry.example.com/proxy:1.2.3' },
            { name: 'metrics', image: 'registry.example.com/metrics:1.2.3' },
          ],
        },
      },
    },
  },
}
`,
  },
  mistakes: {
    'misspelt annotation or label key': [
      { from: '/role-arn', to: '/role-arm', finds: 'annotation/unknown-key' },
      { from: '/role-arn', to: '/roleArn', finds: 'annotation/unknown-key' },
      {
        from: 'eks.amazonaws.com/role-arn',
        to: 'eks.amazon.com/role-arn',
        finds: 'annotation/unknown-key',
      },
      {
        from: '/sts-regional-endpoints',
        to: '/sts-regional-endpoint',
        finds: 'annotation/unknown-key',
      },
      {
        from: '/token-expiration',
        to: '/token-expiration-seconds',
        finds: 'annotation/unknown-key',
      },
      { from: '/skip-containers', to: '/skip-container', finds: 'annotation/unknown-key' },
    ],
    'malformed ARN, GSA or UUID': [
      {
        from: '054000737513',
        to: '05400073751',
        finds: 'annotation/wrong-value',
        near: CONCATENATION,
      },
      { from: ':role/', to: ':policy/', finds: 'annotation/wrong-value' },
      { from: 'arn:aws:iam::', to: 'arn:aws:sts::', finds: 'annotation/wrong-value' },
      { from: 'arn:aws:iam::', to: 'arn:aws:iam:', finds: 'annotation/wrong-value' },
    ],
    'boolean for "true"': [
      { from: `'true'`, to: 'true', finds: 'environment/not-a-manifest' },
      { from: `'true'`, to: `'yes'`, finds: 'annotation/wrong-value' },
    ],
    'wrong type': [{ from: `'3600'`, to: '3600', finds: 'environment/not-a-manifest' }],
    'malformed value': [
      { from: `'3600'`, to: `'1h'`, finds: 'annotation/wrong-value' },
      { from: 'proxy,metrics', to: 'proxy, metrics', finds: 'annotation/wrong-value' },
    ],
    'out of range': [
      { from: `'3600'`, to: `'300'`, finds: 'annotation/wrong-value' },
      { from: `'3600'`, to: `'604800'`, finds: 'annotation/wrong-value' },
    ],
    'right thing in the wrong place': [
      {
        from: 'eks.amazonaws.com/skip-containers',
        to: 'eks.amazonaws.com/role-arn',
        finds: 'annotation/misplaced',
      },
      {
        from: `'eks.amazonaws.com/audience': 'sts.amazonaws.com'`,
        to: `'eks.amazonaws.com/skip-containers': 'proxy'`,
        finds: 'annotation/misplaced',
      },
      {
        from: `        spec: {
          serviceAccountName: $.serviceAccount.metadata.name,
`,
        to: `        serviceAccountName: $.serviceAccount.metadata.name,
        spec: {
`,
        finds: 'schema/unknown-field',
        at: 'serviceAccountName:',
      },
    ],
    'one half missing': [
      {
        from: `          serviceAccountName: $.serviceAccount.metadata.name,
`,
        to: '',
        finds: 'identity/service-account-unused',
        at: `name: 'aws-secretsmanager'`,
      },
      {
        from: '$.serviceAccount.metadata.name',
        to: `'aws-secretmanager'`,
        finds: 'identity/service-account-missing',
      },
      {
        from: `'eks.amazonaws.com/role-arn': 'arn:aws:iam::' + account + ':role/k8s-main/ExternalSecrets',`,
        to: '',
        finds: 'identity/irsa-audience-without-role',
        at: `'eks.amazonaws.com/audience'`,
      },
    ],
    'wrong namespace': [
      {
        from: `name: 'controller', namespace: namespace`,
        to: `name: 'controller', namespace: 'default'`,
        finds: 'identity/service-account-missing',
        near: VARIABLE,
      },
    ],
    'wrong apiVersion or kind': [
      {
        from: `kind: 'ServiceAccount'`,
        to: `kind: 'Serviceaccount'`,
        finds: 'schema/unknown-kind',
        consequence: 'identity/service-account-missing',
      },
    ],
    'said twice': [
      {
        from: `name: 'LOG_LEVEL', value: 'info'`,
        to: `name: 'AWS_ACCESS_KEY_ID', value: 'AKIAIOSFODNN7EXAMPLE'`,
        finds: 'identity/static-aws-keys',
      },
    ],
  },
};

const mixins: Variant = {
  name: 'irsa, mixins',
  files: {
    'main.jsonnet': `local tankard = import 'tankard/main.libsonnet';
local irsa = tankard.irsa;
local config = import 'config.libsonnet';

{
  serviceAccount:
    irsa.serviceAccount.new('s3-access-sa', config.namespace, config.roleArn)
    + irsa.serviceAccount.withStsRegionalEndpoints(true)
    + irsa.serviceAccount.withTokenExpiration(config.tokenExpiration)
    + irsa.serviceAccount.withAudience('sts.amazonaws.com'),

  smokeTest: irsa.smokeTestPod.new('s3-access-pod', config.namespace, 's3-access-sa'),

  report: {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: 'report', namespace: config.namespace },
    spec: {
      schedule: '0 4 * * *',
      jobTemplate: {
        spec: {
          template: {
            spec: {
              serviceAccountName: 's3-access-sa',
              restartPolicy: 'Never',
              containers: [
                { name: 'report', image: 'registry.example.com/report:1' },
                { name: 'upload', image: 'registry.example.com/upload:1' },
              ],
            },
          } + irsa.pod.withSkipContainers(['report']),
        },
      },
    },
  },
}
`,
    'config.libsonnet': `{
  namespace: 'reports',
  account:: '123456789012',
  roleArn: 'arn:aws:iam::%s:role/s3-access' % self.account,
  tokenExpiration: 3600,
}
`,
  },
  mistakes: {
    'misspelt function': [
      { from: 'withTokenExpiration', to: 'withTokenExpiry', finds: 'jsonnet/evaluation' },
      { from: 'irsa.pod.with', to: 'irsa.serviceAccount.with', finds: 'jsonnet/evaluation' },
      { from: 'smokeTestPod', to: 'smoketestPod', finds: 'jsonnet/evaluation' },
    ],
    'missing field': [
      { from: ', config.roleArn', to: '', finds: 'jsonnet/evaluation' },
      {
        from: `restartPolicy: 'Never',`,
        to: '',
        finds: 'workloads/restart-policy',
        at: 'spec: {\n              serviceAccountName',
      },
    ],
    'wrong type': [
      {
        from: 'tokenExpiration: 3600',
        to: `tokenExpiration: '3600'`,
        finds: 'jsonnet/assert',
      },
    ],
    'boolean for "true"': [
      {
        from: 'withStsRegionalEndpoints(true)',
        to: `withStsRegionalEndpoints('true')`,
        finds: 'jsonnet/assert',
      },
    ],
    'malformed ARN, GSA or UUID': [
      {
        from: '123456789012',
        to: '1234-5678-9012',
        finds: 'jsonnet/assert',
      },
      {
        from: 'role/s3-access',
        to: 'role//s3-access',
        finds: 'jsonnet/assert',
      },
      { from: 'config.roleArn', to: `'s3-access'`, finds: 'jsonnet/assert' },
    ],
    'out of range': [
      {
        from: 'withTokenExpiration(config.tokenExpiration)',
        to: 'withTokenExpiration(60)',
        finds: 'jsonnet/assert',
      },
      {
        from: 'tokenExpiration: 3600',
        to: 'tokenExpiration: 24 * 3600 * 7',
        finds: 'jsonnet/assert',
        at: 'withTokenExpiration',
      },
    ],
    'malformed value': [
      {
        from: `withSkipContainers(['report'])`,
        to: `withSkipContainers(['report, upload'])`,
        finds: 'jsonnet/assert',
      },
      { from: '0 4 * * *', to: '0 4 * *', finds: 'workloads/schedule' },
    ],
    'right thing in the wrong place': [
      {
        from: `'s3-access-sa', config.namespace, config.roleArn`,
        to: `config.namespace, config.roleArn, 's3-access-sa'`,
        finds: 'jsonnet/assert',
      },
      {
        from: `          } + irsa.pod.withSkipContainers(['report']),
        },`,
        to: `          },
        } + irsa.pod.withSkipContainers(['report']),`,
        finds: 'schema/unknown-field',
        at: 'irsa.pod',
      },
      {
        from: `          } + irsa.pod.withSkipContainers(['report']),
        },
      },`,
        to: `          },
        },
      } + irsa.pod.withSkipContainers(['report']),`,
        finds: 'annotation/misplaced',
        at: 'irsa.pod',
      },
    ],
    'one half missing': [
      {
        from: `serviceAccountName: 's3-access-sa'`,
        to: `serviceAccountName: 's3-acces-sa'`,
        finds: 'identity/service-account-missing',
      },
    ],
  },
};

/** irsa. */
export const IRSA: readonly Variant[] = [manifests, mixins];
