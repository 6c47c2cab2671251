import type { Program } from '../program.ts';

/** The files of the program of idioms. */
export const IDIOM_FILES: Program['files'] = {
  'main.jsonnet': `local util = import 'lib/util.libsonnet';
local k = import 'kausal/k.libsonnet';
local env = std.parseYaml(importstr 'values.yaml');

local features = {
  tracing: {
    enabled: true,
    port: 4317,
  },
  profiling: {
    enabled: true,
    port: 6060,
  },
  legacy: { enabled: false },
};

local pipeline = [
  util.withNodeSelector({ pool: 'general' }),
  util.withPriority('high'),
  util.withFeatures(features),
  util.withEnvFrom('shop-env'),
];

local base = util.app {
  name:: 'shop',
  image:: 'shop:' + env.version,
  replicas:: env.replicas,
  ports:: [
    { name: 'http', containerPort: 8080 },
    { name: 'admin', containerPort: 8081 },
  ],
};

local stages = {
  canary: base {
    name:: super.name + '-canary',
    replicas:: 1,
  },
  stable: base {
    track:: 'stable',
  },
};

{
  apps: {
    [stage]: std.foldl(function(app, mixin) app + mixin, pipeline, stages[stage].deployment)
    for stage in std.objectFields(stages)
  },

  services: std.map(
    function(stage) stages[stage].service,
    std.objectFields(stages),
  ),

  database:
    k.statefulset('db', 'postgres:18', 5432)
    + k.mapContainers(function(c) c {
      securityContext: {
        runAsUser: 999,
        readOnlyRootFilesystem: true,
      },
    })
    + k.withVolume('data', '10Gi')
    + k.withResources(
      cpu='500m',
      memory='1Gi',
    ),

  jobs: std.flattenArrays([
    [k.job(name, 'tools:2', ['run', name])]
    for name in ['index', 'sync']
  ]),

  roles: util.role('reader', [
    util.rule('', ['pods', 'services'], ['get', 'list']),
    util.rule('apps', ['deployments'], ['get']),
  ]),

  autoscaler: {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'shop' },
    spec: {
      local min = env.replicas,
      minReplicas: min,
      maxReplicas: self.minReplicas * 4,
      scaleTargetRef: {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        name: $.apps.stable.metadata.name,
      },
      metrics: [
        {
          type: 'Resource',
          resource: {
            name: metric,
            target: {
              type: 'Utilization',
              averageUtilization: util.thresholds[metric],
            },
          },
        }
        for metric in ['cpu', 'memory']
      ],
      [if env.behavior then 'behavior']: {
        scaleDown: {
          stabilizationWindowSeconds: 300,
        },
      },
    },
  },

  budget: util.deepMerge({
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: {
      name: 'shop',
    },
    spec: {
      selector: {
        matchLabels: {
          app: 'shop',
        },
      },
    },
  }, {
    spec: {
      minAvailable: 1,
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
    },
  }),

  secret: {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: 'shop-env',
      annotations: {
        ['example.com/' + key]: std.asciiUpper(value)
        for key in ['owner', 'team']
        for value in ['shop']
      },
    },
    type: 'Opaque',
    stringData: {
      URL: std.format('postgres://%s:%d/%s', ['db', 5432, 'shop']),
      FLAGS: std.join(',', ['fast', 'safe']),
      HOSTS: std.strReplace('a.DOMAIN,b.DOMAIN', 'DOMAIN', 'example.com'),
    },
    immutable: std.get(env, 'immutable', default=true),
  },
}
`,
  'values.yaml': `version: "3.2.1"
replicas: 2
behavior: true
`,
  'lib/util.libsonnet': `{
  app:: {
    local app = self,
    name:: error 'a name is needed',
    image:: error 'an image is needed',
    replicas:: 1,
    track:: null,
    ports:: [],
    labels:: {
      app: app.name,
      [if app.track != null then 'track']: app.track,
    },
    deployment: {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: {
        name: app.name,
        labels: app.labels,
      },
      spec: {
        replicas: app.replicas,
        selector: {
          matchLabels: app.labels,
        },
        template: {
          metadata: {
            labels: app.labels,
          },
          spec: {
            containers: [{
              name: 'main',
              image: app.image,
              ports: app.ports,
              lifecycle: {
                preStop: {
                  exec: {
                    command: ['sleep', '10'],
                  },
                },
              },
            }],
          },
        },
      },
    },
    service: {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: {
        name: app.name,
      },
      spec: {
        selector: app.labels,
        ports: [
          {
            name: port.name,
            port: port.containerPort,
            targetPort: port.name,
          }
          for port in app.ports
          if port.name != 'admin'
        ],
      },
    },
  },

  patchPod(patch):: { spec+: { template+: { spec+: patch } } },
  withNodeSelector(selector):: self.patchPod({ nodeSelector: selector }),
  withPriority(name):: self.patchPod({ priorityClassName: name }),
  withEnvFrom(name):: {
    local envFrom = [{ secretRef: { name: name } }],
    spec+: {
      template+: {
        spec+: {
          containers: [c { envFrom+: envFrom } for c in super.containers],
        },
      },
    },
  },
  withFeatures(features):: {
    spec+: { template+: { metadata+: { annotations+: {
      ['feature.example.com/' + name]: std.toString(features[name].port)
      for name in std.objectFields(features)
      if features[name].enabled
    } } } },
  },

  role(name, rules):: {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name: name },
    rules: rules,
  },
  rule(group, resources, verbs):: {
    apiGroups: [group],
    resources: resources,
    verbs: verbs,
  },

  thresholds:: {
    cpu: 70,
    memory: 80,
  },

  deepMerge(a, b)::
    if std.isObject(a) && std.isObject(b)
    then a + {
      [key]: if key in a then $.deepMerge(a[key], b[key]) else b[key]
      for key in std.objectFields(b)
    }
    else b,
}
`,
  'vendor/kausal/k.libsonnet': `{
  statefulset(name, image, port):: {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: name },
    spec: {
      serviceName: name,
      replicas: 1,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: { containers: [{ name: name, image: image, ports: [{ containerPort: port }] }] },
      },
    },
  },
  mapContainers(f):: { spec+: { template+: { spec+: { containers: std.map(f, super.containers) } } } },
  withVolume(name, size):: {
    spec+: { volumeClaimTemplates+: [{
      metadata: { name: name },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: size } } },
    }] },
  },
  withResources(cpu, memory):: self.mapContainers(function(c) c { resources: { requests: { cpu: cpu, memory: memory } } }),
  job(name, image, args):: {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: name },
    spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: name, image: image, args: args }] } } },
  },
}
`,
};
