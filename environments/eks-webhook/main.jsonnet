local tankard = import 'tankard/main.libsonnet';
local irsa = tankard.irsa;

local accountId = '111122223333';
local namespace = 'the-irsa-service-account-namespace';

{
  serviceAccount: irsa.serviceAccount.new(
    'the-irsa-service-account-name',
    namespace,
    'arn:aws:iam::%s:role/irsa' % accountId,
  ),

  // kubectl exec -it irsa -n the-irsa-service-account-namespace -- aws sts get-caller-identity
  pod: irsa.smokeTestPod.new('irsa', namespace, $.serviceAccount.metadata.name),

  // The half that is in IAM; its subject is the ServiceAccount above, whatever its name.
  trustPolicy:: irsa.trustPolicy.new(
    accountId,
    'oidc.eks.ap-southeast-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF',
    $.serviceAccount.metadata.namespace,
    $.serviceAccount.metadata.name,
  ),
}
