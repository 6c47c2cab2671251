local tankard = import 'tankard/main.libsonnet';
local azure = tankard.azureWorkloadIdentity;

local name = 'keyvault-reader';
local namespace = 'default';
local labels = { app: name };

{
  serviceAccount: azure.serviceAccount.new(name, namespace, '6d1bb1a0-9d8b-4ef4-9a1c-3c1f0f5c2b7e'),

  deployment:
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: name, namespace: namespace, labels: labels },
      spec: {
        replicas: 1,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels: labels },
          spec: {
            containers: [{
              name: 'reader',
              image: 'ghcr.io/azure/azure-workload-identity/msal-go',
              env: [
                { name: 'KEYVAULT_URL', value: 'https://my-vault.vault.azure.net/' },
                { name: 'SECRET_NAME', value: 'my-secret' },
              ],
            }],
            nodeSelector: { 'kubernetes.io/os': 'linux' },
          },
        },
      },
    }
    // The label goes to the Pod template alone: a selector that named it could never be changed again.
    + azure.workload.withServiceAccount($.serviceAccount.metadata.name),

  // The other half, on the Azure identity: tk eval environments/aks-workload-identity -e federatedCredential
  federatedCredential:: azure.federatedCredential.new(
    'aks-' + name,
    'https://westeurope.oic.prod-aks.azure.com/0f0c8a52-5b7e-4a57-8c6e-1f6d2b3a4c5d/2a9c1f53-6b1e-4d0f-8a7b-9c3d5e7f1a2b/',
    namespace,
    $.serviceAccount.metadata.name,
  ),
}
