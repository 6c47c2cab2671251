import { CERTIFICATE, PRIVATE_KEY } from '../certificate.ts';
import type { Variant } from '../variant.ts';

const manifests: Variant = {
  name: 'istioGateway, raw manifests',
  files: {
    'main.jsonnet': `local hosts = ['example.com', '*.example.com'];

{
  certificate: {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'wild-cert', namespace: 'istio-system' },
    type: 'kubernetes.io/tls',
    stringData: { 'tls.crt': importstr 'tls.crt', 'tls.key': importstr 'tls.key' },
  },
  gateway: {
    apiVersion: 'networking.istio.io/v1',
    kind: 'Gateway',
    metadata: { name: 'wordpress-gateway', namespace: 'wordpress' },
    spec: {
      selector: { istio: 'ingressgateway' },
      servers: [
        {
          port: { number: 443, protocol: 'HTTPS', name: 'https' },
          hosts: hosts,
          tls: { mode: 'SIMPLE', credentialName: 'wild-cert', minProtocolVersion: 'TLSV1_2' },
        },
        {
          port: { number: 80, protocol: 'HTTP', name: 'http' },
          hosts: hosts,
          tls: { httpsRedirect: true },
        },
      ],
    },
  },
}
`,
    'tls.crt': CERTIFICATE,
    'tls.key': PRIVATE_KEY,
  },
  mistakes: {
    'misspelt field': [
      {
        from: 'credentialName',
        to: 'credentialname',
        finds: 'schema/unknown-field',
        consequence: 'gateways/tls-credential-missing',
      },
      { from: 'httpsRedirect', to: 'httpRedirect', finds: 'schema/unknown-field' },
      { from: 'selector:', to: 'selectors:', finds: 'schema/unknown-field' },
      { from: 'minProtocolVersion', to: 'minTlsVersion', finds: 'schema/unknown-field' },
    ],
    'wrong type': [
      { from: 'number: 443', to: `number: '443'`, finds: 'schema/wrong-type' },
      {
        from: `port: { number: 80, protocol: 'HTTP', name: 'http' }`,
        to: 'port: 80',
        finds: 'schema/wrong-type',
      },
      {
        from: `selector: { istio: 'ingressgateway' }`,
        to: `selector: 'istio=ingressgateway'`,
        finds: 'schema/wrong-type',
      },
    ],
    'boolean for "true"': [
      { from: 'httpsRedirect: true', to: `httpsRedirect: 'true'`, finds: 'schema/wrong-type' },
    ],
    'wrong enum': [
      { from: `'SIMPLE'`, to: `'simple'`, finds: 'schema/wrong-value' },
      { from: `'TLSV1_2'`, to: `'TLSv1.2'`, finds: 'schema/wrong-value' },
      { from: `protocol: 'HTTPS'`, to: `protocol: 'HTTPs2'`, finds: 'gateways/protocol-unknown' },
    ],
    'out of range': [
      { from: 'number: 443', to: 'number: -443', finds: 'schema/wrong-value' },
      { from: 'number: 443', to: 'number: 84430', finds: 'gateways/server-port' },
    ],
    'malformed value': [
      { from: `'*.example.com'`, to: `'https://*.example.com'`, finds: 'gateways/server-host' },
      { from: `'*.example.com'`, to: `'shop*.example.com'`, finds: 'gateways/server-host' },
    ],
    'right thing in the wrong place': [
      {
        from: `tls: { httpsRedirect: true }`,
        to: 'httpsRedirect: true',
        finds: 'schema/unknown-field',
      },
      {
        from: `{ number: 80, protocol: 'HTTP', name: 'http' }`,
        to: `{ number: 80, protocol: 'HTTP', name: 'http', hosts: hosts }`,
        finds: 'schema/unknown-field',
      },
      {
        from: `          tls: { mode: 'SIMPLE', credentialName: 'wild-cert', minProtocolVersion: 'TLSV1_2' },
        },`,
        to: `          tls: { credentialName: 'wild-cert', minProtocolVersion: 'TLSV1_2' },
          mode: 'SIMPLE',
        },`,
        finds: 'schema/unknown-field',
        consequence: 'gateways/tls-mode-missing',
        at: `mode: 'SIMPLE'`,
      },
    ],
    'missing field': [
      { from: `, name: 'https'`, to: '', finds: 'schema/missing-field' },
      {
        from: `          hosts: hosts,
          tls: { httpsRedirect: true },`,
        to: `          tls: { httpsRedirect: true },`,
        finds: 'schema/missing-field',
        at: `        {
          port: { number: 80`,
      },
      {
        from: `mode: 'SIMPLE', `,
        to: '',
        finds: 'gateways/tls-mode-missing',
      },
    ],
    'one half missing': [
      {
        from: `credentialName: 'wild-cert', `,
        to: '',
        finds: 'gateways/tls-credential-missing',
      },
      {
        from: `credentialName: 'wild-cert'`,
        to: `credentialName: 'wildcard'`,
        finds: 'gateways/credential-missing',
      },
      {
        from: `          tls: { httpsRedirect: true },\n`,
        to: '',
        open: 'a rule on hosts that are served without TLS too',
      },
    ],
    'wrong namespace': [
      {
        from: `namespace: 'istio-system'`,
        to: `namespace: 'wordpress'`,
        finds: 'gateways/credential-namespace',
        at: `credentialName: 'wild-cert'`,
      },
      {
        from: `credentialName: 'wild-cert'`,
        to: `credentialName: 'istio-system/wild-cert'`,
        finds: 'gateways/credential-form',
      },
    ],
    'said twice': [
      { from: `name: 'http' }`, to: `name: 'https' }`, finds: 'gateways/port-name-duplicate' },
      {
        from: `credentialName: 'wild-cert'`,
        to: `credentialName: 'wild-cert', credentialNames: ['wild-cert']`,
        finds: 'schema/validation-rule',
      },
    ],
    'wrong apiVersion or kind': [
      {
        from: 'networking.istio.io/v1',
        to: 'networking.istio.io/v2',
        finds: 'schema/unknown-kind',
      },
    ],
  },
};

const mixins: Variant = {
  name: 'istioGateway, mixins',
  files: {
    'main.jsonnet': `local tankard = import 'tankard/main.libsonnet';
local gateway = tankard.istioGateway.gateway;
local server = tankard.istioGateway.server;

local hosts = ['shop.example.com'];
local secret(app, namespace) = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: app + '-cert', namespace: namespace },
  stringData: { cert: 'CERTIFICATE', key: 'KEY', cacert: 'CERTIFICATE' },
};

{
  secrets: [secret('shop', 'istio-system'), secret('admin', 'admin')],
  shop: gateway.new('shop', 'shop', server.tlsWithRedirect(hosts, 'shop-cert')),

  admin: gateway.new(
    'admin',
    'admin',
    [
      server.new(8443, 'HTTPS', 'https-admin', ['admin.example.com'])
      + server.withMutualTls('admin-cert')
      + server.withMinProtocolVersion('TLSV1_3')
      + server.withCipherSuites(['ECDHE-RSA-AES256-GCM-SHA384']),
      server.passthrough(['vault.example.com']),
    ],
    { istio: 'internal' },
  ),
}
`,
  },
  mistakes: {
    'misspelt function': [
      { from: 'tlsWithRedirect', to: 'tlsWithRedirects', finds: 'jsonnet/evaluation' },
      { from: 'withMutualTls', to: 'withMutualTLS', finds: 'jsonnet/evaluation' },
    ],
    'missing field': [{ from: `(hosts, 'shop-cert')`, to: '(hosts)', finds: 'jsonnet/evaluation' }],
    'wrong enum': [
      { from: `8443, 'HTTPS'`, to: `8443, 'https'`, finds: 'jsonnet/assert' },
      { from: `'TLSV1_3'`, to: `'1.3'`, finds: 'jsonnet/assert' },
      {
        from: 'ECDHE-RSA-AES256-GCM-SHA384',
        to: 'ECDHE-RSA-AES256-SHA384',
        finds: 'jsonnet/assert',
      },
    ],
    'wrong type': [
      { from: 'server.new(8443', to: `server.new('8443'`, finds: 'jsonnet/assert' },
      {
        from: `{ istio: 'internal' }`,
        to: `'istio=internal'`,
        finds: 'jsonnet/assert',
      },
    ],
    'out of range': [{ from: '8443', to: '84430', finds: 'jsonnet/assert' }],
    'malformed value': [
      {
        from: `'shop.example.com'`,
        to: `'shop'`,
        finds: 'jsonnet/assert',
      },
      { from: `'vault.example.com'`, to: `'https://vault.example.com'`, finds: 'jsonnet/assert' },
      { from: `'admin.example.com'`, to: `'admin.example.com:8443'`, finds: 'jsonnet/assert' },
      { from: `'shop-cert'`, to: `'shop/shop-cert'`, finds: 'jsonnet/assert' },
      { from: `'admin-cert'`, to: `'admin/admin-cert'`, finds: 'jsonnet/assert' },
    ],
    'right thing in the wrong place': [
      {
        from: `8443, 'HTTPS', 'https-admin'`,
        to: `8443, 'https-admin', 'HTTPS'`,
        finds: 'jsonnet/assert',
      },
      { from: `(hosts, 'shop-cert')`, to: `('shop-cert', hosts)`, finds: 'jsonnet/assert' },
    ],
    'wrong namespace': [
      {
        from: `gateway.new('shop', 'shop',`,
        to: `gateway.new('shop', '',`,
        finds: 'jsonnet/assert',
      },
    ],
    'one half missing': [
      {
        from: `      + server.withMutualTls('admin-cert')\n`,
        to: '',
        finds: 'jsonnet/assert',
        at: 'server.new(8443',
      },
      {
        from: `      server.passthrough(['vault.example.com']),`,
        to: `      {
        port: { number: 443, protocol: 'HTTPS', name: 'https' },
        hosts: ['vault.example.com'],
        tls: { credentialName: 'vault-cert' },
      },`,
        finds: 'jsonnet/assert',
      },
    ],
    'misspelt field': [
      {
        from: `      server.passthrough(['vault.example.com']),`,
        to: `      server.passthrough(['vault.example.com']) + { tls+: { credentialname: 'vault-cert' } },`,
        finds: 'jsonnet/assert',
      },
    ],
  },
};

/** istioGateway. */
export const ISTIO_GATEWAY: readonly Variant[] = [manifests, mixins];
