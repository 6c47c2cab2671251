local tankard = import 'tankard/main.libsonnet';
local irsa = tankard.irsa;

local namespace = 'external-secrets';

{
  serviceAccount: irsa.serviceAccount.new(
    'aws-secretsmanager',
    namespace,
    'arn:aws:iam::054000737513:role/k8s-main/ExternalSecrets',
  ),

  // kubectl exec -it awscli -n external-secrets -- aws sts get-caller-identity
  smokeTest: irsa.smokeTestPod.new('awscli', namespace, $.serviceAccount.metadata.name),
}
