import type { CodeEntry } from './code-entry.ts';

/** The codes of the rules of docs/rules/identity. */
export const IDENTITY_CODES = {
  'identity/service-account-missing': {
    severity: 'warning',
    title: 'A workload names a ServiceAccount that the environment does not render.',
  },
  'identity/service-account-unused': {
    severity: 'warning',
    title: 'A ServiceAccount has an identity in a cloud, and nothing rendered uses it.',
  },
  'identity/two-clouds': {
    severity: 'warning',
    title: 'A ServiceAccount has the annotations of two clouds.',
  },
  'identity/iam-member-unmatched': {
    severity: 'warning',
    title:
      'An IAM member or token subject names a ServiceAccount that is not rendered, but nearly one that is.',
  },
  'identity/static-aws-keys': {
    severity: 'error',
    title:
      'A container has AWS access keys of its own, which win over the role of its ServiceAccount.',
  },
  'identity/irsa-and-pod-identity': {
    severity: 'error',
    title:
      'A ServiceAccount has a role by annotation and by a PodIdentityAssociation, which wins. A warning when both name the same role.',
  },
  'identity/irsa-audience-without-role': {
    severity: 'warning',
    title: 'A ServiceAccount has the annotation audience without role-arn, so nothing reads it.',
  },
  'identity/irsa-variable-set': {
    severity: 'error',
    title:
      'One of AWS_ROLE_ARN and AWS_WEB_IDENTITY_TOKEN_FILE is set by hand, so the webhook sets neither.',
  },
  'identity/irsa-skip-label-false': {
    severity: 'warning',
    title: 'The label skip-pod-identity-webhook is false, and keeps the webhook away all the same.',
  },
  'identity/skip-containers-unknown': {
    severity: 'warning',
    title: 'The annotation skip-containers names a container that the Pod does not have.',
  },
  'identity/association-form': {
    severity: 'error',
    title:
      'A PodIdentityAssociation lacks what it must say, says it twice, or has a malformed role ARN.',
  },
  'identity/association-duplicate': {
    severity: 'error',
    title: 'Two PodIdentityAssociations are for the same ServiceAccount of a cluster.',
  },
  'identity/association-account': {
    severity: 'error',
    title: 'PodIdentityAssociations of one cluster have roles in different accounts.',
  },
  'identity/association-unmatched': {
    severity: 'warning',
    title: 'A PodIdentityAssociation is for a ServiceAccount that the environment does not render.',
  },
  'identity/association-windows': {
    severity: 'warning',
    title: 'Pods on Windows run as a ServiceAccount that has its role by EKS Pod Identity.',
  },
  'identity/webhook-config-unread': {
    severity: 'error',
    title: 'The ConfigMap of the pod identity webhook has no config that is a JSON object.',
  },
  'identity/webhook-config-place': {
    severity: 'warning',
    title: 'Entries for the pod identity webhook are in a ConfigMap that it does not read.',
  },
  'identity/webhook-config-key': {
    severity: 'error',
    title: 'A key in the ConfigMap of the pod identity webhook is no NAMESPACE/SERVICEACCOUNT.',
  },
  'identity/webhook-config-entry': {
    severity: 'error',
    title:
      'An entry in the ConfigMap of the pod identity webhook lacks a field or has a wrong value.',
  },
  'identity/webhook-config-unmatched': {
    severity: 'warning',
    title:
      'An entry in the ConfigMap of the pod identity webhook is for no ServiceAccount rendered, but nearly for one.',
  },
  'identity/kops-audience': {
    severity: 'warning',
    title:
      'A token on a kOps cluster is made for an audience that its OIDC provider does not take.',
  },
  'identity/kops-permission': {
    severity: 'error',
    title: 'A permission of a ServiceAccount in a kOps Cluster is one that kOps refuses.',
  },
  'identity/kops-permission-duplicate': {
    severity: 'error',
    title: 'A kOps Cluster has two permissions for the same ServiceAccount.',
  },
  'identity/kops-webhook-cert-manager': {
    severity: 'error',
    title: 'A kOps Cluster enables the pod identity webhook without cert-manager.',
  },
  'identity/kops-webhook-oidc-provider': {
    severity: 'warning',
    title: 'A kOps Cluster enables the pod identity webhook without an OIDC provider in AWS.',
  },
  'identity/gke-node-selector': {
    severity: 'error',
    title: 'A node selector for the metadata server of GKE selects no node.',
  },
  'identity/google-key-file': {
    severity: 'error',
    title:
      'A container has a key file for Google Cloud, which wins over the identity of its ServiceAccount. A warning when other containers have none.',
  },
  'identity/azure-label-missing': {
    severity: 'error',
    title:
      'Pods of a ServiceAccount with an Azure identity lack the label azure.workload.identity/use. A warning when other Pods of it have the label.',
  },
  'identity/azure-label-in-selector': {
    severity: 'warning',
    title: 'The label azure.workload.identity/use is part of a selector, which cannot be changed.',
  },
  'identity/azure-client-id-missing': {
    severity: 'warning',
    title:
      'Pods with the label azure.workload.identity/use run as a ServiceAccount without a client ID.',
  },
  'identity/azure-client-secret': {
    severity: 'error',
    title:
      'A container has a client secret for Azure, which wins over the identity of its ServiceAccount.',
  },
  'identity/azure-proxy-host-network': {
    severity: 'error',
    title:
      'Pods on the network of the node ask for the proxy of Azure Workload Identity, which its webhook refuses.',
  },
  'identity/azure-token-path': {
    severity: 'warning',
    title:
      'A container names the path at which older versions of Azure Workload Identity mount the token.',
  },
  'identity/token-expiration': {
    severity: 'error',
    title: 'A projected ServiceAccount token lives shorter or longer than the API server allows.',
  },
  'identity/token-audience': {
    severity: 'warning',
    title:
      'A token that is projected for a cloud has no audience, so that it is for the API server.',
  },
} as const satisfies Record<string, CodeEntry>;
