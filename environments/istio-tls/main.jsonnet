local tankard = import 'tankard/main.libsonnet';
local istioGateway = tankard.istioGateway;

local hosts = ['example.com', '*.example.com'];

{
  // Istio reads the Secret in the namespace of the gateway's pods, not in the Gateway's own.
  certificate: {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'wild-cert', namespace: 'istio-system' },
    type: 'kubernetes.io/tls',
    data: {
      'tls.crt': std.base64(importstr 'example.crt'),
      'tls.key': std.base64(importstr 'example.key'),
    },
  },

  gateway: istioGateway.gateway.new(
    'wordpress-gateway',
    'wordpress',
    istioGateway.server.tlsWithRedirect(hosts, 'wild-cert'),
  ),
}
