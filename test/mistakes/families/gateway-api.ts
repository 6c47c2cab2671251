import type { Variant } from '../variant.ts';

const manifests: Variant = {
  name: 'gatewayApi, raw manifests',
  files: {
    'main.jsonnet': `local gatewayApi(kind, name, namespace, spec) = {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: kind,
  metadata: { name: name, namespace: namespace },
  spec: spec,
};

local port = 8080;

{
  secret: {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'wild-cert', namespace: 'gateways' },
    stringData: { cert: 'CERTIFICATE', key: 'KEY' },
  },
  service: {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'blog', namespace: 'blog' },
    spec: { ports: [{ name: 'web', port: port }] },
  },
  gateway: gatewayApi('Gateway', 'public', 'gateways', {
    gatewayClassName: 'istio',
    listeners: [
      {
        name: 'https',
        port: 443,
        protocol: 'HTTPS',
        hostname: '*.example.com',
        tls: { mode: 'Terminate', certificateRefs: [{ name: 'wild-cert' }] },
        allowedRoutes: { namespaces: { from: 'All' } },
      },
      { name: 'http', port: 80, protocol: 'HTTP' },
    ],
  }),
  blog: gatewayApi('HTTPRoute', 'blog', 'blog', {
    parentRefs: [{ name: 'public', namespace: 'gateways', sectionName: 'https' }],
    hostnames: ['blog.example.com'],
    rules: [
      {
        matches: [{ path: { type: 'PathPrefix', value: '/' } }],
        backendRefs: [{ name: 'blog', port: 8080 }],
      },
    ],
  }),
  redirect: gatewayApi('HTTPRoute', 'redirect', 'gateways', {
    parentRefs: [{ name: 'public', sectionName: 'http' }],
    rules: [
      {
        filters: [
          { type: 'RequestRedirect', requestRedirect: { scheme: 'https', statusCode: 301 } },
        ],
      },
    ],
  }),
}
`,
  },
  mistakes: {
    'misspelt field': [
      { from: 'certificateRefs', to: 'certificateRef', finds: 'schema/unknown-field' },
      { from: 'hostnames', to: 'hosts', finds: 'schema/unknown-field' },
      { from: 'backendRefs', to: 'backends', finds: 'schema/unknown-field' },
      {
        from: 'gatewayClassName',
        to: 'gatewayClass',
        finds: 'schema/unknown-field',
      },
      { from: 'matches', to: 'match', finds: 'schema/unknown-field' },
    ],
    'wrong enum': [
      { from: `'Terminate'`, to: `'SIMPLE'`, finds: 'schema/wrong-value' },
      { from: `'PathPrefix'`, to: `'Prefix'`, finds: 'schema/wrong-value' },
      { from: `from: 'All'`, to: `from: 'Any'`, finds: 'schema/wrong-value' },
      { from: 'statusCode: 301', to: 'statusCode: 304', finds: 'schema/wrong-value' },
    ],
    'wrong type': [
      { from: 'port: 8080', to: `port: 'http'`, finds: 'schema/wrong-type' },
      { from: `['blog.example.com']`, to: `'blog.example.com'`, finds: 'schema/wrong-type' },
      { from: `[{ name: 'wild-cert' }]`, to: `['wild-cert']`, finds: 'schema/wrong-type' },
    ],
    'out of range': [{ from: 'port: 443', to: 'port: 84430', finds: 'schema/wrong-value' }],
    'malformed value': [
      { from: `'blog.example.com'`, to: `'blog.example.com:443'`, finds: 'schema/wrong-value' },
      { from: `'*.example.com'`, to: `'*'`, finds: 'schema/wrong-value' },
      {
        from: `name: 'https',`,
        to: `name: 'HTTPS',`,
        finds: 'schema/wrong-value',
        consequence: 'gateways/parent-listener',
      },
      { from: `value: '/'`, to: `value: 'blog'`, finds: 'schema/validation-rule' },
    ],
    'missing field': [
      {
        from: `        port: 443,\n`,
        to: '',
        finds: 'schema/missing-field',
        at: `      {\n        name: 'https'`,
      },
      { from: `name: 'blog', port: 8080`, to: 'port: 8080', finds: 'schema/missing-field' },
      {
        from: `, certificateRefs: [{ name: 'wild-cert' }]`,
        to: '',
        finds: 'schema/validation-rule',
      },
    ],
    'right thing in the wrong place': [
      {
        from: `tls: { mode: 'Terminate', certificateRefs: [{ name: 'wild-cert' }] }`,
        to: `tls: { mode: 'Terminate', credentialName: 'wild-cert' }`,
        finds: 'schema/unknown-field',
      },
      {
        from: `{ name: 'http', port: 80, protocol: 'HTTP' }`,
        to: `{ name: 'http', port: { number: 80, protocol: 'HTTP' } }`,
        finds: 'schema/wrong-type',
        consequence: 'schema/missing-field',
      },
      {
        from: `requestRedirect: {`,
        to: `requestRedirect: { path: '/',`,
        finds: 'schema/wrong-type',
      },
    ],
    'said twice': [
      {
        from: `{ name: 'http',`,
        to: `{ name: 'https',`,
        finds: 'schema/wrong-value',
        consequence: 'gateways/parent-listener',
      },
    ],
    'wrong namespace': [
      {
        from: `{ name: 'public', namespace: 'gateways', sectionName`,
        to: `{ name: 'public', sectionName`,
        finds: 'gateways/parent-missing',
      },
      {
        from: `{ name: 'wild-cert' }`,
        to: `{ name: 'wild-cert', namespace: 'blog' }`,
        finds: 'gateways/reference-grant',
      },
    ],
    'one half missing': [
      {
        from: `name: 'public', sectionName: 'http'`,
        to: `name: 'public', sectionName: 'web'`,
        finds: 'gateways/parent-listener',
      },
      {
        from: `hostnames: ['blog.example.com']`,
        to: `hostnames: ['blog.example.org']`,
        finds: 'gateways/listener-hostname',
      },
      {
        from: `from: 'All'`,
        to: `from: 'Same'`,
        finds: 'gateways/listener-namespace',
        at: `parentRefs: [{ name: 'public', namespace: 'gateways'`,
      },
    ],
    'wrong apiVersion or kind': [
      {
        from: `blog: gatewayApi('HTTPRoute',`,
        to: `blog: gatewayApi('HTTPRout',`,
        finds: 'schema/unknown-kind',
      },
    ],
  },
};

const mixins: Variant = {
  name: 'gatewayApi, mixins',
  files: {
    'main.jsonnet': `local tankard = import 'tankard/main.libsonnet';
local api = tankard.gatewayApi;
local service(port, name) = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: name, namespace: 'blog' },
  spec: { ports: [{ name: 'web', port: port }] },
};

{
  secret: {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'wild-cert', namespace: 'gateways' },
    stringData: { cert: 'CERTIFICATE', key: 'KEY' },
  },
  services: [service(80, 'blog'), service(8080, 'blog-api')],
  gateway: api.gateway.new('public', 'gateways', [
    api.listener.https('https', '*.example.com', 'wild-cert')
    + api.listener.allowRoutesFromSelector({ gateway: 'public' }),
    api.listener.http('http'),
  ]),
  blog: api.httpRoute.new(
    'blog',
    'blog',
    api.parentRef.new('public', 'gateways', 'https'),
    'blog.example.com',
    [
      api.rule.to('blog-api', 8080)
      + api.rule.withMatch(api.match.prefix('/api/'))
      + api.rule.withRequestTimeout('10s'),
      api.rule.to('blog', 80),
    ],
  ),
  redirect: api.httpRoute.new(
    'redirect',
    'gateways',
    api.parentRef.new('public', sectionName='http'),
    [],
    api.rule.redirectToHttps(),
  ),
}
`,
  },
  mistakes: {
    'misspelt function': [
      { from: 'redirectToHttps', to: 'redirectToHTTPS', finds: 'jsonnet/evaluation' },
      {
        from: `api.listener.http('http')`,
        to: `api.listeners.http('http')`,
        finds: 'jsonnet/evaluation',
      },
      { from: 'sectionName=', to: 'section=', finds: 'jsonnet/evaluation' },
    ],
    'wrong type': [
      { from: `'blog', 80)`, to: `'blog', 'http')`, finds: 'jsonnet/assert' },
      { from: `{ gateway: 'public' }`, to: `'gateway=public'`, finds: 'jsonnet/assert' },
    ],
    'malformed value': [
      { from: `'*.example.com'`, to: `'*'`, finds: 'jsonnet/assert' },
      { from: `'/api/'`, to: `'api/'`, finds: 'jsonnet/assert' },
      { from: `'10s'`, to: `'10'`, finds: 'jsonnet/assert' },
      {
        from: `'blog.example.com'`,
        to: `'https://blog.example.com'`,
        finds: 'jsonnet/assert',
      },
    ],
    'out of range': [
      { from: `'blog-api', 8080`, to: `'blog-api', 80800`, finds: 'jsonnet/assert' },
    ],
    'right thing in the wrong place': [
      {
        from: `'public', 'gateways', 'https'`,
        to: `'gateways', 'public', 'https'`,
        finds: 'gateways/parent-missing',
      },
      {
        from: `'public', 'gateways', 'https'`,
        to: `'gateways/public', 'gateways', 'https'`,
        finds: 'jsonnet/assert',
      },
      {
        from: `'public', 'gateways', 'https'`,
        to: `'public', 'gateways/public', 'https'`,
        finds: 'jsonnet/assert',
      },
      {
        from: `('https', '*.example.com', 'wild-cert')`,
        to: `('https', 'wild-cert', '*.example.com')`,
        finds: 'jsonnet/assert',
      },
    ],
    'missing field': [
      {
        from: `('https', '*.example.com', 'wild-cert')`,
        to: `('https', '*.example.com')`,
        finds: 'jsonnet/evaluation',
      },
    ],
    'one half missing': [
      { from: `sectionName='http'`, to: `sectionName='web'`, finds: 'gateways/parent-listener' },
    ],
  },
};

/** gatewayApi. */
export const GATEWAY_API: readonly Variant[] = [manifests, mixins];
