import { isRecord } from '../manifest/is-record.ts';
import {
  conditionsOf,
  fieldOf,
  type LiveObject,
  numberOf,
  reasonText,
  textOf,
} from './live-object.ts';
import {
  currentCondition,
  failed,
  progressing,
  ready,
  type Readiness,
  type Rule,
  UNREPORTED,
  UNSEEN,
} from './verdict.ts';

/** Custom resources of which more is known than the conditions that many have. */
export const customRules: readonly (readonly [string, Rule])[] = [
  ['cert-manager.io/Certificate', certificate],
  ['cert-manager.io/Issuer', readyCondition],
  ['cert-manager.io/ClusterIssuer', readyCondition],
  ['bitnami.com/SealedSecret', sealedSecret],
  ['external-secrets.io/ExternalSecret', externalSecret],
  ['external-secrets.io/SecretStore', readyCondition],
  ['external-secrets.io/ClusterSecretStore', readyCondition],
  // Flux: https://fluxcd.io/flux/components/, `Conditions` of each kind.
  ['kustomize.toolkit.fluxcd.io/Kustomization', flux],
  ['helm.toolkit.fluxcd.io/HelmRelease', flux],
  ['source.toolkit.fluxcd.io/GitRepository', flux],
  ['source.toolkit.fluxcd.io/HelmRepository', helmRepository],
  ['source.toolkit.fluxcd.io/HelmChart', flux],
  ['source.toolkit.fluxcd.io/OCIRepository', flux],
  ['source.toolkit.fluxcd.io/Bucket', flux],
];

function readyCondition(object: LiveObject): Readiness {
  const condition = currentCondition(object, 'Ready');
  if ('state' in condition) return condition;
  if (condition.status === 'True') return ready('ready');
  return progressing(reasonText(condition) || 'not ready');
}

/**
 * Ready, and about this version of it. When the issuer refuses, cert-manager waits for an hour or longer before it tries again:
 * `LastFailureTime` and the condition Issuing in pkg/apis/certmanager/v1/types_certificate.go of
 * https://github.com/cert-manager/cert-manager, set by pkg/controller/certificates/issuing.
 */
function certificate(object: LiveObject): Readiness {
  const verdict = readyCondition(object);
  if (verdict.state === 'ready') return ready('issued');
  const issuing = currentCondition(object, 'Issuing');
  if ('state' in issuing) return verdict;
  if (issuing.status === 'False' && textOf(object, 'status', 'lastFailureTime') !== '')
    return failed(reasonText(issuing));
  return issuing.status === 'True' && issuing.message !== ''
    ? progressing(`${verdict.message} (${reasonText(issuing)})`)
    : verdict;
}

/**
 * Synced says whether it could be decrypted and its Secret be written: pkg/apis/sealedsecrets/v1alpha1/types.go of
 * https://github.com/bitnami-labs/sealed-secrets.
 */
function sealedSecret(object: LiveObject): Readiness {
  const condition = currentCondition(object, 'Synced');
  if ('state' in condition) return condition;
  if (condition.status === 'True') return ready('decrypted');
  const message = reasonText(condition) || 'could not be decrypted';
  return condition.status === 'False' ? failed(message) : progressing(message);
}

/**
 * Has no observedGeneration; the version that was synced starts with the generation: GetResourceVersion in
 * pkg/controllers/util/util.go of https://github.com/external-secrets/external-secrets. An error is tried again: its store may
 * come later.
 */
function externalSecret(object: LiveObject): Readiness {
  const verdict = readyCondition(object);
  if (verdict.state !== 'ready') return verdict;
  const synced = /^(\d+)-/.exec(textOf(object, 'status', 'syncedResourceVersion'))?.[1];
  if (synced !== undefined && Number(synced) < numberOf(object, ['metadata', 'generation']))
    return progressing(UNSEEN);
  return ready('synced');
}

function flux(object: LiveObject): Readiness {
  if (fieldOf(object, 'spec', 'suspend') === true) return ready('suspended');
  return readyCondition(object);
}

/** Of the type `oci` no status is written: https://fluxcd.io/flux/components/source/helmrepositories/#helm-oci-repository */
function helmRepository(object: LiveObject): Readiness {
  return textOf(object, 'spec', 'type') === 'oci' ? ready('nothing to wait for') : flux(object);
}

/**
 * Any other custom resource: by its condition Ready, when it has one. As in kstatus one that has none is ready, but something
 * must be reported of it: without a status it cannot be told whether its controller works.
 */
export function otherCustomReadiness(object: LiveObject): Readiness {
  const { status } = object;
  if (!isRecord(status) || Object.keys(status).length === 0)
    return { ...progressing(UNREPORTED), isSilent: true };
  const hasReady = conditionsOf(status).some(({ type }) => type === 'Ready');
  return hasReady ? readyCondition(object) : ready('its status has no condition Ready');
}
