import {
  conditionOf,
  fieldOf,
  itemsOf,
  type LiveObject,
  numberOf,
  reasonText,
  textOf,
} from './live-object.ts';
import { failed, progressing, ready, type Readiness, type Rule, UNREPORTED } from './verdict.ts';

/** Kinds of Kubernetes that run no Pods. */
export const clusterRules: readonly (readonly [string, Rule])[] = [
  ['/PersistentVolumeClaim', claim],
  ['/Service', service],
  ['/Namespace', namespace],
  ['policy/PodDisruptionBudget', disruptionBudget],
  ['apiextensions.k8s.io/CustomResourceDefinition', customResourceDefinition],
  ['apiregistration.k8s.io/APIService', apiService],
];

/**
 * Bound, as in kstatus. With `volumeBindingMode: WaitForFirstConsumer` nothing happens until a Pod that uses it is scheduled,
 * which the scheduler notes in an annotation: https://kubernetes.io/docs/concepts/storage/storage-classes/#volume-binding-mode,
 * https://kubernetes.io/docs/reference/labels-annotations-taints/#volume-kubernetes-io-selected-node
 */
function claim(
  object: LiveObject,
  { bindsOnFirstUse = false }: { readonly bindsOnFirstUse?: boolean },
): Readiness {
  const phase = textOf(object, 'status', 'phase');
  if (phase === 'Bound') return ready('bound');
  if (phase === 'Lost') return failed('its PersistentVolume is gone (Lost)');
  const node = textOf(object, 'metadata', 'annotations', 'volume.kubernetes.io/selected-node');
  if (bindsOnFirstUse && node === '') return ready('is bound when the first Pod uses it');
  return progressing(phase === '' ? UNREPORTED : `not bound (${phase})`);
}

/** A load balancer has given it an address: https://kubernetes.io/docs/concepts/services-networking/service/#loadbalancer */
function service(object: LiveObject): Readiness {
  if (textOf(object, 'spec', 'type') !== 'LoadBalancer') return ready('nothing to wait for');
  const [first] = itemsOf(object, 'status', 'loadBalancer', 'ingress');
  if (first === undefined) return progressing('no load balancer has given it an address yet');
  return ready(`address ${textOf(first, 'hostname') || textOf(first, 'ip')}`);
}

function namespace(object: LiveObject): Readiness {
  const phase = textOf(object, 'status', 'phase');
  return phase === 'Active' ? ready('active') : progressing(phase === '' ? UNREPORTED : phase);
}

/** As kstatus; the reason SyncFailed is of k8s.io/api/policy/v1 v0.36.3. */
function disruptionBudget(object: LiveObject): Readiness {
  if (numberOf(object, ['status', 'observedGeneration']) < 1) return progressing(UNREPORTED);
  const allowed = conditionOf(object, 'DisruptionAllowed');
  if (allowed?.reason === 'SyncFailed') return progressing(reasonText(allowed));
  const count = numberOf(object, ['status', 'disruptionsAllowed']);
  return ready(`${count} ${count === 1 ? 'disruption' : 'disruptions'} allowed`);
}

/** As kstatus. */
function customResourceDefinition(object: LiveObject): Readiness {
  const names = conditionOf(object, 'NamesAccepted');
  if (names?.status === 'False') return failed(reasonText(names));
  const established = conditionOf(object, 'Established');
  if (established?.status === 'True') return ready('served');
  if (established === undefined) return progressing(UNREPORTED);
  return established.reason === 'Installing'
    ? progressing('is being installed')
    : failed(reasonText(established));
}

/** https://kubernetes.io/docs/tasks/extend-kubernetes/setup-extension-api-server/: the aggregator sets Available. */
function apiService(object: LiveObject): Readiness {
  if (fieldOf(object, 'spec', 'service') === undefined) return ready('served by the API server');
  const condition = conditionOf(object, 'Available');
  if (condition?.status === 'True') return ready('available');
  return progressing(condition === undefined ? UNREPORTED : reasonText(condition));
}
