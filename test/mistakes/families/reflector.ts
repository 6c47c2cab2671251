import type { Variant } from '../variant.ts';

const manifests: Variant = {
  name: 'reflector, raw manifests',
  files: {
    'main.jsonnet': `{
  source: {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: 'registry',
      namespace: 'kube-system',
      labels: { 'app.kubernetes.io/part-of': 'platform' },
      annotations: {
        'reflector.v1.k8s.emberstack.com/reflection-allowed': 'true',
        'reflector.v1.k8s.emberstack.com/reflection-allowed-namespaces': 'staging,wordpress-.*',
        'reflector.v1.k8s.emberstack.com/reflection-auto-enabled': 'true',
        'reflector.v1.k8s.emberstack.com/reflection-auto-namespaces': 'wordpress-.*',
      },
    },
    stringData: { token: 'change-me' },
  },
  mirror: {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: 'registry-copy',
      namespace: 'staging',
      annotations: { 'reflector.v1.k8s.emberstack.com/reflects': 'kube-system/registry' },
    },
  },
  application: {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: 'wordpress', namespace: 'staging' },
    imagePullSecrets: [{ name: 'registry-copy' }],
  },
}
`,
  },
  mistakes: {
    'misspelt annotation or label key': [
      {
        from: '/reflection-auto-enabled',
        to: '/reflection-auto-enable',
        finds: 'annotation/unknown-key',
      },
      { from: '/reflection-auto-enabled', to: '/auto-enabled', finds: 'annotation/unknown-key' },
      {
        from: '/reflection-allowed-namespaces',
        to: '/reflection-allowed-namespace',
        finds: 'annotation/unknown-key',
      },
      { from: '/reflects', to: '/reflect', finds: 'annotation/unknown-key' },
      {
        from: 'reflector.v1.k8s.emberstack.com/reflection-allowed-namespaces',
        to: 'reflector.v1.k8s.emberstack.io/reflection-allowed-namespaces',
        finds: 'annotation/unknown-key',
      },
    ],
    'glob for a pattern': [
      {
        from: `'staging,wordpress-.*'`,
        to: `'staging,wordpress-*'`,
        finds: 'annotation/wrong-value',
      },
      {
        from: `auto-namespaces': 'wordpress-.*'`,
        to: `auto-namespaces': '*'`,
        finds: 'annotation/wrong-value',
      },
      {
        from: `auto-namespaces': 'wordpress-.*'`,
        to: `auto-namespaces': '*-wordpress'`,
        finds: 'annotation/wrong-value',
      },
    ],
    'malformed value': [
      { from: 'kube-system/registry', to: 'registry', finds: 'annotation/wrong-value' },
      {
        from: 'kube-system/registry',
        to: 'kube-system/registry/token',
        finds: 'annotation/wrong-value',
      },
      {
        from: `auto-namespaces': 'wordpress-.*'`,
        to: `auto-namespaces': 'wordpress-[0-9'`,
        finds: 'secrets/mirror-pattern',
      },
      {
        from: `auto-namespaces': 'wordpress-.*'`,
        to: `auto-namespaces': 'wordpress-[a-z]{1,3}'`,
        finds: 'secrets/mirror-pattern',
      },
    ],
    'boolean for "true"': [
      {
        from: `reflection-allowed': 'true'`,
        to: `reflection-allowed': true`,
        finds: 'environment/not-a-manifest',
      },
      {
        from: `reflection-auto-enabled': 'true'`,
        to: `reflection-auto-enabled': 'yes'`,
        finds: 'annotation/wrong-value',
      },
      {
        from: `reflection-auto-enabled': 'true'`,
        to: `reflection-auto-enabled': '1'`,
        finds: 'annotation/wrong-value',
      },
    ],
    'right thing in the wrong place': [
      {
        from: `labels: { 'app.kubernetes.io/part-of': 'platform' }`,
        to: `labels: { 'reflector.v1.k8s.emberstack.com/reflection-auto-enabled': 'true' }`,
        finds: 'annotation/misplaced',
      },
      {
        from: `metadata: { name: 'wordpress', namespace: 'staging' }`,
        to: `metadata: { name: 'wordpress', namespace: 'staging', annotations: { 'reflector.v1.k8s.emberstack.com/reflects': 'kube-system/registry' } }`,
        finds: 'annotation/misplaced',
      },
      {
        from: `    stringData: { token: 'change-me' },`,
        to: `    data: { token: 'change-me' },`,
        finds: 'schema/wrong-value',
      },
    ],
    'misspelt field': [
      { from: 'stringData', to: 'stringdata', finds: 'schema/unknown-field' },
      { from: 'imagePullSecrets', to: 'imagePullSecret', finds: 'schema/unknown-field' },
    ],
    'one half missing': [
      {
        from: `        'reflector.v1.k8s.emberstack.com/reflection-allowed': 'true',\n`,
        to: '',
        finds: 'secrets/mirror-not-allowed',
        at: `      annotations: {
        'reflector`,
      },
      {
        from: 'staging,wordpress-.*',
        to: 'staging',
        finds: 'secrets/mirror-outside-allowed',
        at: 'reflection-auto-namespaces',
      },
      {
        from: 'kube-system/registry',
        to: 'kube-system/registri',
        finds: 'secrets/mirror-source-missing',
      },
    ],
    'wrong namespace': [
      {
        from: 'kube-system/registry',
        to: 'default/registry',
        finds: 'secrets/mirror-source-missing',
      },
      {
        from: `name: 'wordpress', namespace: 'staging'`,
        to: `name: 'wordpress', namespace: 'production'`,
        finds: 'secrets/missing',
        at: 'imagePullSecrets',
      },
    ],
    'missing field': [
      {
        from: `      name: 'registry-copy',`,
        to: `      name: '',`,
        finds: 'schema/missing-field',
        consequence: 'secrets/missing',
      },
    ],
    'said twice': [
      {
        from: "registry-copy',\n      namespace: 'staging",
        to: "registry',\n      namespace: 'kube-system",
        finds: 'manifest/duplicate',
        consequence: 'secrets/missing',
      },
    ],
  },
};

const mixins: Variant = {
  name: 'reflector, mixins',
  files: {
    'main.jsonnet': `local tankard = import 'tankard/main.libsonnet';
local reflector = tankard.reflector;
local targets = ['staging', 'wordpress'];

local configMap(name, namespace, data) = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: name, namespace: namespace },
  data: data,
};

{
  bundle:
    configMap('ca-bundle', 'cert-manager', { 'ca.crt': 'PEM' })
    + reflector.source.mirroredTo(
      [reflector.namespace.named(name) for name in targets]
      + [reflector.namespace.prefixed('team-')],
    ),
  settings:
    configMap('settings', 'platform', { region: 'eu-central-1' })
    + reflector.source.withReflectionAllowed(true)
    + reflector.source.withReflectionAllowedNamespaces(['team-.*']),
  copy: configMap('platform-settings', 'team-a', {})
        + reflector.mirror.withReflects('platform/settings'),
}
`,
  },
  mistakes: {
    'misspelt function': [
      { from: 'mirroredTo', to: 'mirrorTo', finds: 'jsonnet/evaluation' },
      { from: 'tankard.reflector', to: 'tankard.reflektor', finds: 'jsonnet/evaluation' },
    ],
    'glob for a pattern': [
      { from: `['team-.*']`, to: `['team-*']`, finds: 'jsonnet/assert' },
      { from: `prefixed('team-')`, to: `prefixed('team-*')`, finds: 'jsonnet/assert' },
      { from: `'wordpress'`, to: `'*'`, finds: 'jsonnet/assert' },
    ],
    'boolean for "true"': [
      { from: 'Allowed(true)', to: `Allowed('true')`, finds: 'jsonnet/assert' },
    ],
    'malformed value': [
      { from: `['team-.*']`, to: `['team-a,team-b']`, finds: 'jsonnet/assert' },
      { from: `'platform/settings'`, to: `'settings'`, finds: 'jsonnet/assert' },
      {
        from: `'staging'`,
        to: `'Staging'`,
        finds: 'jsonnet/assert',
      },
    ],
    'wrong type': [
      { from: `region: 'eu-central-1'`, to: 'replicas: 3', finds: 'schema/wrong-type' },
      {
        from: `withReflects('platform/settings')`,
        to: `withReflects(['platform/settings'])`,
        finds: 'jsonnet/assert',
      },
    ],
    'right thing in the wrong place': [
      {
        from: `withReflects('platform/settings')`,
        to: `withReflects('settings/platform')`,
        finds: 'secrets/mirror-source-missing',
      },
      {
        from: `{ 'ca.crt': 'PEM' }`,
        to: `{ 'ca.crt': { pem: 'PEM' } }`,
        finds: 'schema/wrong-type',
      },
    ],
  },
};

/** reflector. */
export const REFLECTOR: readonly Variant[] = [manifests, mixins];
