local tankard = import 'tankard/main.libsonnet';
local irsa = tankard.irsa;

local accountId = '111122223333';
local namespace = 'default';
local bucket = 'example-bucket';

{
  serviceAccount: irsa.serviceAccount.new(
    's3-access-sa',
    namespace,
    'arn:aws:iam::%s:role/EKS_S3_Access_Role' % accountId,
  ),

  pod: {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 's3-access-pod', namespace: namespace },
    spec: {
      serviceAccountName: $.serviceAccount.metadata.name,
      containers: [{
        name: 'app-container',
        image: 'amazon/aws-cli',
        command: ['sh', '-c', 'aws s3 ls s3://' + bucket],
      }],
    },
  },

  // The half that is in IAM: who may take the role, and what it may do.
  trustPolicy:: irsa.trustPolicy.new(
    accountId,
    'oidc.eks.eu-central-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF',
    $.serviceAccount.metadata.namespace,
    $.serviceAccount.metadata.name,
  ),
  policy:: irsa.policy.readS3(bucket),
}
