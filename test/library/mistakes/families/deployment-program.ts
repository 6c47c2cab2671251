/** The files of the program that the mistakes around a Deployment are made in. */
export const DEPLOYMENT = {
  'main.jsonnet': `local k = import 'k.libsonnet';
local deployment = k.apps.v1.deployment;
local container = k.core.v1.container;
local containerPort = k.core.v1.containerPort;
local envVar = k.core.v1.envVar;

local web =
  container.new('web', 'nginx:1.29')
  + container.withPorts([
    containerPort.newNamed(8080, 'http'),
    { name: 'metrics', containerPort: 9090 },
  ])
  + container.withEnv([
    envVar.new('LOG_LEVEL', 'info'),
    envVar.fromSecretRef('TOKEN', 'web', 'token'),
    { name: 'POD', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
  ])
  + container.withImagePullPolicy('IfNotPresent')
  + container.withResourcesRequests('100m', '128Mi')
  + container.resources.withLimits({ memory: '256Mi' })
  + container.readinessProbe.httpGet.withPath('/ready')
  + container.readinessProbe.httpGet.withPort('http')
  + container.readinessProbe.withPeriodSeconds(5)
  + container.securityContext.withRunAsNonRoot(true);

{
  web:
    deployment.new('web', 3, [web])
    + deployment.metadata.withNamespace('shop')
    + deployment.metadata.withLabels({ team: 'shop' })
    + deployment.metadata.withAnnotationsMixin({ note: 'first' })
    + deployment.spec.withMinReadySeconds(10)
    + deployment.spec.strategy.withType('RollingUpdate')
    + deployment.spec.strategy.rollingUpdate.withMaxSurge('25%')
    + deployment.spec.template.spec.withServiceAccountName('web')
    + deployment.spec.template.spec.withNodeSelector({ disk: 'ssd' })
    + deployment.spec.template.spec.withTolerations([
      { key: 'spot', operator: 'Exists', effect: 'NoSchedule' },
    ])
    + deployment.configVolumeMount('web-config', '/etc/web')
    + deployment.emptyVolumeMount('cache', '/var/cache'),
}
`,
};
