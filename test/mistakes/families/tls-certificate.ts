import { SPEC } from '../../tanka/project.ts';
import { VARIABLE, SECRET_PLACE } from '../reasons.ts';
import type { Variant } from '../variant.ts';

const manifests: Variant = {
  name: 'tlsCertificate, raw manifests',
  files: {
    'spec.json': SPEC,
    'main.jsonnet': `local domain = 'example.com';

{
  issuer: {
    apiVersion: 'cert-manager.io/v1',
    kind: 'ClusterIssuer',
    metadata: { name: 'letsencrypt', annotations: { 'tanka.dev/namespaced': 'false' } },
    spec: {
      acme: {
        server: 'https://acme-v02.api.letsencrypt.org/directory',
        email: 'platform@' + domain,
        privateKeySecretRef: { name: 'letsencrypt-account' },
        solvers: [
          {
            selector: { dnsZones: [domain] },
            dns01: {
              cloudflare: { apiTokenSecretRef: { name: 'cloudflare', key: 'api-token' } },
            },
          },
        ],
      },
    },
  },
  certificate: {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    metadata: { name: 'wild-cert', namespace: 'istio-system' },
    spec: {
      secretName: 'wild-cert',
      issuerRef: { name: 'letsencrypt', kind: 'ClusterIssuer' },
      commonName: domain,
      dnsNames: [domain, '*.' + domain],
      duration: '2160h',
      privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
      secretTemplate: {
        annotations: {
          'reflector.v1.k8s.emberstack.com/reflection-allowed': 'true',
          'reflector.v1.k8s.emberstack.com/reflection-allowed-namespaces': 'gateways',
        },
      },
    },
  },
}
`,
  },
  mistakes: {
    'misspelt field': [
      { from: 'dnsNames', to: 'dnsName', finds: 'schema/unknown-field' },
      {
        from: 'issuerRef',
        to: 'issueRef',
        finds: 'schema/unknown-field',
      },
      { from: 'apiTokenSecretRef', to: 'apiTokenSecret', finds: 'schema/unknown-field' },
      { from: 'solvers', to: 'solver', finds: 'schema/unknown-field' },
      { from: 'secretTemplate', to: 'template', finds: 'schema/unknown-field' },
    ],
    'misspelt annotation or label key': [
      {
        from: '/reflection-allowed-namespaces',
        to: '/reflection-allowed-ns',
        finds: 'annotation/unknown-key',
      },
    ],
    'wrong enum': [
      { from: `'ECDSA'`, to: `'ecdsa'`, finds: 'schema/wrong-value' },
      { from: `'Always'`, to: `'always'`, finds: 'schema/wrong-value' },
      {
        from: `kind: 'ClusterIssuer' },`,
        to: `kind: 'Clusterissuer' },`,
        finds: 'secrets/issuer-kind',
      },
    ],
    'wrong type': [
      { from: `[domain, '*.' + domain]`, to: `domain`, finds: 'schema/wrong-type', near: VARIABLE },
      { from: 'size: 256', to: `size: '256'`, finds: 'schema/wrong-type' },
      {
        from: `issuerRef: { name: 'letsencrypt', kind: 'ClusterIssuer' }`,
        to: `issuerRef: 'letsencrypt'`,
        finds: 'schema/wrong-type',
      },
    ],
    'malformed value': [
      { from: `'2160h'`, to: `'90d'`, finds: 'secrets/certificate-duration' },
      {
        from: `[domain, '*.' + domain]`,
        to: `['https://' + domain]`,
        finds: 'secrets/certificate-names',
      },
    ],
    'out of range': [{ from: 'size: 256', to: 'size: 255', finds: 'secrets/certificate-key-size' }],
    'missing field': [
      {
        from: `      secretName: 'wild-cert',\n`,
        to: '',
        finds: 'schema/missing-field',
        at: `    spec: {
      issuerRef`,
      },
      {
        from: `        privateKeySecretRef: { name: 'letsencrypt-account' },\n`,
        to: '',
        finds: 'schema/missing-field',
        at: '      acme: {',
      },
    ],
    'right thing in the wrong place': [
      {
        from: `            selector: { dnsZones: [domain] },
            dns01: {`,
        to: `            dns01: {
              selector: { dnsZones: [domain] },`,
        finds: 'schema/unknown-field',
        at: 'selector:',
      },
      {
        from: `metadata: { name: 'wild-cert', namespace: 'istio-system' }`,
        to: `metadata: { name: 'wild-cert', namespace: 'istio-system', annotations: { 'reflector.v1.k8s.emberstack.com/reflection-auto-enabled': 'true' } }`,
        finds: 'annotation/misplaced',
      },
    ],
    'glob for a pattern': [
      { from: `'gateways'`, to: `'gateway*'`, finds: 'annotation/wrong-value' },
    ],
    'boolean for "true"': [
      {
        from: `reflection-allowed': 'true'`,
        to: `reflection-allowed': true`,
        finds: 'schema/wrong-type',
      },
      {
        from: `'tanka.dev/namespaced': 'false'`,
        to: `'tanka.dev/namespaced': false`,
        finds: 'environment/not-a-manifest',
      },
    ],
    'wrong namespace': [
      {
        from: `, annotations: { 'tanka.dev/namespaced': 'false' }`,
        to: '',
        finds: 'manifest/namespace',
        at: '"namespace"',
      },
      {
        from: `name: 'wild-cert', namespace: 'istio-system'`,
        to: `name: 'wild-cert', namespace: 'blog'`,
        open: SECRET_PLACE,
      },
    ],
    'wrong apiVersion or kind': [
      {
        from: `'cert-manager.io/v1',
    kind: 'Certificate'`,
        to: `'certmanager.k8s.io/v1alpha1',
    kind: 'Certificate'`,
        finds: 'schema/unknown-kind',
      },
      {
        from: `'cert-manager.io/v1',
    kind: 'ClusterIssuer'`,
        to: `'cert-manager.io/v1beta1',
    kind: 'ClusterIssuer'`,
        finds: 'api/removed',
      },
    ],
    'one half missing': [
      { from: `, kind: 'ClusterIssuer' }`, to: ' }', finds: 'secrets/issuer-missing' },
      {
        from: `name: 'letsencrypt', kind`,
        to: `name: 'lets-encrypt', kind`,
        finds: 'secrets/issuer-missing',
      },
    ],
  },
};

const mixins: Variant = {
  name: 'tlsCertificate, mixins',
  files: {
    'main.jsonnet': `local tankard = import 'tankard/main.libsonnet';
local cert = tankard.tlsCertificate;

{
  issuer: cert.clusterIssuer.acme(
    'letsencrypt',
    'platform@example.com',
    cert.solver.cloudflare('cloudflare-api-token')
    + cert.solver.withDnsZones('example.com'),
  ),
  certificate:
    cert.certificate.new(
      'wild-cert',
      'istio-system',
      'wild-cert',
      'letsencrypt',
      ['example.com', '*.example.com'],
      'ClusterIssuer',
    )
    + cert.certificate.withEcdsaKey(256)
    + cert.certificate.withDuration('2160h')
    + cert.certificate.withUsages(['server auth']),
}
`,
  },
  mistakes: {
    'misspelt function': [
      { from: 'withEcdsaKey', to: 'withECDSAKey', finds: 'jsonnet/evaluation' },
      { from: 'solver.cloudflare', to: 'solver.cloudFlare', finds: 'jsonnet/evaluation' },
    ],
    'wrong enum': [
      {
        from: `'ClusterIssuer'`,
        to: `'clusterIssuer'`,
        finds: 'jsonnet/assert',
      },
      { from: `'server auth'`, to: `'serverAuth'`, finds: 'jsonnet/assert' },
      { from: '(256)', to: '(2048)', finds: 'jsonnet/assert' },
    ],
    'wrong type': [{ from: '(256)', to: `('P256')`, finds: 'jsonnet/assert' }],
    'malformed value': [
      { from: `'2160h'`, to: `'90d'`, finds: 'jsonnet/assert' },
      {
        from: `['example.com', '*.example.com']`,
        to: `['https://example.com']`,
        finds: 'jsonnet/assert',
      },
      {
        from: `withDnsZones('example.com')`,
        to: `withDnsZones('*.example.com')`,
        finds: 'jsonnet/assert',
      },
    ],
    'missing field': [
      {
        from: `    'platform@example.com',\n`,
        to: '',
        finds: 'jsonnet/evaluation',
        at: 'cert.clusterIssuer.acme',
      },
    ],
    'one half missing': [
      {
        from: `      'ClusterIssuer',\n`,
        to: '',
        finds: 'secrets/issuer-missing',
        at: `'letsencrypt',
      [`,
      },
      {
        from: `'letsencrypt',\n      [`,
        to: `'letsencrypt-prod',\n      [`,
        finds: 'secrets/issuer-missing',
      },
    ],
  },
};

/** tlsCertificate. */
export const TLS_CERTIFICATE: readonly Variant[] = [manifests, mixins];
