// An example to replace: a web server, the page that it serves, and a Service in front.
local k = import 'k.libsonnet';

local configMap = k.core.v1.configMap;
local container = k.core.v1.container;
local containerPort = k.core.v1.containerPort;
local deployment = k.apps.v1.deployment;
local service = k.core.v1.service;
local servicePort = k.core.v1.servicePort;

local labels = { 'app.kubernetes.io/name': 'web' };
local pages = configMap.new('web-pages', { 'index.html': '<h1>It works</h1>\n' });

{
  pages: pages,

  deployment:
    deployment.new('web', replicas=2, containers=[
      container.new('nginx', 'nginxinc/nginx-unprivileged:1.29')
      + container.withPorts([containerPort.newNamed(8080, 'http')])
      + container.resources.withRequests({ cpu: '50m', memory: '32Mi' })
      + container.resources.withLimits({ memory: '64Mi' })
      + container.readinessProbe.httpGet.withPath('/')
      + container.readinessProbe.httpGet.withPort('http'),
    ], podLabels=labels)
    + deployment.metadata.withLabels(labels)
    + deployment.configMapVolumeMount(pages, '/usr/share/nginx/html'),

  service: service.new('web', labels, [servicePort.newNamed('http', 80, 'http')]),
}
