local tankard = import 'tankard/main.libsonnet';
local gke = tankard.gkeWorkloadIdentity;

{
  // The other half, once per ServiceAccount:
  //   gcloud iam service-accounts add-iam-policy-binding wordpress@my-project.iam.gserviceaccount.com \
  //     --role roles/iam.workloadIdentityUser \
  //     --member 'serviceAccount:my-project.svc.id.goog[wordpress/wordpress]'
  serviceAccount: gke.serviceAccount.impersonating(
    'wordpress',
    'wordpress',
    'wordpress@my-project.iam.gserviceaccount.com',
  ),

  // A direct grant needs no IAM service account and no annotation: IAM policies name the ServiceAccount itself, as
  // principal://iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/my-project.svc.id.goog/subject/ns/wordpress/sa/backup
  directServiceAccount: gke.serviceAccount.direct('backup', 'wordpress'),
}
