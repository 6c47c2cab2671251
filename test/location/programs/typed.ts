import { COMPOSED, REFERENCE, type Program } from '../program.ts';

/** The typed libraries: nested builders, multi-line arguments, patches over what the library made. */
export const TYPED: Program = {
  name: 'typed libraries',
  random: 16,
  files: {
    'main.jsonnet': `local certManager = import 'cert-manager/main.libsonnet';
local istio = import 'istio/main.libsonnet';
local k = import 'k.libsonnet';
local settings = import 'settings.libsonnet';

local deployment = k.apps.v1.deployment;
local statefulSet = k.apps.v1.statefulSet;
local container = k.core.v1.container;
local containerPort = k.core.v1.containerPort;
local envVar = k.core.v1.envVar;
local virtualService = istio.networking.v1.virtualService;
local certificate = certManager.certManager.v1.certificate;

local labels = { 'app.kubernetes.io/name': 'api' };
local probe(path, seconds=5) =
  container.readinessProbe.httpGet.withPath(path)
  + container.readinessProbe.httpGet.withPort('http')
  + container.readinessProbe.withPeriodSeconds(seconds);

local api =
  container.new('api', settings.image)
  + container.withPorts([
    containerPort.newNamed(8080, 'http'),
    containerPort.newNamed(9100, 'metrics'),
  ])
  + container.withEnv([
    envVar.new('LEVEL', 'info'),
    {
      name: 'TOKEN',
      valueFrom: {
        secretKeyRef: {
          name: 'api',
          key: 'token',
        },
      },
    },
    envVar.fromSecretRef('PASSWORD', 'api', 'password'),
  ])
  + container.resources.withRequests({
    cpu: '100m',
    memory: settings.memory,
  })
  + probe('/ready');

{
  deployment:
    deployment.new(
      'api',
      replicas=settings.replicas,
      containers=[
        api,
        container.new('log', 'log:2')
        + container.withVolumeMounts([
          {
            name: 'logs',
            mountPath: '/logs',
          },
        ]),
      ],
      podLabels=labels,
    )
    + deployment.metadata.withLabels(labels)
    + deployment.spec.strategy.withType('RollingUpdate')
    + deployment.spec.strategy.rollingUpdate.withMaxSurge(1)
    + deployment.spec.template.spec.withVolumes([
      {
        name: 'logs',
        emptyDir: {
          sizeLimit: '1Gi',
        },
      },
    ])
    + {
      spec+: {
        minReadySeconds: 5,
        template+: {
          spec+: {
            dnsPolicy: 'ClusterFirst',
            securityContext+: {
              fsGroup: 1000,
            },
          },
        },
      },
    },

  database:
    statefulSet.new('db', replicas=1, containers=[
      container.new('db', 'postgres:18')
      + container.withPorts([containerPort.new(5432)]),
    ], volumeClaims=[
      {
        metadata: { name: 'data' },
        spec: {
          accessModes: ['ReadWriteOnce'],
          resources: {
            requests: {
              storage: '10Gi',
            },
          },
        },
      },
    ])
    + statefulSet.spec.withServiceName('db')
    + statefulSet.spec.withPodManagementPolicy('Parallel'),

  workers: {
    [name]:
      deployment.new('worker-' + name, replicas=settings.workers[name].replicas, containers=[
        container.new('worker', settings.image)
        + container.withArgs(settings.workers[name].args),
      ])
    for name in std.objectFields(settings.workers)
  },

  route:
    virtualService.new('api')
    + virtualService.spec.withHosts([settings.host])
    + virtualService.spec.withHttp([
      {
        match: [
          { uri: { prefix: '/v1' } },
        ],
        retries: {
          attempts: 3,
          perTryTimeout: '2s',
        },
        route: [
          {
            destination: {
              host: 'api',
              port: {
                number: 80,
              },
            },
            weight: 100,
          },
        ],
      },
    ]),

  certificate:
    certificate.new('api')
    + certificate.spec.withSecretName('api-tls')
    + certificate.spec.withDnsNames([
      settings.host,
      'www.' + settings.host,
    ])
    + certificate.spec.issuerRef.withName('letsencrypt')
    + certificate.spec.privateKey.withAlgorithm('RSA')
    + certificate.spec.privateKey.withSize(2048),
}
`,
    'settings.libsonnet': `{
  image: 'registry.example.com/api:1',
  replicas: 2,
  memory: '256Mi',
  host: 'api.example.com',
  workers: {
    mail: {
      replicas: 1,
      args: ['--queue=mail'],
    },
    orders: {
      replicas: 3,
      args: ['--queue=orders', '--fast'],
    },
  },
}
`,
  },
  mistakes: [
    {
      from: "containerPort.newNamed(9100, 'metrics')",
      to: "containerPort.newNamed('9100', 'metrics')",
    },
    {
      from: "containerPort.newNamed(9100, 'metrics')",
      to: "containerPort.newNamed(9100, 'http')",
      sees: 'ports.1.name',
    },
    {
      from: "containerPort.newNamed(9100, 'metrics')",
      to: "containerPort.newNamed(91000, 'metrics')",
      sees: 'ports.1.containerPort',
    },
    { from: "envVar.new('LEVEL', 'info')", to: "envVar.new('LEVEL', 7)" },
    { from: "envVar.new('LEVEL', 'info')", to: "envVar.new('LE VEL', 'info')", sees: 'env.0.name' },
    { from: "name: 'TOKEN'", to: "nam: 'TOKEN'" },
    { from: "      name: 'TOKEN',\n", to: '', at: '    {\n      valueFrom' },
    { from: 'secretKeyRef: {', to: 'secretKeyReff: {' },
    { from: "key: 'token'", to: 'key: 7' },
    {
      from: "          name: 'api',\n          key: 'token',",
      to: "          name: 'api',",
      at: 'secretKeyRef: {',
    },
    { from: "cpu: '100m'", to: 'cpu: true' },
    { from: "cpu: '100m'", to: "cpu: '100x'" },
    { from: "memory: '256Mi'", to: 'memory: {}' },
    { from: "memory: '256Mi'", to: "memory: '256M i'" },
    { from: 'replicas: 2,', to: "replicas: '2',", sees: 'replicas' },
    { from: "image: 'registry.example.com/api:1'", to: 'image: 1' },
    { from: 'seconds=5', to: "seconds='5'" },
    { from: "probe('/ready')", to: 'probe(1)' },
    { from: "name: 'logs',\n            mountPath", to: "nme: 'logs',\n            mountPath" },
    { from: "            mountPath: '/logs',\n", to: '', at: '          {\n            name:' },
    { from: "mountPath: '/logs'", to: 'mountPath: 1' },
    { from: "withType('RollingUpdate')", to: "withType('Rolling')" },
    { from: 'withMaxSurge(1)', to: 'withMaxSurge(1.5)' },
    { from: "sizeLimit: '1Gi'", to: "sizeLimit: '1Gb'" },
    { from: "sizeLimit: '1Gi'", to: "size: '1Gi'" },
    { from: "name: 'logs',\n        emptyDir", to: 'emptyDir', at: '{\n        emptyDir' },
    { from: 'minReadySeconds: 5', to: "minReadySeconds: '5'" },
    { from: 'minReadySeconds: 5', to: 'minReadySecs: 5' },
    { from: "dnsPolicy: 'ClusterFirst'", to: "dnsPolicy: 'clusterFirst'" },
    {
      from: '    + {\n      spec+: {',
      to: '    + {\n      spec: {',
      at: 'spec: {\n        minReady',
      sees: 'selector',
    },
    { from: '        template+: {', to: '        template: {', sees: 'metadata' },
    {
      from: '          spec+: {\n            dns',
      to: '          spec: {\n            dns',
      sees: 'containers',
    },
    { from: 'securityContext+: {', to: 'securityContexts+: {' },
    { from: 'fsGroup: 1000', to: "fsGroup: 'users'" },
    { from: "accessModes: ['ReadWriteOnce']", to: "accessModes: 'ReadWriteOnce'" },
    { from: "accessModes: ['ReadWriteOnce']", to: "accessMode: ['ReadWriteOnce']" },
    { from: "storage: '10Gi'", to: "storage: '10GB'" },
    { from: "withServiceName('db')", to: 'withServiceName(7)' },
    { from: "withPodManagementPolicy('Parallel')", to: "withPodManagementPolicy('parallel')" },
    {
      from: "'worker-' + name",
      to: "'worker_' + name",
      sees: 'metadata.name',
      also: ['mail: {', 'orders: {'],
      why: COMPOSED,
    },
    { from: "'--fast'", to: '1' },
    { from: 'replicas: 3,', to: 'replicas: 3.5,' },
    { from: "host: 'api.example.com'", to: 'host: 7', sees: 'hosts' },
    { from: "uri: { prefix: '/v1' }", to: "url: { prefix: '/v1' }" },
    { from: 'attempts: 3', to: "attempts: '3'" },
    { from: "perTryTimeout: '2s'", to: "perTryTimeout: '2 s'" },
    { from: 'number: 80', to: "number: 'http'" },
    { from: "              host: 'api',\n", to: '', at: 'destination: {' },
    { from: 'weight: 100', to: "weight: '100'" },
    { from: 'weight: 100', to: 'weigth: 100' },
    { from: "withSecretName('api-tls')", to: 'withSecretName(null)' },
    {
      from: "'www.' + settings.host",
      to: "'www_' + settings.host",
      also: ["host: 'api.example.com'"],
      why: COMPOSED,
    },
    {
      from: "\n    + certificate.spec.withSecretName('api-tls')",
      to: '',
      at: "certificate.new('api')",
      also: [
        '+ certificate.spec.withDnsNames',
        '+ certificate.spec.issuerRef.withName',
        '+ certificate.spec.privateKey.withSize',
        '+ certificate.spec.privateKey.withAlgorithm',
      ],
      why: 'each of the calls sets a part of the object that lacks the field',
    },
    {
      from: "\n    + certificate.spec.issuerRef.withName('letsencrypt')",
      to: "\n    + certificate.spec.issuerRef.withKind('Issuer')",
    },
    { from: "withAlgorithm('RSA')", to: "withAlgorithm('rsa')" },
    { from: 'withSize(2048)', to: "withSize('2048')" },
    {
      from: "container.new('log', 'log:2')",
      to: "container.new('log', settings.replicas)",
      also: ['replicas: 2,'],
      why: REFERENCE,
    },
  ],
};
