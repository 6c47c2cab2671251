import type { Variant } from '../variant.ts';

const manifests: Variant = {
  name: 'externalSecret, raw manifests',
  files: {
    'main.jsonnet': `local eso(kind, name) = {
  apiVersion: 'external-secrets.io/v1',
  kind: kind,
  metadata: { name: name, namespace: 'shop' },
};

{
  serviceAccount: {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: {
      name: 'secrets-reader',
      namespace: 'shop',
      annotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::123456789012:role/secrets-reader' },
    },
  },
  store: eso('SecretStore', 'aws') {
    spec: {
      provider: {
        aws: {
          service: 'SecretsManager',
          region: 'eu-central-1',
          auth: { jwt: { serviceAccountRef: { name: 'secrets-reader' } } },
        },
      },
    },
  },
  secret: eso('ExternalSecret', 'database') {
    spec: {
      refreshInterval: '1h',
      secretStoreRef: { name: $.store.metadata.name, kind: $.store.kind },
      target: {
        name: 'database',
        creationPolicy: 'Owner',
        template: {
          type: 'Opaque',
          metadata: {
            annotations: { 'reflector.v1.k8s.emberstack.com/reflection-allowed': 'true' },
          },
          data: { url: 'postgres://{{ .user }}@database' },
        },
      },
      data: [
        { secretKey: 'user', remoteRef: { key: 'shop/database', property: 'username' } },
        { secretKey: 'password', remoteRef: { key: 'shop/database', property: 'password' } },
      ],
    },
  },
}
`,
  },
  mistakes: {
    'misspelt field': [
      { from: 'secretStoreRef', to: 'secretStore', finds: 'schema/unknown-field' },
      { from: 'refreshInterval', to: 'refreshinterval', finds: 'schema/unknown-field' },
      {
        from: `secretKey: 'user'`,
        to: `secretkey: 'user'`,
        finds: 'schema/unknown-field',
      },
      { from: `property: 'username'`, to: `propery: 'username'`, finds: 'schema/unknown-field' },
      { from: 'serviceAccountRef', to: 'serviceAccount', finds: 'schema/unknown-field' },
    ],
    'wrong enum': [
      { from: `'Owner'`, to: `'Owned'`, finds: 'schema/wrong-value' },
      { from: `'SecretsManager'`, to: `'SecretManager'`, finds: 'schema/wrong-value' },
      { from: 'kind: $.store.kind', to: `kind: 'ClusterSecretstore'`, finds: 'schema/wrong-value' },
    ],
    'wrong type': [
      {
        from: `remoteRef: { key: 'shop/database', property: 'username' }`,
        to: `remoteRef: 'shop/database'`,
        finds: 'schema/wrong-type',
      },
    ],
    'missing field': [
      {
        from: `          region: 'eu-central-1',\n`,
        to: '',
        finds: 'schema/missing-field',
        at: '        aws: {',
      },
      {
        from: `{ key: 'shop/database', property: 'username' }`,
        to: `{ property: 'username' }`,
        finds: 'schema/missing-field',
      },
    ],
    'malformed value': [
      { from: `secretKey: 'user'`, to: `secretKey: 'data base'`, finds: 'schema/wrong-value' },
      { from: `'1h'`, to: `'hourly'`, finds: 'secrets/external-duration' },
      {
        from: `name: 'database',
        creationPolicy`,
        to: `name: 'Database',
        creationPolicy`,
        finds: 'schema/wrong-value',
      },
    ],
    'malformed ARN, GSA or UUID': [
      { from: ':role/', to: ':instance-profile/', finds: 'annotation/wrong-value' },
      { from: 'arn:aws:iam', to: 'arn:aws-us:iam', finds: 'annotation/wrong-value' },
    ],
    'right thing in the wrong place': [
      {
        from: `          metadata: {
            annotations: { 'reflector.v1.k8s.emberstack.com/reflection-allowed': 'true' },
          },`,
        to: `          annotations: { 'reflector.v1.k8s.emberstack.com/reflection-allowed': 'true' },`,
        finds: 'schema/unknown-field',
        at: '          annotations:',
      },
      {
        from: `eso('SecretStore', 'aws') {`,
        to: `eso('SecretStore', 'aws') {
    metadata+: { annotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::123456789012:role/a' } },`,
        finds: 'annotation/misplaced',
      },
    ],
    'boolean for "true"': [
      {
        from: `reflection-allowed': 'true'`,
        to: `reflection-allowed': true`,
        finds: 'schema/wrong-type',
      },
    ],
    'wrong namespace': [
      {
        from: `{ name: 'secrets-reader' }`,
        to: `{ name: 'secrets-reader', namespace: 'default' }`,
        finds: 'secrets/store-service-account-namespace',
      },
    ],
    'one half missing': [
      {
        from: 'name: $.store.metadata.name',
        to: `name: 'amazon'`,
        finds: 'secrets/store-missing',
      },
      {
        from: '{{ .user }}',
        to: '{{ .username }}',
        finds: 'secrets/template-value-missing',
      },
    ],
    'wrong apiVersion or kind': [
      {
        from: `eso('ExternalSecret', 'database')`,
        to: `eso('ExternalSecrets', 'database')`,
        finds: 'schema/unknown-kind',
      },
    ],
  },
};

const mixins: Variant = {
  name: 'externalSecret, mixins',
  files: {
    'main.jsonnet': `local tankard = import 'tankard/main.libsonnet';
local eso = tankard.externalSecret;
local namespace = 'shop';

{
  serviceAccount: tankard.irsa.serviceAccount.new(
    'secrets-reader', namespace, 'arn:aws:iam::123456789012:role/secrets-reader'
  ),
  store: eso.secretStore.aws(
    'aws', namespace, 'SecretsManager', 'eu-central-1', $.serviceAccount.metadata.name
  ),
  secret:
    eso.externalSecret.new('database', namespace, 'aws', [
      eso.data.new('user', 'shop/database', 'username'),
      eso.data.new('password', 'shop/database', 'password'),
    ])
    + eso.externalSecret.withRefreshInterval('15m')
    + eso.externalSecret.withDeletionPolicy('Delete'),
}
`,
  },
  mistakes: {
    'misspelt function': [
      { from: 'withRefreshInterval', to: 'withRefresh', finds: 'jsonnet/evaluation' },
      { from: 'eso.secretStore.aws', to: 'eso.store.aws', finds: 'jsonnet/evaluation' },
    ],
    'wrong enum': [
      {
        from: `'SecretsManager'`,
        to: `'secretsmanager'`,
        finds: 'jsonnet/assert',
      },
      { from: `'Delete'`, to: `'Remove'`, finds: 'jsonnet/assert' },
    ],
    'malformed value': [
      { from: `'15m'`, to: `'15'`, finds: 'jsonnet/assert' },
      { from: `'15m'`, to: `'1d'`, finds: 'jsonnet/assert' },
      {
        from: `'eu-central-1'`,
        to: `'eu-central-1a'`,
        finds: 'jsonnet/assert',
      },
      { from: `eso.data.new('user'`, to: `eso.data.new('user name'`, finds: 'jsonnet/assert' },
    ],
    'wrong type': [{ from: `'15m'`, to: '15', finds: 'jsonnet/assert' }],
    'malformed ARN, GSA or UUID': [
      {
        from: ':role/secrets-reader',
        to: ':secret/secrets-reader',
        finds: 'jsonnet/assert',
      },
    ],
    'missing field': [
      {
        from: `eso.data.new('user', 'shop/database', 'username')`,
        to: `eso.data.new('user')`,
        finds: 'jsonnet/evaluation',
      },
    ],
    'right thing in the wrong place': [
      {
        from: `eso.data.new('user', 'shop/database', 'username')`,
        to: `{ secretKey: 'user', key: 'shop/database' }`,
        finds: 'jsonnet/assert',
      },
    ],
    'one half missing': [
      {
        from: `'database', namespace, 'aws', [`,
        to: `'database', namespace, 'amazon', [`,
        finds: 'secrets/store-missing',
      },
    ],
    'wrong namespace': [
      {
        from: `'aws', namespace, 'SecretsManager'`,
        to: `'aws', 'default', 'SecretsManager'`,
        finds: 'secrets/store-missing',
        consequence: 'secrets/store-service-account-missing',
        at: 'eso.externalSecret.new',
      },
    ],
  },
};

/** externalSecret. */
export const EXTERNAL_SECRET: readonly Variant[] = [manifests, mixins];
