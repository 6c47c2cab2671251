local tankard = import 'tankard/main.libsonnet';
local gke = tankard.gkeWorkloadIdentity;

local projectId = 'my-project';
local projectNumber = '123456789012';
local namespace = 'wordpress';

{
  serviceAccount: gke.serviceAccount.impersonating(
    'wordpress',
    namespace,
    'wordpress@%s.iam.gserviceaccount.com' % projectId,
  ),

  // The half that is in IAM: who may impersonate the IAM service account.
  member:: gke.member.impersonation(projectId, namespace, $.serviceAccount.metadata.name),

  // A direct grant needs no IAM service account and no annotation: IAM policies name the ServiceAccount itself.
  directServiceAccount: gke.serviceAccount.direct('backup', namespace),
  principal:: gke.member.serviceAccount(
    projectNumber,
    projectId,
    namespace,
    $.directServiceAccount.metadata.name,
  ),
}
