import type { Variant } from '../variant.ts';

const manifests: Variant = {
  name: 'virtualService, raw manifests',
  files: {
    'main.jsonnet': `local blog = {
  name: 'blog',
  namespace: 'blog',
  host: 'blog.example.com',
  port: 8080,
};

{
  service: {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: blog.name, namespace: blog.namespace },
    spec: { selector: { app: blog.name }, ports: [{ port: blog.port, name: 'http' }, { port: 8081, name: 'next' }] },
  },
  gateway: {
    apiVersion: 'networking.istio.io/v1',
    kind: 'Gateway',
    metadata: { name: 'public', namespace: 'gateways' },
    spec: {
      selector: { istio: 'ingressgateway' },
      servers: [{ port: { number: 80, protocol: 'HTTP', name: 'http' }, hosts: ['*.example.com'] }],
    },
  },
  routes: {
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: { name: blog.name, namespace: blog.namespace },
    spec: {
      hosts: [blog.host],
      gateways: ['gateways/public'],
      http: [
        {
          match: [{ uri: { prefix: '/old/' } }],
          redirect: { uri: '/new/', redirectCode: 301 },
        },
        {
          timeout: '15s',
          retries: { attempts: 3, perTryTimeout: '5s' },
          route: [
            {
              destination: { host: 'blog.blog.svc.cluster.local', port: { number: 8080 } },
              weight: 90,
            },
            {
              destination: { host: 'blog.blog.svc.cluster.local', port: { number: 8081 } },
              weight: 10,
            },
          ],
        },
      ],
    },
  },
}
`,
  },
  mistakes: {
    'misspelt field': [
      { from: 'gateways: [', to: 'gateway: [', finds: 'schema/unknown-field' },
      {
        from: 'http: [',
        to: 'https: [',
        finds: 'schema/unknown-field',
        consequence: 'gateways/no-route',
      },
      { from: 'perTryTimeout', to: 'perTimeout', finds: 'schema/unknown-field' },
      { from: `redirectCode`, to: 'statusCode', finds: 'schema/unknown-field' },
      {
        from: 'match: [',
        to: 'matches: [',
        finds: 'schema/unknown-field',
        consequence: 'gateways/route-unreachable',
      },
    ],
    'wrong type': [
      { from: 'port: { number: 8081 }', to: 'port: 8081', finds: 'schema/wrong-type' },
      { from: `weight: 90`, to: `weight: '90%'`, finds: 'schema/wrong-type' },
      {
        from: `gateways: ['gateways/public']`,
        to: `gateways: 'gateways/public'`,
        finds: 'schema/wrong-type',
      },
      { from: `uri: { prefix: '/old/' }`, to: `uri: '/old/'`, finds: 'schema/wrong-type' },
      { from: `redirectCode: 301`, to: `redirectCode: '301'`, finds: 'schema/wrong-type' },
      { from: `timeout: '15s'`, to: 'timeout: 15', finds: 'schema/wrong-type' },
    ],
    'malformed value': [
      { from: `'15s'`, to: `'15'`, finds: 'schema/validation-rule' },
      {
        from: `host: 'blog.example.com'`,
        to: `host: 'blog.example.com/'`,
        finds: 'gateways/route-host',
      },
    ],
    'out of range': [
      { from: 'redirectCode: 301', to: 'redirectCode: -301', finds: 'schema/wrong-value' },
      { from: 'weight: 90', to: 'weight: -90', finds: 'gateways/route-weights' },
    ],
    'right thing in the wrong place': [
      {
        from: `          timeout: '15s',
          retries: { attempts`,
        to: `          retries: { timeout: '15s', attempts`,
        finds: 'schema/unknown-field',
      },
      {
        from: `{ host: 'blog.blog.svc.cluster.local', port: { number: 8081 } },
              weight: 10`,
        to: `{ host: 'blog.blog.svc.cluster.local', port: { number: 8081 }, weight: 10 }`,
        finds: 'schema/unknown-field',
      },
      {
        from: "host: 'blog.blog.svc.cluster.local', port: { number: 8081 }",
        to: "host: 'blog.blog.svc.cluster.local:8081'",
        finds: 'gateways/destination-host',
      },
    ],
    'missing field': [
      {
        from: `destination: { host: 'blog.blog.svc.cluster.local', port: { number: 8081 } }`,
        to: `destination: { port: { number: 8081 } }`,
        finds: 'schema/missing-field',
      },
      {
        from: `      hosts: [blog.host],\n`,
        to: '',
        finds: 'gateways/no-route',
        at: `    spec: {\n      gateways`,
      },
    ],
    'said twice': [
      {
        from: `uri: { prefix: '/old/' }`,
        to: `uri: { prefix: '/old/', exact: '/old' }`,
        finds: 'schema/wrong-value',
      },
      {
        from: `redirect: { uri: '/new/', redirectCode: 301 }`,
        to: `redirect: { uri: '/new/', redirectCode: 301 }, route: [{ destination: { host: 'blog', port: { number: 8080 } } }]`,
        finds: 'gateways/route-action',
      },
    ],
    'wrong namespace': [
      { from: 'gateways/public', to: 'public', finds: 'gateways/route-gateway-missing' },
      { from: 'gateways/public', to: 'gateways.public', finds: 'gateways/gateway-reference' },
    ],
    'one half missing': [
      { from: 'gateways/public', to: 'gateways/publik', finds: 'gateways/route-gateway-missing' },
      {
        from: `'blog.example.com'`,
        to: `'blog.example.org'`,
        finds: 'gateways/route-host-unserved',
      },
      { from: 'number: 8080', to: 'number: 8088', finds: 'gateways/destination-port' },
    ],
  },
};

const mixins: Variant = {
  name: 'virtualService, mixins',
  files: {
    'main.jsonnet': `local tankard = import 'tankard/main.libsonnet';
local virtualService = tankard.virtualService;
local route = virtualService.httpRoute;
local service(port, name) = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: name, namespace: 'shop' },
  spec: { ports: [{ name: 'http', port: port }] },
};

{
  gateway: tankard.istioGateway.gateway.new(
    'public', 'gateways', tankard.istioGateway.server.http('*.example.com')
  ),
  services: [service(8080, 'api'), service(80, 'web'), service(80, 'web-next')],
  shop: virtualService.virtualService.new('shop', 'shop', 'shop.example.com', 'gateways/public', [
    route.to('api', 8080)
    + route.withMatch(virtualService.httpMatch.prefix('/api/'))
    + route.withTimeout('10s')
    + route.withRetries(3, '2s'),
    route.split([
      virtualService.destination.new('web', 80, 90),
      virtualService.destination.new('web-next', 80, 10),
    ]),
  ]),
  old: virtualService.virtualService.new(
    'old',
    'shop',
    'old.example.com',
    'gateways/public',
    route.redirectToHost('shop.example.com') + route.withRedirectCode(308),
  ),
}
`,
  },
  mistakes: {
    'misspelt function': [
      { from: 'route.withTimeout', to: 'route.withTimeOut', finds: 'jsonnet/evaluation' },
      { from: 'redirectToHost', to: 'redirectTo', finds: 'jsonnet/evaluation' },
    ],
    'wrong type': [
      { from: `'web', 80, 90`, to: `'web', 80, '90%'`, finds: 'jsonnet/assert' },
      { from: `('api', 8080)`, to: `('api', 'http')`, finds: 'jsonnet/assert' },
    ],
    'malformed value': [
      { from: `'10s'`, to: `'10'`, finds: 'jsonnet/assert' },
      { from: `'/api/'`, to: `'api/'`, finds: 'jsonnet/assert' },
      { from: `('api', 8080)`, to: `('api:8080', 8080)`, finds: 'jsonnet/assert' },
      {
        from: `'old.example.com'`,
        to: `'https://old.example.com'`,
        finds: 'jsonnet/assert',
      },
    ],
    'out of range': [
      { from: '(308)', to: '(300)', finds: 'jsonnet/assert' },
      { from: `'web-next', 80,`, to: `'web-next', 80800,`, finds: 'jsonnet/assert' },
    ],
    'right thing in the wrong place': [
      {
        from: `'shop.example.com', 'gateways/public', [`,
        to: `'gateways/public', 'shop.example.com', [`,
        finds: 'jsonnet/assert',
      },
      { from: `('api', 8080)`, to: `(8080, 'api')`, finds: 'jsonnet/assert' },
    ],
    'wrong namespace': [
      {
        from: `'shop.example.com', 'gateways/public', [`,
        to: `'shop.example.com', 'public', [`,
        finds: 'gateways/route-gateway-missing',
      },
      {
        from: `'shop.example.com', 'gateways/public', [`,
        to: `'shop.example.com', 'public.gateways.svc.cluster.local', [`,
        finds: 'jsonnet/assert',
      },
    ],
    'missing field': [
      { from: `('api', 8080)`, to: `('api')`, finds: 'jsonnet/evaluation' },
      {
        from: `route.withTimeout('10s')`,
        to: `route.withAbortFault(503)`,
        finds: 'jsonnet/evaluation',
      },
      {
        from: `route.withTimeout('10s')`,
        to: `route.withCorsPolicy({ allowMethods: ['GET'] })`,
        finds: 'jsonnet/assert',
      },
    ],
    'misspelt field': [
      {
        from: `route.withTimeout('10s')`,
        to: `route.withCorsPolicy({ allowOrigin: [{ exact: '*' }] })`,
        finds: 'jsonnet/assert',
      },
    ],
  },
};

/** virtualService. */
export const VIRTUAL_SERVICE: readonly Variant[] = [manifests, mixins];
