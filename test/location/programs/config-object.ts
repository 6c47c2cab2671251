import { COMPOSED, REFERENCE, type Program } from '../program.ts';

/** A project in the style of Grafana's: `_config+::`, `_images+::`, files that are added up, a vendored helper library. */
export const CONFIG_OBJECT: Program = {
  name: 'config object',
  random: 14,
  files: {
    'main.jsonnet': `(import 'shop/shop.libsonnet')
+ (import 'shop/worker.libsonnet')
+ {
  _config+:: {
    namespace: 'shop',
    cluster: 'eu-1',
    web+: {
      replicas: 3,
      port: 8080,
      maxSurge: '25%',
    },
    worker+: {
      queues: ['mail', 'orders'],
      memory: '256Mi',
    },
    commonLabels:: {
      team: 'shop',
      tier: 'backend',
    },
  },
  _images+:: {
    web: 'registry.example.com/shop-web:2.1.0',
  },

  web_deployment+: {
    spec+: {
      minReadySeconds: 12,
      template+: {
        spec+: {
          terminationGracePeriodSeconds: 45,
        },
      },
    },
  },
}
`,
    'shop/config.libsonnet': `{
  _config:: {
    namespace: error 'a namespace is needed',
    cluster: error 'a cluster is needed',
    logLevel: 'info',
    web: {
      replicas: 1,
      port: 80,
      maxSurge: 1,
      args: {
        'http.listen-port': $._config.web.port,
        'log.level': $._config.logLevel,
        'cluster.name': 'shop-' + $._config.cluster,
      },
    },
    worker: {
      replicas: 2,
      queues: [],
      memory: '128Mi',
      schedule: '*/5 * * * *',
    },
    commonLabels:: {},
  },
  _images:: {
    web: 'shop-web:latest',
    worker: 'registry.example.com/shop-worker:1.9.3',
  },
}
`,
    'shop/shop.libsonnet': `local kube = import 'kube/kube.libsonnet';
(import 'config.libsonnet') {
  local container = kube.container,
  local deployment = kube.deployment,

  web_container::
    container.new('web', $._images.web)
    + container.withPorts([
      container.port('http', $._config.web.port),
      container.port('metrics', 9100),
    ])
    + container.withArgs(kube.args($._config.web.args))
    + container.withEnv({
      REGION: 'eu-central-1',
      SHARDS: '4',
    })
    + container.resources('100m', '128Mi'),

  web_deployment:
    deployment.new('web', $._config.web.replicas, [$.web_container])
    + deployment.withLabels($._config.commonLabels)
    + deployment.withStrategy('RollingUpdate', $._config.web.maxSurge),

  web_service:
    kube.serviceFor($.web_deployment) {
      spec+: {
        type: 'ClusterIP',
        sessionAffinity: 'None',
      },
    },

  web_pdb: {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: {
      name: 'web',
      labels: $._config.commonLabels,
    },
    spec: {
      maxUnavailable: 1,
      selector: {
        matchLabels: { name: 'web' },
      },
    },
  },
}
`,
    'shop/worker.libsonnet': `local kube = import 'kube/kube.libsonnet';
(import 'config.libsonnet') {
  local worker(queue) =
    kube.deployment.new(
      'worker-' + queue,
      $._config.worker.replicas,
      [
        kube.container.new('worker', $._images.worker)
        + kube.container.withArgs(['--queue=' + queue, '--prefetch=10'])
        + kube.container.resources('50m', $._config.worker.memory),
      ],
    ),

  workers: {
    [queue]: worker(queue) {
      metadata+: {
        labels+: { queue: queue },
      },
    }
    for queue in $._config.worker.queues
  },

  cleanup: kube.cronJob.new('cleanup', $._config.worker.schedule, [
    kube.container.new('cleanup', $._images.worker),
  ]) {
    spec+: {
      concurrencyPolicy: 'Forbid',
      successfulJobsHistoryLimit: 2,
      jobTemplate+: {
        spec+: {
          backoffLimit: 3,
        },
      },
    },
  },
}
`,
    'vendor/kube/kube.libsonnet': `{
  container:: {
    new(name, image):: { name: name, image: image, imagePullPolicy: 'IfNotPresent' },
    port(name, number):: { name: name, containerPort: number },
    withPorts(ports):: { ports: if std.isArray(ports) then ports else [ports] },
    withArgs(args):: { args: args },
    withEnv(env):: { env: [{ name: key, value: env[key] } for key in std.objectFields(env)] },
    resources(cpu, memory):: { resources+: { requests+: { cpu: cpu, memory: memory } } },
  },
  deployment:: {
    new(name, replicas, containers):: {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: name, labels: { name: name } },
      spec: {
        replicas: replicas,
        selector: { matchLabels: { name: name } },
        template: {
          metadata: { labels: { name: name } },
          spec: { containers: containers },
        },
      },
    },
    withLabels(labels):: { metadata+: { labels+: labels } },
    withStrategy(type, surge):: { spec+: { strategy+: { type: type, rollingUpdate+: { maxSurge: surge } } } },
  },
  cronJob:: {
    new(name, schedule, containers):: {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name: name },
      spec: {
        schedule: schedule,
        jobTemplate: { spec: { template: { spec: { restartPolicy: 'OnFailure', containers: containers } } } },
      },
    },
  },
  args(args):: ['-%s=%s' % [key, args[key]] for key in std.objectFields(args)],
  serviceFor(deployment):: {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: deployment.metadata.name },
    spec: {
      selector: deployment.spec.selector.matchLabels,
      ports: [
        { name: port.name, port: port.containerPort, targetPort: port.name }
        for container in deployment.spec.template.spec.containers
        for port in container.ports
      ],
    },
  },
}
`,
  },
  mistakes: [
    { from: 'replicas: 3,', to: "replicas: '3',", sees: 'spec.replicas' },
    { from: 'port: 8080', to: "port: 'http'", sees: 'containerPort' },
    { from: 'port: 8080', to: 'port: 80800', sees: 'ports.0.port' },
    { from: "maxSurge: '25%'", to: "maxSurge: '25'", sees: 'maxSurge' },
    { from: "memory: '256Mi'", to: "memory: '256mb'", sees: 'memory' },
    {
      from: "queues: ['mail', 'orders']",
      to: "queues: ['mail', 'or_ders']",
      sees: 'metadata.name',
      also: ["'worker-' + queue,"],
      why: COMPOSED,
    },
    { from: "tier: 'backend'", to: 'tier: true', sees: 'labels.tier' },
    { from: "tier: 'backend'", to: "'tier!': 'backend'", sees: 'labels.tier!' },
    { from: 'minReadySeconds: 12', to: 'minReadySecond: 12' },
    { from: 'terminationGracePeriodSeconds: 45', to: "terminationGracePeriodSeconds: '45s'" },
    {
      from: 'web_deployment+: {\n    spec+: {',
      to: 'web_deployment+: {\n    spec: {',
      sees: 'selector',
    },
    {
      from: 'web_deployment+: {\n    spec+: {',
      to: 'web_deployment+: {\n    spec: {',
      sees: 'replicas',
    },
    { from: '      template+: {', to: '      template: {', sees: 'metadata' },
    {
      from: '        spec+: {\n          terminationGrace',
      to: '        spec: {\n          terminationGrace',
      sees: 'containers',
    },
    {
      from: "container.port('metrics', 9100)",
      to: "container.port('metrics_port', 9100)",
      sees: 'ports.1.name',
    },
    {
      from: "container.port('metrics', 9100)",
      to: "container.port('metrics', '9100')",
      sees: 'ports.1.containerPort',
    },
    { from: "REGION: 'eu-central-1'", to: 'REGION: 1', sees: 'env.0.value' },
    { from: "REGION: 'eu-central-1'", to: "'RE GION': 'eu-central-1'", sees: 'env.0.name' },
    { from: "SHARDS: '4'", to: 'SHARDS: null', sees: 'env.1.value' },
    { from: "container.resources('100m'", to: "container.resources('100q'", sees: 'cpu' },
    { from: "'RollingUpdate'", to: "'Rolling'" },
    { from: "type: 'ClusterIP'", to: "type: 'ClusterIp'" },
    { from: "sessionAffinity: 'None'", to: "sessionAfinity: 'None'" },
    {
      from: 'maxUnavailable: 1',
      to: 'maxUnavailable: $._config.web.maxSurge',
      also: ["maxSurge: '25%'"],
      why: REFERENCE,
    },
    { from: "matchLabels: { name: 'web' },", to: "matchLabel: { name: 'web' }," },
    {
      from: "      name: 'web',\n      labels: $",
      to: '      labels: $',
      at: 'metadata: {\n      labels',
      sees: 'name',
    },
    { from: "'--prefetch=10'", to: '10', sees: 'args.1' },
    { from: "schedule: '*/5 * * * *'", to: "schedule: 'often'" },
    { from: "concurrencyPolicy: 'Forbid'", to: "concurrencyPolicy: 'forbid'" },
    {
      from: "kube.container.new('cleanup', $._images.worker)",
      to: "kube.container.new('cleanup', $._config.logLevel)",
      sees: 'image',
      also: ["logLevel: 'info'"],
      why: REFERENCE,
    },
    { from: 'backoffLimit: 3', to: 'backOffLimit: 3' },
    {
      from: "'cluster.name': 'shop-' + $._config.cluster",
      to: "'cluster.name': 'shop ' + $._config.cluster",
      sees: 'args.0',
      also: ["cluster: 'eu-1'"],
      why: COMPOSED,
    },
  ],
};
