import { CONCATENATION } from '../reasons.ts';
import type { Variant } from '../variant.ts';

const manifests: Variant = {
  name: 'sealedSecret, raw manifests',
  files: {
    'main.jsonnet': `local sealed = 'AgA4E6' + std.repeat('AAAA', 180);

{
  pullSecret: {
    apiVersion: 'bitnami.com/v1alpha1',
    kind: 'SealedSecret',
    metadata: {
      name: 'image-pull-secret',
      namespace: 'kube-system',
      annotations: { 'sealedsecrets.bitnami.com/namespace-wide': 'true' },
    },
    spec: {
      encryptedData: { '.dockerconfigjson': sealed + 'AA' },
      template: {
        type: 'kubernetes.io/dockerconfigjson',
        metadata: {
          labels: { 'app.kubernetes.io/part-of': 'platform' },
          annotations: {
            'sealedsecrets.bitnami.com/namespace-wide': 'true',
            'reflector.v1.k8s.emberstack.com/reflection-allowed': 'true',
            'reflector.v1.k8s.emberstack.com/reflection-auto-enabled': 'true',
            'reflector.v1.k8s.emberstack.com/reflection-allowed-namespaces': 'wordpress-.*',
          },
        },
      },
    },
  },
}
`,
  },
  mistakes: {
    'misspelt field': [
      {
        from: 'encryptedData',
        to: 'encryptData',
        finds: 'schema/unknown-field',
      },
      { from: 'template: {', to: 'templates: {', finds: 'schema/unknown-field' },
    ],
    'misspelt annotation or label key': [
      {
        from: '/reflection-auto-enabled',
        to: '/reflection-auto-enable',
        finds: 'annotation/unknown-key',
      },
      {
        from: '/reflection-allowed-namespaces',
        to: '/allowed-namespaces',
        finds: 'annotation/unknown-key',
      },
    ],
    'glob for a pattern': [
      { from: 'wordpress-.*', to: 'wordpress-*', finds: 'annotation/wrong-value' },
    ],
    'boolean for "true"': [
      {
        from: `reflection-allowed': 'true'`,
        to: `reflection-allowed': true`,
        finds: 'schema/wrong-type',
      },
      {
        from: `reflection-auto-enabled': 'true'`,
        to: `reflection-auto-enabled': 'on'`,
        finds: 'annotation/wrong-value',
      },
    ],
    'wrong type': [
      {
        from: `encryptedData: { '.dockerconfigjson': sealed + 'AA' }`,
        to: `encryptedData: sealed + 'AA'`,
        finds: 'schema/wrong-type',
      },
    ],
    'malformed value': [
      {
        from: `'AgA4E6' +`,
        to: `'pull:change-me' +`,
        finds: 'secrets/sealed-value',
        near: CONCATENATION,
      },
      {
        from: `std.repeat('AAAA', 180)`,
        to: `''`,
        finds: 'secrets/sealed-value',
        near: CONCATENATION,
      },
    ],
    'right thing in the wrong place': [
      {
        from: `annotations: { 'sealedsecrets.bitnami.com/namespace-wide': 'true' },
    },`,
        to: `annotations: {
        'sealedsecrets.bitnami.com/namespace-wide': 'true',
        'reflector.v1.k8s.emberstack.com/reflection-auto-namespaces': 'wordpress-.*',
      },
    },`,
        finds: 'annotation/misplaced',
        at: `        'reflector.v1.k8s.emberstack.com/reflection-auto-namespaces': 'wordpress-.*',
      }`,
      },
      {
        from: `      encryptedData: {`,
        to: `      data: {`,
        finds: 'schema/wrong-type',
        consequence: 'schema/missing-field',
      },
      {
        from: `        type: 'kubernetes.io/dockerconfigjson',
        metadata: {`,
        to: `        metadata: {
          type: 'kubernetes.io/dockerconfigjson',`,
        finds: 'secrets/docker-type',
        at: '      template: {',
      },
    ],
    'missing field': [
      {
        from: `      encryptedData: { '.dockerconfigjson': sealed + 'AA' },\n`,
        to: '',
        finds: 'schema/missing-field',
        at: '    spec: {',
      },
      {
        from: `        type: 'kubernetes.io/dockerconfigjson',\n`,
        to: '',
        finds: 'secrets/docker-type',
        at: '      template: {',
      },
    ],
    'one half missing': [
      {
        from: `      annotations: { 'sealedsecrets.bitnami.com/namespace-wide': 'true' },\n`,
        to: '',
        finds: 'secrets/sealed-scope',
        at: '    metadata: {\n      name',
      },
      {
        from: `            'reflector.v1.k8s.emberstack.com/reflection-allowed': 'true',\n`,
        to: '',
        finds: 'secrets/mirror-not-allowed',
        at: `          annotations: {
            'sealed`,
      },
    ],
    'wrong apiVersion or kind': [
      { from: 'bitnami.com/v1alpha1', to: 'bitnami.com/v1', finds: 'schema/unknown-kind' },
    ],
  },
};

const mixins: Variant = {
  name: 'sealedSecret, mixins',
  files: {
    'main.jsonnet': `local tankard = import 'tankard/main.libsonnet';
local sealedSecret = tankard.sealedSecret.sealedSecret;
local reflector = tankard.reflector;

local sealed = 'AgA4E6' + std.repeat('AAAA', 180) + 'AA';

{
  pullSecret:
    sealedSecret.new('image-pull-secret', 'kube-system', { '.dockerconfigjson': sealed })
    + sealedSecret.withNamespaceWide()
    + sealedSecret.withTemplateType('kubernetes.io/dockerconfigjson')
    + sealedSecret.withTemplateMixin(reflector.source.mirroredTo(['wordpress-.*'])),
}
`,
  },
  mistakes: {
    'misspelt function': [
      { from: 'withNamespaceWide', to: 'withNamespacewide', finds: 'jsonnet/evaluation' },
    ],
    'wrong enum': [
      {
        from: 'kubernetes.io/dockerconfigjson',
        to: 'kubernetes.io/dockerconfig',
        finds: 'jsonnet/assert',
      },
    ],
    'malformed value': [
      {
        from: `local sealed = 'AgA4E6' + std.repeat('AAAA', 180) + 'AA'`,
        to: `local sealed = std.base64('change-me')`,
        finds: 'jsonnet/assert',
        at: 'sealedSecret.new',
      },
      { from: `+ 'AA'`, to: `+ 'AA\\n'`, finds: 'jsonnet/assert', at: 'sealedSecret.new' },
    ],
    'wrong type': [
      { from: `{ '.dockerconfigjson': sealed }`, to: 'sealed', finds: 'jsonnet/assert' },
    ],
    'boolean for "true"': [
      { from: 'withNamespaceWide()', to: 'withNamespaceWide(true)', finds: 'jsonnet/evaluation' },
    ],
    'right thing in the wrong place': [
      {
        from: `sealedSecret.withTemplateMixin(reflector.source.mirroredTo(['wordpress-.*']))`,
        to: `reflector.mirror.withReflects('default/image-pull-secret')`,
        finds: 'annotation/misplaced',
      },
    ],
    'glob for a pattern': [
      { from: `'wordpress-.*'`, to: `'wordpress-*'`, finds: 'jsonnet/assert' },
    ],
    'missing field': [
      { from: `, { '.dockerconfigjson': sealed }`, to: '', finds: 'jsonnet/evaluation' },
    ],
    'one half missing': [
      {
        from: `    + sealedSecret.withTemplateType('kubernetes.io/dockerconfigjson')\n`,
        to: '',
        finds: 'secrets/docker-type',
        near: 'the line is that of another function that writes into the same object',
      },
    ],
  },
};

/** sealedSecret. */
export const SEALED_SECRET: readonly Variant[] = [manifests, mixins];
