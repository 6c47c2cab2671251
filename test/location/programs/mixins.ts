import { COMPOSED, type Program } from '../program.ts';

/** The mixins: multi-line arguments, values from elsewhere, patches over what they made. */
export const MIXINS: Program = {
  name: 'mixins',
  random: 12,
  files: {
    'main.jsonnet': `local tankard = import 'tankard/main.libsonnet';
local config = import 'config.libsonnet';
local irsa = tankard.irsa;
local istioGateway = tankard.istioGateway;
local reflector = tankard.reflector;
local tlsCertificate = tankard.tlsCertificate;
local externalSecret = tankard.externalSecret;

{
  account:
    irsa.serviceAccount.new('web', 'shop', config.roleArn)
    + irsa.serviceAccount.withTokenExpiration(
      config.expiration,
    )
    + {
      metadata+: {
        labels+: {
          tier: 'web',
        },
      },
    },

  gateway: istioGateway.gateway.new(
    'shop',
    'shop',
    [
      istioGateway.server.tls(
        config.hosts,
        'shop-tls',
      ),
      istioGateway.server.redirect(
        ['old.example.com'],
      ),
    ],
  ),

  source:
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'pull' },
      type: 'Opaque',
      stringData: { user: 'shop' },
    }
    + reflector.source.mirroredTo([
      'shop',
      'tools',
    ]),

  issuer: tlsCertificate.clusterIssuer.acme(
    'letsencrypt',
    'ops@example.com',
    [
      tlsCertificate.solver.http01Ingress('istio'),
    ],
  ),

  certificate: tlsCertificate.certificate.new(
    'shop',
    'istio-system',
    'shop-tls',
    'letsencrypt',
    config.hosts,
    'ClusterIssuer',
  ) {
    spec+: {
      duration: '2160h',
      privateKey: {
        algorithm: 'RSA',
        size: 2048,
      },
    },
  },

  store: externalSecret.clusterSecretStore.aws(
    'aws',
    'SecretsManager',
    'eu-central-1',
    'reader',
    'external-secrets',
  ),
}
`,
    'config.libsonnet': `{
  local account = '123456789012',
  roleArn: 'arn:aws:iam::%s:role/web' % account,
  expiration: 3600,
  hosts: [
    'example.com',
    'www.example.com',
  ],
}
`,
  },
  mistakes: [
    {
      from: "local account = '123456789012'",
      to: "local account = '12345'",
      also: ['roleArn:'],
      why: COMPOSED,
    },
    { from: "roleArn: 'arn:aws:iam::%s:role/web' % account", to: 'roleArn: null' },
    {
      from: "roleArn: 'arn:aws:iam::%s:role/web' % account",
      to: "roleArn: 'arn:aws:iam:%s:role/web' % account",
      also: ["local account = '123456789012'"],
      why: COMPOSED,
    },
    { from: 'expiration: 3600', to: 'expiration: 60' },
    { from: 'expiration: 3600', to: "expiration: '3600'" },
    {
      from: "irsa.serviceAccount.new('web', 'shop', config.roleArn)",
      to: "irsa.serviceAccount.new('Web', 'shop', config.roleArn)",
    },
    { from: "tier: 'web'", to: 'tier: 7' },
    { from: "tier: 'web'", to: "'ti er': 'web'" },
    {
      from: 'metadata+: {\n        labels',
      to: 'metadata: {\n        labels',
      sees: 'annotations',
    },
    { from: "    'example.com',\n    'www", to: "    'example .com',\n    'www" },
    { from: "'www.example.com'", to: '7' },
    { from: "        'shop-tls',\n      ),", to: '        7,\n      ),' },
    { from: "['old.example.com']", to: '[7]' },
    { from: "      'tools',", to: '      7,' },
    { from: "      'tools',", to: "      'to ols'," },
    { from: "type: 'Opaque'", to: 'type: 7' },
    { from: 'stringData: { user', to: 'stringdata: { user' },
    { from: "'ops@example.com'", to: '7' },
    { from: "http01Ingress('istio')", to: 'http01Ingress(7)' },
    { from: "    'istio-system',", to: '    7,' },
    { from: "    'ClusterIssuer',", to: "    'clusterIssuer'," },
    { from: "duration: '2160h'", to: "duration: '90d'" },
    { from: "algorithm: 'RSA'", to: "algorithm: 'rsa'" },
    { from: 'size: 2048', to: "size: '2048'" },
    { from: '    spec+: {\n      duration', to: '    spec: {\n      duration', sees: 'issuerRef' },
    { from: "    'SecretsManager',", to: "    'SecretManager'," },
    { from: "    'eu-central-1',", to: '    1,' },
    { from: "    'reader',", to: '    null,' },
  ],
};
