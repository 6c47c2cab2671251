import { COMPOSED, REFERENCE, type Program } from '../program.ts';

/** A project library with functions, defaults and locals; patches; comprehensions; std's own functions. */
export const PLAIN_LIBRARY: Program = {
  name: 'project library',
  random: 14,
  files: {
    'main.jsonnet': `local app = import 'app.libsonnet';
local settings = import 'settings.json';
local defaults = import 'defaults.libsonnet';

local regions = ['eu', 'us'];
local sizes = {
  small: { cpu: '100m', memory: '64Mi' },
  large: { cpu: '2', memory: '4Gi' },
};

local withSidecar(image) = {
  spec+: { template+: { spec+: {
    containers+: [{
      name: 'sidecar',
      image: image,
      env: [
        { name: 'MODE', value: 'proxy' },
        { name: 'PORT', value: '15001' },
      ],
    }],
  } } },
};

local withTolerations(keys) = {
  spec+: { template+: { spec+: {
    tolerations: std.mapWithIndex(
      function(i, key) { key: key, operator: 'Exists', tolerationSeconds: 60 * (i + 1) },
      keys,
    ),
  } } },
};

{
  front: app.deployment(
    name='front',
    image='front:1',
    size=sizes.small,
  ) + withSidecar('proxy:3'),

  back:
    app.deployment('back', 'back:7', replicas=settings.replicas, size=sizes.large)
    + withTolerations(['spot', 'gpu'])
    + {
      spec+: {
        paused: false,
        progressDeadlineSeconds: 600,
        template+: { metadata+: { annotations+: { 'prometheus.io/port': '9090' } } },
      },
    },

  regional: {
    ['cache-' + region]: app.deployment('cache-' + region, 'redis:8') {
      spec+: { revisionHistoryLimit: 4 },
    }
    for region in regions
  },

  quotas: std.mapWithKey(
    function(name, limits) {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: name },
      spec: { hard: limits },
    },
    {
      builds: { pods: '10', 'requests.cpu': '4' },
      tests: { pods: '20' },
    },
  ),

  merged: std.mergePatch(
    app.service('front', 80),
    {
      spec: {
        type: 'LoadBalancer',
        externalTrafficPolicy: 'Local',
        clusterIP: null,
      },
      metadata: { labels: { 'app.kubernetes.io/part-of': 'shop' } },
    },
  ),

  pruned: std.prune({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'flags', annotations: null },
    data: {
      beta: 'on',
      retries: std.toString(settings.retries),
      endpoint: 'https://%s.%s' % [settings.host, defaults.domain],
    },
    binaryData: {},
  }),

  policy: {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'front' },
    spec: defaults.policy {
      ingress: [
        { ports: [{ port: port, protocol: 'TCP' }] }
        for port in [8080, 8081]
      ],
    },
  },

  account: defaults.account('front') + (
    if settings.cloud == 'aws' then {
      metadata+: { annotations+: {
        'eks.amazonaws.com/role-arn': 'arn:aws:iam::%d:role/%s' % [settings.account, 'front'],
      } },
    } else {}
  ),
}
`,
    'settings.json': `{
  "cloud": "aws",
  "account": 123456789012,
  "host": "api",
  "replicas": 2,
  "retries": 5
}
`,
    'defaults.libsonnet': `{
  domain: 'example.com',
  policy: {
    podSelector: { matchLabels: { app: 'front' } },
    policyTypes: ['Ingress'],
  },
  account(name):: {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: name },
    automountServiceAccountToken: false,
  },
}
`,
    'app.libsonnet': `local labelsFor(name) = {
  app: name,
  'app.kubernetes.io/managed-by': 'tanka',
};
{
  deployment(name, image, replicas=1, size=null, port=8080):: {
    local labels = labelsFor(name),
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: name,
      labels: labels,
    },
    spec: {
      replicas: replicas,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: labels },
        spec: {
          containers: [
            {
              name: name,
              image: 'registry.example.com/' + image,
              ports: [{ containerPort: port, name: 'http' }],
              livenessProbe: {
                httpGet: { path: '/healthz', port: 'http' },
                periodSeconds: 10,
              },
            } + (if size == null then {} else { resources: { requests: size } }),
          ],
          securityContext: {
            runAsNonRoot: true,
            fsGroup: 1000,
          },
        },
      },
    },
  },
  service(name, port):: {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: name },
    spec: {
      selector: { app: name },
      ports: [{
        port: port,
        targetPort: 'http',
      }],
    },
  },
}
`,
  },
  mistakes: [
    { from: "small: { cpu: '100m'", to: "small: { cpu: '100x'", sees: 'cpu' },
    { from: "memory: '4Gi'", to: "memroy: '4Gi'" },
    {
      from: "large: { cpu: '2', memory: '4Gi' }",
      to: "large: { cpu: '2' }",
      at: 'large: {',
      sees: 'memory',
    },
    { from: "name: 'sidecar',\n", to: '\n', at: 'containers+: [{' },
    { from: 'image: image,\n      env', to: 'img: image,\n      env' },
    { from: "withSidecar('proxy:3')", to: 'withSidecar(3)', sees: 'image' },
    { from: "{ name: 'PORT', value: '15001' }", to: "{ name: 'PORT', value: 15001 }" },
    { from: "{ name: 'PORT', value: '15001' }", to: "{ value: '15001' }" },
    { from: "{ name: 'MODE', value: 'proxy' }", to: "{ nam: 'MODE', value: 'proxy' }" },
    { from: "operator: 'Exists'", to: "operator: 'exists'", sees: 'tolerations.1.operator' },
    { from: "['spot', 'gpu']", to: "['spot', 7]", sees: 'tolerations.1.key' },
    { from: '60 * (i + 1)', to: '60.5 * (i + 1)', sees: 'tolerations.0.tolerationSeconds' },
    {
      from: "image='front:1'",
      to: 'image=12',
      sees: 'image',
      also: ["'registry.example.com/' + image"],
      why: COMPOSED,
    },
    {
      from: "image='front:1'",
      to: "image='front 1'",
      sees: 'image',
      also: ["'registry.example.com/' + image"],
      why: COMPOSED,
    },
    {
      from: 'replicas=settings.replicas',
      to: 'replicas=settings.host',
      sees: 'replicas',
      also: ['"host": "api"'],
      why: REFERENCE,
    },
    { from: '"replicas": 2', to: '"replicas": "two"', sees: 'replicas' },
    { from: '"retries": 5', to: '"retries": "fi ve"', sees: 'retries' },
    {
      from: '"host": "api"',
      to: '"host": "a pi"',
      sees: 'endpoint',
      also: ["domain: 'example.com'", "endpoint: 'https"],
      why: COMPOSED,
    },
    {
      from: "domain: 'example.com'",
      to: "domain: 'example_com'",
      sees: 'endpoint',
      also: ['"host": "api"', "endpoint: 'https"],
      why: COMPOSED,
    },
    {
      from: '"account": 123456789012',
      to: '"account": 12345',
      sees: 'role-arn',
      also: ["'eks.amazonaws.com/role-arn':"],
      why: COMPOSED,
    },
    { from: "'eks.amazonaws.com/role-arn':", to: "'eks.amazonaws.com/rolearn':" },
    {
      from: "'arn:aws:iam::%d:role/%s'",
      to: "'arn:aws:iam:%d:role/%s'",
      also: ['"account": 123456789012'],
      why: COMPOSED,
    },
    { from: 'paused: false', to: "paused: 'no'" },
    { from: 'progressDeadlineSeconds: 600', to: 'progressDeadline: 600' },
    { from: "'prometheus.io/port': '9090'", to: "'prometheus.io/port': 9090" },
    {
      from: '    + {\n      spec+: {',
      to: '    + {\n      spec: {',
      at: 'spec: {\n        paused',
      sees: 'selector',
    },
    { from: 'template+: { metadata+: {', to: 'template+: { metadata: {', sees: 'labels' },
    {
      from: "app.deployment('cache-' + region, 'redis:8')",
      to: "app.deployment('cache_' + region, 'redis:8')",
      sees: 'metadata.name',
      also: ["local regions = ['eu', 'us']"],
      why: COMPOSED,
    },
    { from: 'revisionHistoryLimit: 4', to: "revisionHistoryLimit: 'four'" },
    {
      from: 'spec+: { revisionHistoryLimit: 4 }',
      to: 'spec: { revisionHistoryLimit: 4 }',
      sees: 'template',
    },
    {
      from: "local regions = ['eu', 'us']",
      to: "local regions = ['eu', 'U.S.']",
      sees: 'metadata.name',
      also: ["app.deployment('cache-' + region"],
      why: COMPOSED,
    },
    { from: "builds: { pods: '10'", to: "builds: { pods: 'ten'", sees: 'pods' },
    { from: "'requests.cpu': '4'", to: "'request.cpu': '4'" },
    { from: 'spec: { hard: limits }', to: 'spec: { harrd: limits }', sees: 'harrd' },
    {
      from: "kind: 'ResourceQuota',\n      metadata: { name: name }",
      to: "kind: 'ResourceQuota',\n      metadata: { name: name + '!' }",
      sees: 'metadata.name',
      also: ['builds: {', 'tests: {'],
      why: COMPOSED,
    },
    { from: "type: 'LoadBalancer'", to: "type: 'Loadbalancer'" },
    { from: "externalTrafficPolicy: 'Local'", to: "externalTraficPolicy: 'Local'" },
    { from: "app.service('front', 80)", to: "app.service('front', '80')" },
    { from: "app.service('front', 80)", to: 'app.service(7, 80)', sees: 'metadata.name' },
    { from: "'app.kubernetes.io/part-of': 'shop'", to: "'app.kubernetes.io/part-of': 'shop '" },
    { from: '        port: port,\n', to: '\n', at: 'ports: [{\n\n' },
    { from: "beta: 'on'", to: 'beta: true' },
    {
      from: 'std.toString(settings.retries)',
      to: 'settings.retries',
      also: ['"retries": 5'],
      why: REFERENCE,
    },
    {
      from: "metadata: { name: 'flags', annotations: null }",
      to: "metadata: { name: 'flags', annotation: 'x' }",
    },
    { from: "policyTypes: ['Ingress']", to: "policyTypes: ['ingress']" },
    {
      from: "    podSelector: { matchLabels: { app: 'front' } },\n",
      to: '\n',
      at: 'spec: defaults.policy {',
      also: ['policy: {\n\n    policyTypes'],
      why: 'two layers make the object, and either may be given the field',
    },
    { from: 'for port in [8080, 8081]', to: "for port in [8080, 'x']", sees: 'port' },
    { from: "protocol: 'TCP'", to: "protocol: 'tcp'", sees: 'protocol' },
    { from: 'automountServiceAccountToken: false', to: "automountServiceAccountToken: 'false'" },
    { from: "defaults.account('front')", to: "defaults.account('Front')", sees: 'metadata.name' },
    { from: 'port=8080', to: "port='8080'", sees: 'containerPort' },
    {
      from: "'registry.example.com/' + image",
      to: "'registry.example.com:' + image",
      sees: 'image',
      also: ["image='front:1'", "'back:7'", "'redis:8'"],
      why: COMPOSED,
    },
    { from: 'periodSeconds: 10', to: "periodSeconds: '10s'", sees: 'periodSeconds' },
    { from: "path: '/healthz', port: 'http'", to: "path: '/healthz'", sees: 'port' },
    { from: 'fsGroup: 1000', to: 'fsgroup: 1000', sees: 'fsgroup' },
    {
      from: 'selector: { matchLabels: { app: name } },\n',
      to: '\n',
      at: 'spec: {\n      replicas',
      sees: 'selector',
    },
    {
      from: "'app.kubernetes.io/managed-by': 'tanka'",
      to: "'app.kubernetes.io/managed by': 'tanka'",
    },
    { from: "app: name,\n  'app", to: "app: 7,\n  'app", sees: 'labels.app' },
  ],
};
