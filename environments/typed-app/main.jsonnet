// An application made with the typed libraries that tankard.yaml imports: Kubernetes, Istio and cert-manager.
local certManager = import 'cert-manager/main.libsonnet';
local istio = import 'istio/main.libsonnet';
local k = import 'k.libsonnet';

local deployment = k.apps.v1.deployment;
local container = k.core.v1.container;
local gateway = istio.networking.v1.gateway;
local virtualService = istio.networking.v1.virtualService;
local certificate = certManager.certManager.v1.certificate;

local host = 'shop.example.com';
local labels = { 'app.kubernetes.io/name': 'shop' };

{
  deployment:
    deployment.new('shop', replicas=2, containers=[
      container.new('shop', 'registry.example.com/shop:1.4.2')
      + container.withPorts([k.core.v1.containerPort.newNamed(8080, 'http')])
      + container.withEnvMap({ LOG_LEVEL: 'info' })
      + container.resources.withRequests({ cpu: '250m', memory: '256Mi' })
      + container.resources.withLimits({ memory: '256Mi' })
      + container.readinessProbe.httpGet.withPath('/healthz')
      + container.readinessProbe.httpGet.withPort('http'),
    ], podLabels=labels)
    + deployment.metadata.withLabels(labels)
    + deployment.spec.strategy.withType('RollingUpdate')
    + deployment.spec.strategy.rollingUpdate.withMaxUnavailable(0),

  service:
    k.core.v1.service.new('shop', labels, [k.core.v1.servicePort.newNamed('http', 80, 'http')]),

  gateway:
    gateway.new('shop')
    + gateway.spec.withSelector({ istio: 'ingressgateway' })
    + gateway.spec.withServers([
      gateway.spec.servers.new(hosts=[host], port={ name: 'https', number: 443, protocol: 'HTTPS' })
      + gateway.spec.servers.tls.withMode('SIMPLE')
      + gateway.spec.servers.tls.withCredentialName('shop-tls'),
    ]),

  virtualService:
    virtualService.new('shop')
    + virtualService.spec.withHosts([host])
    + virtualService.spec.withGateways(['shop'])
    + virtualService.spec.withHttp([{
      route: [{ destination: { host: 'shop', port: { number: 80 } } }],
    }]),

  certificate:
    certificate.new('shop-tls')
    + certificate.metadata.withNamespace('istio-system')
    + certificate.spec.withSecretName('shop-tls')
    + certificate.spec.withDnsNames([host])
    // tankard-accept secrets/issuer-missing: the cluster has it, see README.md
    + certificate.spec.issuerRef.withName('letsencrypt')
    + certificate.spec.issuerRef.withKind('ClusterIssuer'),
}
