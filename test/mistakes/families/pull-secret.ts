import { CONCATENATION } from '../reasons.ts';
import type { Variant } from '../variant.ts';

const manifests: Variant = {
  name: 'pullSecret, raw manifests',
  files: {
    'main.jsonnet': `local registry = 'registry.example.com';
local user = { username: 'pull', password: 'change-me', email: 'platform@example.com' };

{
  pullSecret: {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: 'image-pull-secret',
      namespace: 'shop',
      annotations: { 'reflector.v1.k8s.emberstack.com/reflection-allowed': 'true' },
    },
    type: 'kubernetes.io/dockerconfigjson',
    data: {
      '.dockerconfigjson': std.base64(std.manifestJsonMinified({
        auths: { [registry]: user { auth: std.base64(user.username + ':' + user.password) } },
      })),
    },
  },
  serviceAccount: {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: 'shop', namespace: 'shop' },
    imagePullSecrets: [{ name: 'image-pull-secret' }],
  },
  pod: {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'shop', namespace: 'shop' },
    spec: {
      containers: [{ name: 'shop', image: registry + '/shop:1' }],
      imagePullSecrets: [{ name: $.pullSecret.metadata.name }],
    },
  },
}
`,
  },
  mistakes: {
    'misspelt field': [
      {
        from: `imagePullSecrets: [{ name: $`,
        to: `imagePullSecret: [{ name: $`,
        finds: 'schema/unknown-field',
      },
      { from: `    data: {`, to: `    datas: {`, finds: 'schema/unknown-field' },
    ],
    'wrong type': [
      {
        from: `imagePullSecrets: [{ name: 'image-pull-secret' }]`,
        to: `imagePullSecrets: ['image-pull-secret']`,
        finds: 'schema/wrong-type',
      },
      {
        from: `[{ name: $.pullSecret.metadata.name }]`,
        to: `{ name: $.pullSecret.metadata.name }`,
        finds: 'schema/wrong-type',
      },
      {
        from: `'.dockerconfigjson': std.base64(std.manifestJsonMinified({
        auths: { [registry]: user { auth: std.base64(user.username + ':' + user.password) } },
      })),`,
        to: `'.dockerconfigjson': {
        auths: { [registry]: user { auth: std.base64(user.username + ':' + user.password) } },
      },`,
        finds: 'schema/wrong-type',
        at: `'.dockerconfigjson'`,
      },
    ],
    'malformed value': [
      {
        from: `'.dockerconfigjson': std.base64(std.manifestJsonMinified({
        auths: { [registry]: user { auth: std.base64(user.username + ':' + user.password) } },
      })),`,
        to: `'.dockerconfigjson': std.manifestJsonMinified({
        auths: { [registry]: user { auth: std.base64(user.username + ':' + user.password) } },
      }),`,
        finds: 'schema/wrong-value',
        at: `'.dockerconfigjson'`,
        near: CONCATENATION,
      },
      { from: 'auths:', to: 'auth:', finds: 'secrets/docker-config' },
      { from: `+ ':' +`, to: `+ '/' +`, finds: 'secrets/docker-auth' },
    ],
    'wrong enum': [
      {
        from: 'kubernetes.io/dockerconfigjson',
        to: 'kubernetes.io/dockerconfig',
        finds: 'secrets/unknown-type',
      },
      {
        from: 'kubernetes.io/dockerconfigjson',
        to: 'kubernetes.io/dockercfg',
        finds: 'secrets/type-keys',
      },
    ],
    'one half missing': [
      {
        from: `imagePullSecrets: [{ name: 'image-pull-secret' }]`,
        to: `imagePullSecrets: [{ name: 'pull-secret' }]`,
        finds: 'secrets/missing',
      },
    ],
    'wrong namespace': [
      {
        from: `    metadata: { name: 'shop', namespace: 'shop' },
    imagePullSecrets`,
        to: `    metadata: { name: 'shop', namespace: 'default' },
    imagePullSecrets`,
        finds: 'secrets/missing',
        at: `imagePullSecrets: [{ name: 'image`,
      },
      { from: `      namespace: 'shop',`, to: `      namespace: '',`, finds: 'manifest/namespace' },
    ],
    'right thing in the wrong place': [
      {
        from: `    type: 'kubernetes.io/dockerconfigjson',
    data: {`,
        to: `    data: {
      type: 'kubernetes.io/dockerconfigjson',`,
        finds: 'schema/wrong-value',
        consequence: 'secrets/docker-type',
        at: `      type:`,
      },
    ],
  },
};

const mixins: Variant = {
  name: 'pullSecret, mixins',
  files: {
    'main.jsonnet': `local tankard = import 'tankard/main.libsonnet';
local pullSecret = tankard.pullSecret;
local credentials = import 'credentials.libsonnet';

{
  secret:
    pullSecret.secret.forRegistry(
      'image-pull-secret',
      'shop',
      credentials.server,
      credentials.username,
      credentials.password,
    )
    + tankard.reflector.source.mirroredTo(['shop-.*']),
  serviceAccount:
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'shop', namespace: 'shop' } }
    + pullSecret.serviceAccount.withImagePullSecret('image-pull-secret'),
  pod:
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'shop', namespace: 'shop' },
      spec: { containers: [{ name: 'shop', image: credentials.server + '/shop:1' }] },
    }
    + pullSecret.pod.withImagePullSecret('image-pull-secret'),
}
`,
    'credentials.libsonnet': `{
  server: 'registry.example.com',
  username: 'pull',
  password: 'change-me',
}
`,
  },
  mistakes: {
    'misspelt function': [
      { from: 'forRegistry', to: 'forServer', finds: 'jsonnet/evaluation' },
      {
        from: 'pullSecret.pod.withImagePullSecret',
        to: 'pullSecret.pod.withImagePullSecrets',
        finds: 'jsonnet/evaluation',
      },
    ],
    'misspelt field': [
      { from: 'credentials.username', to: 'credentials.user', finds: 'jsonnet/evaluation' },
    ],
    'wrong type': [
      {
        from: `'change-me'`,
        to: '12345678',
        finds: 'jsonnet/assert',
      },
      {
        from: `pod.withImagePullSecret('image-pull-secret')`,
        to: `pod.withImagePullSecret({ name: 'image-pull-secret' })`,
        finds: 'jsonnet/assert',
      },
    ],
    'malformed value': [
      {
        from: `username: 'pull'`,
        to: `username: 'pull:change-me'`,
        finds: 'jsonnet/assert',
      },
      {
        from: `'change-me'`,
        to: `'change-me\\n'`,
        finds: 'jsonnet/assert',
      },
    ],
    'right thing in the wrong place': [
      {
        from: 'pullSecret.pod.with',
        to: 'pullSecret.workload.with',
        finds: 'schema/unknown-field',
      },
    ],
    'missing field': [
      {
        from: '      credentials.password,\n',
        to: '',
        finds: 'jsonnet/evaluation',
        at: 'pullSecret.secret.forRegistry',
      },
    ],
    'glob for a pattern': [{ from: `'shop-.*'`, to: `'shop-*'`, finds: 'jsonnet/assert' }],
    'wrong namespace': [
      {
        from: `serviceAccount.withImagePullSecret('image-pull-secret')`,
        to: `serviceAccount.withImagePullSecret('kube-system/image-pull-secret')`,
        finds: 'jsonnet/assert',
      },
    ],
    'one half missing': [
      {
        from: `serviceAccount.withImagePullSecret('image-pull-secret')`,
        to: `serviceAccount.withImagePullSecret('pull-secret')`,
        finds: 'secrets/missing',
      },
    ],
  },
};

/** pullSecret. */
export const PULL_SECRET: readonly Variant[] = [manifests, mixins];
