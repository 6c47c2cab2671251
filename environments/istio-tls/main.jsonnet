local tankard = import 'tankard/main.libsonnet';
local externalSecret = tankard.externalSecret;
local istioGateway = tankard.istioGateway;
local tlsCertificate = tankard.tlsCertificate;

// Istio reads the Secrets where the gateway's pods run, not where the Gateways are.
local gatewayNamespace = 'istio-system';
// What a ClusterIssuer refers to, cert-manager reads in its own namespace.
local certManagerNamespace = 'cert-manager';

local hosts = ['example.com', '*.example.com'];
local renewedHosts = ['example.org', '*.example.org'];

{
  // example.com: a certificate by hand.
  certificate: tankard.tlsSecret.secret.new(
    'wild-cert',
    gatewayNamespace,
    importstr 'example.crt',
    importstr 'example.key',
  ),

  gateway: istioGateway.gateway.new(
    'wordpress-gateway',
    'wordpress',
    istioGateway.server.tlsWithRedirect(hosts, $.certificate.metadata.name),
  ),

  // example.org: a certificate that cert-manager obtains and renews.
  secretStore:
    externalSecret.clusterSecretStore.aws(
      'aws', 'SecretsManager', 'eu-central-1', 'aws-secretsmanager', 'external-secrets'
    )
    + externalSecret.clusterSecretStore.withConditions({ namespaces: [certManagerNamespace] }),

  cloudflareToken: externalSecret.externalSecret.new(
    'cloudflare-api-token',
    certManagerNamespace,
    $.secretStore.metadata.name,
    externalSecret.data.new('api-token', 'k8s-main/cloudflare-api-token'),
    'ClusterSecretStore',
  ),

  issuer: tlsCertificate.clusterIssuer.acme(
    'letsencrypt',
    'platform@example.org',
    tlsCertificate.solver.cloudflare($.cloudflareToken.metadata.name)
    + tlsCertificate.solver.withDnsZones('example.org'),
  ),

  renewedCertificate: tlsCertificate.certificate.new(
    'example-org',
    gatewayNamespace,
    'example-org-cert',
    $.issuer.metadata.name,
    renewedHosts,
    'ClusterIssuer',
  ),

  renewedGateway: istioGateway.gateway.new(
    'example-org-gateway',
    'wordpress',
    istioGateway.server.tlsWithRedirect(renewedHosts, $.renewedCertificate.spec.secretName),
  ),
}
