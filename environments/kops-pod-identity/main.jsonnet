local tankard = import 'tankard/main.libsonnet';
local kops = tankard.kops;

local name = 'pod-identity-webhook-test';
local namespace = 'default';
local account = '123456789012';
local cluster = 'k8s.example.com';

{
  serviceAccount: kops.serviceAccount.new(name, namespace),

  // kubectl exec -it -n default pod-identity-webhook-test -- aws sts get-caller-identity
  pod: {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: name, namespace: namespace },
    spec: {
      containers: [{ name: 'aws-cli', image: 'amazon/aws-cli:latest', command: ['sleep', '300'] }],
      serviceAccountName: $.serviceAccount.metadata.name,
    },
  },

  // For `kops edit cluster`: tk eval environments/kops-pod-identity -e clusterSpec
  clusterSpec::
    kops.cluster.withPodIdentityWebhook()
    + kops.cluster.withServiceAccountExternalPermissions(
      kops.serviceAccountPermission.policyArns(name, namespace, 'arn:aws:iam::aws:policy/AmazonEC2ReadOnlyAccess')
    ),

  // What kOps makes of it. It is hidden, since kOps owns the ConfigMap and writes it again.
  webhookConfig:: kops.webhookConfig.new(
    kops.webhookEntry.new(
      namespace,
      name,
      'arn:aws:iam::%s:role/%s.%s.sa.%s' % [account, name, namespace, cluster],
    )
  ),
}
