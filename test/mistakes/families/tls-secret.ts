import { CERTIFICATE, PRIVATE_KEY } from '../certificate.ts';
import { VARIABLE } from '../reasons.ts';
import type { Variant } from '../variant.ts';

const manifests: Variant = {
  name: 'tlsSecret, raw manifests',
  files: {
    'main.jsonnet': `local tls(name, namespace, crt, key) = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: name, namespace: namespace },
  type: 'kubernetes.io/tls',
  data: { 'tls.crt': std.base64(crt), 'tls.key': std.base64(key) },
};

{
  certificate: tls('wild-cert', 'istio-system', importstr 'tls.crt', importstr 'tls.key'),
  ingress: {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'blog', namespace: 'istio-system' },
    spec: {
      ingressClassName: 'nginx',
      tls: [{ hosts: ['blog.example.com'], secretName: 'wild-cert' }],
      rules: [{
        host: 'blog.example.com',
        http: {
          paths: [{
            path: '/',
            pathType: 'Prefix',
            backend: { service: { name: 'blog', port: { number: 80 } } },
          }],
        },
      }],
    },
  },
  service: {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'blog', namespace: 'istio-system' },
    spec: { selector: { app: 'blog' }, ports: [{ port: 80 }] },
  },
}
`,
    'tls.crt': CERTIFICATE,
    'tls.key': PRIVATE_KEY,
  },
  mistakes: {
    'misspelt field': [
      { from: `'tls.key': std`, to: `'tls.pem': std`, finds: 'secrets/type-keys' },
      { from: 'secretName', to: 'secret', finds: 'schema/unknown-field' },
      {
        from: 'pathType',
        to: 'pathtype',
        finds: 'schema/unknown-field',
      },
      { from: 'number: 80', to: 'nummber: 80', finds: 'schema/unknown-field' },
    ],
    'wrong type': [
      {
        from: `hosts: ['blog.example.com']`,
        to: `hosts: 'blog.example.com'`,
        finds: 'schema/wrong-type',
      },
      { from: 'number: 80', to: `number: 'http'`, finds: 'schema/wrong-type' },
    ],
    'malformed value': [
      { from: 'std.base64(crt)', to: 'crt', finds: 'schema/wrong-value', near: VARIABLE },
      { from: `importstr 'tls.crt'`, to: `'example'`, finds: 'secrets/tls-certificate' },
    ],
    'wrong enum': [
      { from: 'kubernetes.io/tls', to: 'kubernetes.io/tsl', finds: 'secrets/unknown-type' },
      { from: `pathType: 'Prefix'`, to: `pathType: 'prefix'`, finds: 'schema/wrong-value' },
    ],
    'missing field': [
      { from: `, 'tls.key': std.base64(key)`, to: '', finds: 'secrets/type-keys' },
      {
        from: `            pathType: 'Prefix',\n`,
        to: '',
        finds: 'schema/missing-field',
        at: `          paths: [{`,
      },
    ],
    'right thing in the wrong place': [
      {
        from: `importstr 'tls.crt', importstr 'tls.key'`,
        to: `importstr 'tls.key', importstr 'tls.crt'`,
        finds: 'secrets/tls-certificate',
      },
    ],
    'wrong namespace': [
      {
        from: `'wild-cert', 'istio-system'`,
        to: `'wild-cert', 'default'`,
        finds: 'secrets/missing',
        at: 'secretName',
      },
    ],
    'one half missing': [
      {
        from: `secretName: 'wild-cert'`,
        to: `secretName: 'wildcard-cert'`,
        finds: 'secrets/missing',
      },
    ],
  },
};

const mixins: Variant = {
  name: 'tlsSecret, mixins',
  files: {
    'main.jsonnet': `local tankard = import 'tankard/main.libsonnet';
local tlsSecret = tankard.tlsSecret;

{
  certificate: tlsSecret.secret.new(
    'wild-cert',
    'istio-system',
    importstr 'tls.crt',
    importstr 'tls.key',
  ),
}
`,
    'tls.crt': CERTIFICATE,
    'tls.key': PRIVATE_KEY,
  },
  mistakes: {
    'misspelt function': [
      {
        from: 'tlsSecret.secret.new',
        to: 'tlsSecret.certificate.new',
        finds: 'jsonnet/evaluation',
      },
    ],
    'malformed value': [
      {
        from: `importstr 'tls.crt'`,
        to: `'tls.crt'`,
        finds: 'jsonnet/assert',
      },
      {
        from: `importstr 'tls.key'`,
        to: `std.base64(importstr 'tls.key')`,
        finds: 'jsonnet/assert',
        at: 'tlsSecret.secret.new',
      },
      {
        from: 'BEGIN PRIVATE KEY',
        to: 'BEGIN ENCRYPTED PRIVATE KEY',
        finds: 'jsonnet/assert',
        at: `importstr 'tls.key'`,
      },
    ],
    'right thing in the wrong place': [
      {
        from: `    importstr 'tls.crt',
    importstr 'tls.key',`,
        to: `    importstr 'tls.key',
    importstr 'tls.crt',`,
        finds: 'jsonnet/assert',
      },
    ],
    'missing field': [
      {
        from: `    importstr 'tls.key',\n`,
        to: '',
        finds: 'jsonnet/evaluation',
        at: 'tlsSecret.secret.new',
      },
      { from: `importstr 'tls.crt'`, to: `importstr 'fullchain.pem'`, finds: 'jsonnet/evaluation' },
    ],
  },
};

/** tlsSecret. */
export const TLS_SECRET: readonly Variant[] = [manifests, mixins];
