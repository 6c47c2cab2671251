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

  // External Secrets reads AWS Secrets Manager as this ServiceAccount.
  secretStore: tankard.externalSecret.secretStore.aws(
    'aws',
    namespace,
    'SecretsManager',
    'eu-central-1',
    $.serviceAccount.metadata.name,
  ),
  externalSecret: tankard.externalSecret.externalSecret.new(
    'wordpress-database',
    namespace,
    $.secretStore.metadata.name,
    tankard.externalSecret.data.new('password', 'k8s-main/wordpress/database', 'password'),
  ),

  // The half that is in IAM: who may take the role, and what it may do.
  trustPolicy:: irsa.trustPolicy.new(
    '054000737513',
    'oidc.eks.eu-central-1.amazonaws.com/id/81E1F9ED8100DE07F6B96AF57C8191BC',
    $.serviceAccount.metadata.namespace,
    $.serviceAccount.metadata.name,
  ),
  policy:: irsa.policy.readSecretsManager('eu-central-1', '054000737513', 'k8s-main'),
}
