import type { Rule } from '../rule.ts';
import { associationAccount } from './association-account.ts';
import { associationDuplicate } from './association-duplicate.ts';
import { associationForm } from './association-form.ts';
import { associationUnmatched } from './association-unmatched.ts';
import { associationWindows } from './association-windows.ts';
import { azureClientIdMissing } from './azure-client-id-missing.ts';
import { azureClientSecret } from './azure-client-secret.ts';
import { azureLabelInSelector } from './azure-label-in-selector.ts';
import { azureLabelMissing } from './azure-label-missing.ts';
import { azureProxyHostNetwork } from './azure-proxy-host-network.ts';
import { azureTokenPath } from './azure-token-path.ts';
import { gkeNodeSelector } from './gke-node-selector.ts';
import { googleKeyFile } from './google-key-file.ts';
import { iamMemberUnmatched } from './iam-member-unmatched.ts';
import { irsaAndPodIdentity } from './irsa-and-pod-identity.ts';
import { irsaAudienceWithoutRole } from './irsa-audience-without-role.ts';
import { irsaSkipLabelFalse } from './irsa-skip-label-false.ts';
import { irsaVariableSet } from './irsa-variable-set.ts';
import { kopsAudience } from './kops-audience.ts';
import { kopsPermission } from './kops-permission.ts';
import { kopsPermissionDuplicate } from './kops-permission-duplicate.ts';
import { kopsWebhookCertManager } from './kops-webhook-cert-manager.ts';
import { kopsWebhookOidcProvider } from './kops-webhook-oidc-provider.ts';
import { serviceAccountMissing } from './service-account-missing.ts';
import { serviceAccountUnused } from './service-account-unused.ts';
import { skipContainersUnknown } from './skip-containers-unknown.ts';
import { staticAwsKeys } from './static-aws-keys.ts';
import { tokenAudience } from './token-audience.ts';
import { tokenExpiration } from './token-expiration.ts';
import { twoClouds } from './two-clouds.ts';
import { webhookConfigEntry } from './webhook-config-entry.ts';
import { webhookConfigKey } from './webhook-config-key.ts';
import { webhookConfigPlace } from './webhook-config-place.ts';
import { webhookConfigUnmatched } from './webhook-config-unmatched.ts';
import { webhookConfigUnread } from './webhook-config-unread.ts';

/** The rules of docs/rules/identity. */
export const IDENTITY_RULES: readonly Rule[] = [
  serviceAccountMissing,
  serviceAccountUnused,
  twoClouds,
  iamMemberUnmatched,
  staticAwsKeys,
  irsaAndPodIdentity,
  irsaAudienceWithoutRole,
  irsaVariableSet,
  irsaSkipLabelFalse,
  skipContainersUnknown,
  associationForm,
  associationDuplicate,
  associationAccount,
  associationUnmatched,
  associationWindows,
  webhookConfigUnread,
  webhookConfigPlace,
  webhookConfigKey,
  webhookConfigEntry,
  webhookConfigUnmatched,
  kopsAudience,
  kopsPermission,
  kopsPermissionDuplicate,
  kopsWebhookCertManager,
  kopsWebhookOidcProvider,
  gkeNodeSelector,
  googleKeyFile,
  azureLabelMissing,
  azureLabelInSelector,
  azureClientIdMissing,
  azureClientSecret,
  azureProxyHostNetwork,
  azureTokenPath,
  tokenExpiration,
  tokenAudience,
];
