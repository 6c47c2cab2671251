import { REFERENCE, type Program } from '../program.ts';

/** The List that Tanka unrolls, objects in arrays, and values that Tanka adds from spec.json. */
export const TANKA: Program = {
  name: 'what Tanka adds',
  random: 4,
  files: {
    'spec.json': `{
  "apiVersion": "tanka.dev/v1alpha1",
  "kind": "Environment",
  "metadata": {
    "name": "environments/tanka"
  },
  "spec": {
    "namespace": "shop",
    "injectLabels": true,
    "resourceDefaults": {
      "annotations": {
        "example.com/owner": "shop"
      },
      "labels": {
        "team": "shop"
      }
    }
  }
}
`,
    'main.jsonnet': `local tk = import 'tk';
local configMap(name, data) = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: name },
  data: data,
};
{
  list: {
    apiVersion: 'v1',
    kind: 'List',
    items: [
      configMap('a', { level: 'info' }),
      configMap('b', {
        level: 'debug',
        size: '4',
      }),
      {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 'c' },
        type: 'Opaque',
        stringData: {
          user: 'shop',
        },
      },
    ],
  },
  array: [
    configMap('d', { namespace: tk.env.spec.namespace }),
    configMap('e', { one: '1' }) {
      metadata+: {
        labels: { tier: 'back' },
      },
      immutable: false,
    },
  ],
}
`,
  },
  mistakes: [
    { from: '"namespace": "shop"', to: '"namespace": "Shop_"', sees: 'a.metadata.namespace' },
    {
      from: '"namespace": "shop"',
      to: '"namespace": "Shop_"',
      sees: 'd.data.namespace',
      also: ['namespace: tk.env'],
      why: REFERENCE,
    },
    {
      from: '"example.com/owner": "shop"',
      to: '"example.com/owner": "no!"',
      sees: 'a.metadata.annotations.example.com/owner',
    },
    {
      from: '"example.com/owner": "shop"',
      to: '"example.com/ow ner": "shop"',
      sees: 'b.metadata.annotations.example.com/ow ner',
    },
    { from: '"team": "shop"', to: '"team": "the shop"', sees: 'e.metadata.labels.team' },
    { from: '"team": "shop"', to: '"te am": "shop"', sees: 'e.metadata.labels.te am' },
    { from: "level: 'info'", to: 'level: 7' },
    { from: "level: 'debug'", to: 'level: true' },
    { from: "level: 'debug'", to: "'level!': 'debug'" },
    { from: "size: '4'", to: 'size: 4' },
    { from: "type: 'Opaque'", to: "tipe: 'Opaque'" },
    { from: "user: 'shop'", to: 'user: 7' },
    { from: "configMap('b', {", to: "configMap('B', {", sees: 'metadata.name' },
    { from: "tier: 'back'", to: 'tier: 2' },
    { from: 'immutable: false', to: "immutable: 'no'" },
    { from: 'immutable: false', to: 'imutable: false' },
    { from: "one: '1'", to: 'one: 1' },
    {
      from: 'namespace: tk.env.spec.namespace',
      to: 'namespace: tk.env.spec',
      sees: 'data.namespace',
    },
    { from: 'data: data,\n', to: 'dat: data,\n', sees: 'a.dat' },
    { from: "kind: 'Secret'", to: "kind: 'Secrets'", sees: 'kind' },
  ],
};

const INLINE_MAIN = `local base = import 'base.libsonnet';
local environment(name, namespace, data) = {
  apiVersion: 'tanka.dev/v1alpha1',
  kind: 'Environment',
  metadata: {
    name: 'environments/' + name,
  },
  spec: {
    namespace: namespace,
    resourceDefaults: {
      annotations: {
        'example.com/stage': name,
      },
    },
    injectLabels: true,
  },
  data: data,
};
function(stage='dev', replicas='2')
  environment(
    stage,
    namespace='shop-' + stage,
    data=base {
      _config+:: {
        replicas: std.parseInt(replicas),
        host: stage + '.example.com',
        paths: {
          '/': 'front',
          '/api': 'back',
        },
      },
    },
  )
`;

/** An inline environment that a function of top-level arguments makes. */
export const INLINE: Program = {
  name: 'inline environment',
  random: 6,
  tla: { stage: 'prod' },
  files: {
    'spec.json': '',
    'main.jsonnet': INLINE_MAIN,
    'base.libsonnet': `{
  _config:: {
    replicas: 1,
    host: error 'a host is needed',
    paths: {},
    class: 'nginx',
  },
  ingress: {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'shop' },
    spec: {
      ingressClassName: $._config.class,
      rules: [
        {
          host: $._config.host,
          http: {
            paths: [
              {
                path: path,
                pathType: 'Prefix',
                backend: {
                  service: {
                    name: $._config.paths[path],
                    port: { number: 80 },
                  },
                },
              }
              for path in std.objectFields($._config.paths)
            ],
          },
        },
      ],
    },
  },
  front: {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'front' },
    spec: {
      serviceName: 'front',
      replicas: $._config.replicas,
      podManagementPolicy: 'Parallel',
      selector: { matchLabels: $.front.spec.template.metadata.labels },
      template: {
        metadata: { labels: { app: 'front' } },
        spec: {
          containers: [{ name: 'front', image: 'front:1' }],
        },
      },
    },
  },
}
`,
  },
  mistakes: [
    {
      from: "namespace='shop-' + stage",
      to: "namespace='shop_' + stage",
      sees: 'front.metadata.namespace',
    },
    {
      from: "'example.com/stage': name",
      to: "'example.com/sta ge': name",
      sees: 'example.com/sta ge',
    },
    {
      from: "'example.com/stage': name",
      to: "'example.com/stage': 'Production!'",
      sees: 'example.com/stage',
    },
    { from: "host: stage + '.example.com'", to: "host: stage + '_example.com'" },
    { from: "class: 'nginx'", to: "class: 'Nginx!'" },
    { from: "'/api': 'back'", to: "'api': 'back'", sees: 'path' },
    { from: "'/api': 'back'", to: "'/api': 'Back'", sees: 'name' },
    { from: "'/': 'front'", to: "'/': 7", sees: 'name' },
    { from: "pathType: 'Prefix'", to: "pathType: 'prefix'", sees: 'paths.1.pathType' },
    {
      from: "                pathType: 'Prefix',\n",
      to: '',
      at: '              {\n                path: path',
      sees: 'paths.0.pathType',
    },
    { from: 'port: { number: 80 }', to: "port: { number: 'http' }", sees: 'number' },
    {
      from: 'port: { number: 80 }',
      to: 'prot: { number: 80 }',
      sees: 'paths.0.backend.service.prot',
    },
    { from: "podManagementPolicy: 'Parallel'", to: "podManagementPolicy: 'parallel'" },
    { from: "      serviceName: 'front',\n", to: '', at: 'spec: {\n      replicas' },
    { from: "labels: { app: 'front' }", to: 'labels: { app: 7 }', sees: 'labels.app' },
    { from: "{ name: 'front', image: 'front:1' }", to: "{ image: 'front:1' }" },
    {
      from: 'replicas: std.parseInt(replicas)',
      to: 'replicas: replicas',
      also: ["function(stage='dev', replicas='2')"],
      why: REFERENCE,
    },
    { from: '_config+:: {', to: '_config:: {', sees: 'ingressClassName' },
  ],
};
