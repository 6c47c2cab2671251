import { VARIABLE } from '../reasons.ts';
import type { Variant } from '../variant.ts';

const manifests: Variant = {
  name: 'azureWorkloadIdentity, raw manifests',
  files: {
    'main.jsonnet': `local identity = {
  client: '7d8f2b6e-0c1a-4d53-9f1e-2b3c4d5e6f70',
  tenant: '0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d',
};
local labels = { app: 'orders' };

{
  serviceAccount: {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: {
      name: 'orders',
      namespace: 'orders',
      annotations: {
        'azure.workload.identity/client-id': identity.client,
        'azure.workload.identity/tenant-id': identity.tenant,
      },
    },
  },
  deployment: {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'orders', namespace: 'orders' },
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: {
          labels: labels { 'azure.workload.identity/use': 'true' },
          annotations: {
            'azure.workload.identity/service-account-token-expiration': '7200',
            'azure.workload.identity/skip-containers': 'proxy;metrics',
          },
        },
        spec: {
          serviceAccountName: 'orders',
          containers: [
            { name: 'orders', image: 'registry.example.com/orders:3' },
            { name: 'proxy', image: 'registry.example.com/proxy:1' },
            { name: 'metrics', image: 'registry.example.com/metrics:1' },
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
      { from: '/client-id', to: '/clientid', finds: 'annotation/unknown-key' },
      {
        from: 'azure.workload.identity/tenant-id',
        to: 'azure.workload-identity.io/tenant-id',
        finds: 'annotation/unknown-key',
      },
      {
        from: '/service-account-token-expiration',
        to: '/token-expiration',
        finds: 'annotation/unknown-key',
      },
      {
        from: `azure.workload.identity/use`,
        to: 'azure.workload.identity/used',
        finds: 'annotation/unknown-key',
      },
    ],
    'malformed ARN, GSA or UUID': [
      { from: '7d8f2b6e-0c1a', to: '7d8f2b6e0c1a', finds: 'annotation/wrong-value' },
      {
        from: `'7d8f2b6e-0c1a-4d53-9f1e-2b3c4d5e6f70'`,
        to: `'orders-identity'`,
        finds: 'annotation/wrong-value',
      },
      { from: '9e0f1a2b3c4d', to: '9e0f1a2b3c4', finds: 'annotation/wrong-value' },
    ],
    'boolean for "true"': [
      { from: `use': 'true'`, to: `use': true`, finds: 'schema/wrong-type' },
      { from: `use': 'true'`, to: `use': 'yes'`, finds: 'annotation/wrong-value' },
    ],
    'out of range': [
      { from: `'7200'`, to: `'600'`, finds: 'annotation/wrong-value' },
      { from: `'7200'`, to: `'100000'`, finds: 'annotation/wrong-value' },
    ],
    'malformed value': [
      { from: `'7200'`, to: `'2h'`, finds: 'annotation/wrong-value' },
      { from: 'proxy;metrics', to: 'proxy,metrics', finds: 'annotation/wrong-value' },
    ],
    'wrong type': [{ from: `'7200'`, to: '7200', finds: 'schema/wrong-type' }],
    'right thing in the wrong place': [
      {
        from: `metadata: { name: 'orders', namespace: 'orders' },
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: {
          labels: labels { 'azure.workload.identity/use': 'true' },`,
        to: `metadata: { name: 'orders', namespace: 'orders', labels: { 'azure.workload.identity/use': 'true' } },
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: {
          labels: labels,`,
        finds: 'annotation/misplaced',
      },
      {
        from: `'azure.workload.identity/skip-containers': 'proxy;metrics'`,
        to: `'azure.workload.identity/client-id': identity.client`,
        finds: 'annotation/misplaced',
      },
      {
        from: `annotations: {
            'azure.workload.identity/service`,
        to: `annotations: {
            'azure.workload.identity/use': 'true',
            'azure.workload.identity/service`,
        finds: 'annotation/misplaced',
      },
      {
        from: `local labels = { app: 'orders' }`,
        to: `local labels = { app: 'orders', 'azure.workload.identity/use': 'true' }`,
        finds: 'identity/azure-label-in-selector',
      },
    ],
    'one half missing': [
      {
        from: `labels: labels { 'azure.workload.identity/use': 'true' }`,
        to: `labels: labels`,
        finds: 'identity/azure-label-missing',
        near: VARIABLE,
      },
      {
        from: `        'azure.workload.identity/client-id': identity.client,\n`,
        to: '',
        finds: 'identity/azure-client-id-missing',
        at: `annotations: {
        'azure.workload.identity/tenant-id'`,
      },
    ],
    'wrong namespace': [
      {
        from: `name: 'orders',
      namespace: 'orders'`,
        to: `name: 'orders',
      namespace: 'default'`,
        finds: 'identity/service-account-missing',
        at: `serviceAccountName: 'orders'`,
      },
    ],
  },
};

const mixins: Variant = {
  name: 'azureWorkloadIdentity, mixins',
  files: {
    'main.jsonnet': `local tankard = import 'tankard/main.libsonnet';
local azure = tankard.azureWorkloadIdentity;

local application(name, containers) = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: name, namespace: 'vault' },
  spec: {
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: { containers: containers },
    },
  },
};

{
  serviceAccount:
    azure.serviceAccount.new('reader', 'vault', '6d1bb1a0-9d8b-4ef4-9a1c-3c1f0f5c2b7e')
    + azure.serviceAccount.withTenantId('0f0c8a52-5b7e-4a57-8c6e-1f6d2b3a4c5d')
    + azure.serviceAccount.withTokenExpiration(7200),
  deployment:
    application('reader', [
      { name: name, image: 'registry.example.com/%s:1' % name }
      for name in ['reader', 'proxy', 'metrics']
    ])
    + azure.workload.withServiceAccount('reader')
    + { spec+: { template+: azure.pod.withSkipContainers(['proxy', 'metrics']) } },
  subject: {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'federated-credential', namespace: 'vault' },
    data: { subject: azure.federatedCredential.subject('vault', 'reader') },
  },
}
`,
  },
  mistakes: {
    'misspelt function': [
      { from: 'withTenantId', to: 'withTenantID', finds: 'jsonnet/evaluation' },
      { from: 'azure.workload.with', to: 'azure.deployment.with', finds: 'jsonnet/evaluation' },
    ],
    'malformed ARN, GSA or UUID': [
      {
        from: '6d1bb1a0-9d8b-4ef4-9a1c-3c1f0f5c2b7e',
        to: '6d1bb1a0-9d8b-4ef4-9a1c',
        finds: 'jsonnet/assert',
      },
      {
        from: '0f0c8a52-5b7e-4a57-8c6e-1f6d2b3a4c5d',
        to: 'example.onmicrosoft.com',
        finds: 'jsonnet/assert',
      },
    ],
    'out of range': [{ from: '7200', to: '600', finds: 'jsonnet/assert' }],
    'wrong type': [{ from: '7200', to: `'7200'`, finds: 'jsonnet/assert' }],
    'malformed value': [
      { from: `['proxy', 'metrics']`, to: `'proxy,metrics'`, finds: 'jsonnet/assert' },
    ],
    'glob for a pattern': [
      { from: `subject('vault', 'reader')`, to: `subject('vault', '*')`, finds: 'jsonnet/assert' },
    ],
    'right thing in the wrong place': [
      {
        from: `    + azure.workload.withServiceAccount('reader')\n`,
        to: `    + azure.workload.withServiceAccount('reader')
    + azure.serviceAccount.withTokenExpiration(3600)\n`,
        finds: 'annotation/misplaced',
      },
    ],
    'missing field': [
      { from: `, '6d1bb1a0-9d8b-4ef4-9a1c-3c1f0f5c2b7e'`, to: '', finds: 'jsonnet/evaluation' },
    ],
    'one half missing': [
      {
        from: `    + azure.workload.withServiceAccount('reader')\n`,
        to: '',
        finds: 'identity/service-account-unused',
        consequence: 'identity/azure-client-id-missing',
        at: 'azure.serviceAccount.new(',
      },
    ],
    'wrong namespace': [
      {
        from: `subject('vault', 'reader')`,
        to: `subject('default', 'reader')`,
        finds: 'identity/iam-member-unmatched',
      },
    ],
  },
};

/** azureWorkloadIdentity. */
export const AZURE_WORKLOAD_IDENTITY: readonly Variant[] = [manifests, mixins];
