import { CONCATENATION } from '../reasons.ts';
import type { Variant } from '../variant.ts';

const CONTENT = 'a rule that reads what a Secret of this type has to hold';

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
      { from: 'auths:', to: 'auth:', open: CONTENT },
      { from: `+ ':' +`, to: `+ '/' +`, open: CONTENT },
    ],
    'wrong enum': [
      { from: 'kubernetes.io/dockerconfigjson', to: 'kubernetes.io/dockerconfig', open: CONTENT },
      { from: 'kubernetes.io/dockerconfigjson', to: 'kubernetes.io/dockercfg', open: CONTENT },
    ],
    'one half missing': [
      {
        from: `imagePullSecrets: [{ name: 'image-pull-secret' }]`,
        to: `imagePullSecrets: [{ name: 'pull-secret' }]`,
        open: 'a rule that looks for the pull secret in the namespace of the Pods',
      },
    ],
    'wrong namespace': [
      {
        from: `      namespace: 'shop',`,
        to: `      namespace: 'kube-system',`,
        open: 'a rule that looks for the pull secret in the namespace of the Pods',
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
        at: `      type:`,
      },
    ],
  },
};

export const PULL_SECRET: readonly Variant[] = [manifests];
