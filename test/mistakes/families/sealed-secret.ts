import type { Variant } from '../variant.ts';

const SHAPE = 'a rule that reads the shape of a sealed value';

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
        consequence: 'schema/missing-field',
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
      { from: `'AgA4E6' +`, to: `'pull:change-me' +`, open: SHAPE },
      { from: `std.repeat('AAAA', 180)`, to: `''`, open: SHAPE },
    ],
    'right thing in the wrong place': [
      {
        from: `annotations: { 'sealedsecrets.bitnami.com/namespace-wide': 'true' },
    },`,
        to: `annotations: {
        'sealedsecrets.bitnami.com/namespace-wide': 'true',
        'reflector.v1.k8s.emberstack.com/reflection-auto-enabled': 'true',
      },
    },`,
        finds: 'annotation/misplaced',
        at: `        'reflector.v1.k8s.emberstack.com/reflection-auto-enabled': 'true',
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
        open: 'a rule that reads the metadata of a template as that of an object',
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
        open: 'a rule that reads what a Secret of this type has to hold',
      },
    ],
    'one half missing': [
      {
        from: `      annotations: { 'sealedsecrets.bitnami.com/namespace-wide': 'true' },\n`,
        to: '',
        open: 'a rule that compares the scope of a SealedSecret with that of its template',
      },
      {
        from: `            'reflector.v1.k8s.emberstack.com/reflection-allowed': 'true',\n`,
        to: '',
        open: 'a rule that compares the annotations of one object',
      },
    ],
    'wrong apiVersion or kind': [
      { from: 'bitnami.com/v1alpha1', to: 'bitnami.com/v1', finds: 'schema/unknown-kind' },
    ],
  },
};

export const SEALED_SECRET: readonly Variant[] = [manifests];
