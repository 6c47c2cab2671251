import { VARIABLE } from '../reasons.ts';
import type { Variant } from '../variant.ts';

const CONTENT = 'a rule that reads what a Secret of this type has to hold';

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
}
`,
    'tls.crt': '-----BEGIN CERTIFICATE-----\nZXhhbXBsZQ==\n-----END CERTIFICATE-----\n',
    'tls.key': '-----BEGIN PRIVATE KEY-----\nZXhhbXBsZQ==\n-----END PRIVATE KEY-----\n',
  },
  mistakes: {
    'misspelt field': [
      { from: `'tls.key': std`, to: `'tls.pem': std`, open: CONTENT },
      { from: 'secretName', to: 'secret', finds: 'schema/unknown-field' },
      {
        from: 'pathType',
        to: 'pathtype',
        finds: 'schema/unknown-field',
        consequence: 'schema/missing-field',
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
      { from: `importstr 'tls.crt'`, to: `'example'`, open: CONTENT },
    ],
    'wrong enum': [
      { from: 'kubernetes.io/tls', to: 'kubernetes.io/tsl', open: CONTENT },
      { from: `pathType: 'Prefix'`, to: `pathType: 'prefix'`, finds: 'schema/wrong-value' },
    ],
    'missing field': [
      { from: `, 'tls.key': std.base64(key)`, to: '', open: CONTENT },
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
        open: CONTENT,
      },
      {
        from: `      ingressClassName: 'nginx',\n      tls:`,
        to: `      tls:`,
        open: 'a cluster may have a default class',
      },
    ],
    'wrong namespace': [
      {
        from: `'wild-cert', 'istio-system'`,
        to: `'wild-cert', 'default'`,
        open: 'a rule that looks for the Secret in the namespace of who reads it',
      },
    ],
    'one half missing': [
      {
        from: `secretName: 'wild-cert'`,
        to: `secretName: 'wildcard-cert'`,
        open: 'a rule that looks for the Secret in the namespace of who reads it',
      },
    ],
  },
};

export const TLS_SECRET: readonly Variant[] = [manifests];
