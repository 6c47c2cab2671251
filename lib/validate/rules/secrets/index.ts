import type { Rule } from '../rule.ts';
import { bootstrapToken } from './bootstrap-token.ts';
import { certificateDuration } from './certificate-duration.ts';
import { certificateKeySize } from './certificate-key-size.ts';
import { certificateNames } from './certificate-names.ts';
import { certificateSecretTemplate } from './certificate-secret-template.ts';
import { configMapMissing } from './config-map-missing.ts';
import { configMapMissingKey } from './config-map-missing-key.ts';
import { dataKey } from './data-key.ts';
import { dockerAuth } from './docker-auth.ts';
import { dockerConfig } from './docker-config.ts';
import { dockerRegistry } from './docker-registry.ts';
import { dockerType } from './docker-type.ts';
import { externalDuration } from './external-duration.ts';
import { issuerKind } from './issuer-kind.ts';
import { issuerMissing } from './issuer-missing.ts';
import { issuerSecretNamespace } from './issuer-secret-namespace.ts';
import { mirrorAlternative } from './mirror-alternative.ts';
import { mirrorCollision } from './mirror-collision.ts';
import { mirrorEverywhere } from './mirror-everywhere.ts';
import { mirrorImmutable } from './mirror-immutable.ts';
import { mirrorInOwnNamespace } from './mirror-in-own-namespace.ts';
import { mirrorListUnused } from './mirror-list-unused.ts';
import { mirrorNotAllowed } from './mirror-not-allowed.ts';
import { mirrorOutsideAllowed } from './mirror-outside-allowed.ts';
import { mirrorPattern } from './mirror-pattern.ts';
import { mirrorReachesNothing } from './mirror-reaches-nothing.ts';
import { mirrorSourceClosed } from './mirror-source-closed.ts';
import { mirrorSourceMissing } from './mirror-source-missing.ts';
import { missing } from './missing.ts';
import { missingKey } from './missing-key.ts';
import { pullSecretType } from './pull-secret-type.ts';
import { sealedDeprecatedData } from './sealed-deprecated-data.ts';
import { sealedScope } from './sealed-scope.ts';
import { sealedTemplateName } from './sealed-template-name.ts';
import { sealedValue } from './sealed-value.ts';
import { serviceAccountToken } from './service-account-token.ts';
import { storeMissing } from './store-missing.ts';
import { storeServiceAccountMissing } from './store-service-account-missing.ts';
import { storeServiceAccountNamespace } from './store-service-account-namespace.ts';
import { stringDataWins } from './string-data-wins.ts';
import { templateValueMissing } from './template-value-missing.ts';
import { tlsCertificate } from './tls-certificate.ts';
import { tlsHosts } from './tls-hosts.ts';
import { tlsKey } from './tls-key.ts';
import { tlsPair } from './tls-pair.ts';
import { tlsValidity } from './tls-validity.ts';
import { tooLarge } from './too-large.ts';
import { twoMakers } from './two-makers.ts';
import { typeKeys } from './type-keys.ts';
import { unknownType } from './unknown-type.ts';
import { wildcardHttp01 } from './wildcard-http01.ts';

/** The rules of docs/rules/secrets. */
export const SECRETS_RULES: readonly Rule[] = [
  mirrorNotAllowed,
  mirrorListUnused,
  mirrorOutsideAllowed,
  mirrorPattern,
  mirrorAlternative,
  mirrorReachesNothing,
  mirrorInOwnNamespace,
  mirrorEverywhere,
  mirrorSourceMissing,
  mirrorSourceClosed,
  mirrorCollision,
  mirrorImmutable,
  typeKeys,
  unknownType,
  dockerType,
  serviceAccountToken,
  bootstrapToken,
  tooLarge,
  stringDataWins,
  dataKey,
  dockerConfig,
  dockerAuth,
  dockerRegistry,
  pullSecretType,
  tlsCertificate,
  tlsKey,
  tlsPair,
  tlsValidity,
  tlsHosts,
  sealedScope,
  sealedValue,
  sealedDeprecatedData,
  sealedTemplateName,
  templateValueMissing,
  externalDuration,
  storeMissing,
  storeServiceAccountMissing,
  storeServiceAccountNamespace,
  twoMakers,
  certificateNames,
  certificateKeySize,
  certificateDuration,
  certificateSecretTemplate,
  issuerKind,
  issuerMissing,
  issuerSecretNamespace,
  wildcardHttp01,
  missing,
  missingKey,
  configMapMissing,
  configMapMissingKey,
];
