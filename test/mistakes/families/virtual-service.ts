import type { Variant } from '../variant.ts';

const ROUTE_RULE = "a rule on what Istio's own code checks in a VirtualService";
const REFERENCES = 'a rule that compares routes with the Gateways and Services rendered';

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
    spec: { selector: { app: blog.name }, ports: [{ port: blog.port, name: 'http' }] },
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
      { from: 'http: [', to: 'https: [', finds: 'schema/unknown-field' },
      { from: 'perTryTimeout', to: 'perTimeout', finds: 'schema/unknown-field' },
      { from: `redirectCode`, to: 'statusCode', finds: 'schema/unknown-field' },
      { from: 'match: [', to: 'matches: [', finds: 'schema/unknown-field' },
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
      { from: `'15s'`, to: `'15'`, open: 'the format of a duration in custom resources' },
      { from: `host: 'blog.example.com'`, to: `host: 'blog.example.com/'`, open: ROUTE_RULE },
    ],
    'out of range': [
      { from: 'redirectCode: 301', to: 'redirectCode: -301', finds: 'schema/wrong-value' },
      { from: 'weight: 90', to: 'weight: -90', open: ROUTE_RULE },
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
        open: ROUTE_RULE,
      },
    ],
    'missing field': [
      {
        from: `destination: { host: 'blog.blog.svc.cluster.local', port: { number: 8081 } }`,
        to: `destination: { port: { number: 8081 } }`,
        finds: 'schema/missing-field',
      },
      { from: `      hosts: [blog.host],\n`, to: '', open: ROUTE_RULE },
    ],
    'said twice': [
      {
        from: `uri: { prefix: '/old/' }`,
        to: `uri: { prefix: '/old/', exact: '/old' }`,
        finds: 'schema/wrong-value',
      },
      {
        from: `redirect: { uri: '/new/', redirectCode: 301 }`,
        to: `redirect: { uri: '/new/', redirectCode: 301 }, route: [{ destination: { host: 'blog' } }]`,
        open: ROUTE_RULE,
      },
    ],
    'wrong namespace': [
      { from: 'gateways/public', to: 'public', open: REFERENCES },
      { from: 'gateways/public', to: 'gateways.public', open: REFERENCES },
    ],
    'one half missing': [
      { from: 'gateways/public', to: 'gateways/publik', open: REFERENCES },
      { from: `'blog.example.com'`, to: `'blog.example.org'`, open: REFERENCES },
      { from: 'number: 8080', to: 'number: 8088', open: REFERENCES },
    ],
  },
};

export const VIRTUAL_SERVICE: readonly Variant[] = [manifests];
