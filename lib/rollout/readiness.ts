import type { ResourceId } from '../finding/finding.ts';
import { clusterRules } from './cluster-readiness.ts';
import { customRules, otherCustomReadiness } from './custom-readiness.ts';
import { gatewayRules } from './gateway-readiness.ts';
import {
  conditionsOf,
  fieldOf,
  groupOf,
  itemsOf,
  type LiveObject,
  numberOf,
  reasonText,
  textOf,
} from './live-object.ts';
import {
  failed,
  progressing,
  ready,
  type Readiness,
  type Rule,
  UNREPORTED,
  UNSEEN,
} from './verdict.ts';
import { workloadRules } from './workload-readiness.ts';

/** By group and kind, such as `apps/Deployment`; of the core group `/Pod`. */
const RULES: ReadonlyMap<string, Rule> = new Map([
  ...workloadRules,
  ...clusterRules,
  ...customRules,
  ...gatewayRules,
]);

/**
 * Groups of Kubernetes itself that end like those of many CustomResourceDefinitions. Those without a dot, such as `apps`, are
 * all of Kubernetes. Source: https://kubernetes.io/docs/reference/kubernetes-api/.
 */
const BUILT_IN_GROUPS: ReadonlySet<string> = new Set(
  [
    'admissionregistration',
    'apiextensions',
    'apiregistration',
    'authentication',
    'authorization',
    'certificates',
    'coordination',
    'discovery',
    'events',
    'flowcontrol.apiserver',
    'networking',
    'node',
    'rbac.authorization',
    'resource',
    'scheduling',
    'storage',
    'storagemigration',
  ].map((name) => `${name}.k8s.io`),
);

/**
 * Groups whose objects are configuration that a program reads and says nothing of, as it is installed by default.
 *
 * - Istio writes a status only with PILOT_ENABLE_STATUS:
 *   https://istio.io/latest/docs/ops/configuration/mesh/config-resource-ready/
 */
const SILENT_GROUPS: ReadonlySet<string> = new Set([
  'networking.istio.io',
  'security.istio.io',
  'telemetry.istio.io',
  'extensions.istio.io',
]);

/**
 * Whether a kind has something to wait for. What has not, such as a ConfigMap or a Secret, is ready once it is applied, and need
 * not be read.
 */
export function isWaitedFor(resource: Pick<ResourceId, 'apiVersion' | 'kind'>): boolean {
  const group = groupOf(resource);
  if (RULES.has(`${group}/${resource.kind}`)) return true;
  return isCustom(group) && !SILENT_GROUPS.has(group);
}

function isCustom(group: string): boolean {
  return group.includes('.') && !BUILT_IN_GROUPS.has(group);
}

/** What is known besides the object. */
export interface Surroundings {
  /** Whether the StorageClass of a PersistentVolumeClaim waits for the first Pod that uses it. @default false */
  readonly bindsOnFirstUse?: boolean;
}

/**
 * How far the cluster is with an object.
 *
 * Follows what kubectl and kstatus do: sigs.k8s.io/cli-utils/pkg/kstatus v0.37.2, its README.md and status/generic.go, for the
 * fields that all kinds have in common; the source of what a kind has of its own stands where that is.
 *
 * @param object as the API server answers; nothing is changed in it.
 * @returns the state, and a message of one line. Texts of controllers are in it as they are.
 */
export function readiness(object: LiveObject, surroundings: Surroundings = {}): Readiness {
  if (!isWaitedFor({ apiVersion: textOf(object, 'apiVersion'), kind: textOf(object, 'kind') }))
    return ready('nothing to wait for');
  if (textOf(object, 'metadata', 'deletionTimestamp') !== '') return deletion(object);
  const unseen = unseenGeneration(object);
  if (unseen !== undefined) return unseen;
  const standard = standardConditions(object);
  if (standard !== undefined) return standard;
  const rule = RULES.get(`${groupOf(object)}/${textOf(object, 'kind')}`);
  return rule === undefined ? otherCustomReadiness(object) : rule(object, surroundings);
}

function deletion(object: LiveObject): Readiness {
  const finalizers = fieldOf(object, 'metadata', 'finalizers');
  const names = Array.isArray(finalizers) ? finalizers.join(', ') : '';
  return progressing(`is being deleted${names === '' ? '' : `, which waits for ${names}`}`);
}

/**
 * What was written is newer than what its controller has looked at. Of Flux's kinds it is -1 at first, see api/v2 of
 * https://github.com/fluxcd/helm-controller.
 */
function unseenGeneration(object: LiveObject): Readiness | undefined {
  const observed = fieldOf(object, 'status', 'observedGeneration');
  if (typeof observed !== 'number' || observed >= numberOf(object, ['metadata', 'generation']))
    return undefined;
  return progressing(observed < 1 ? UNREPORTED : UNSEEN);
}

/** kstatus asks all controllers to use these two, and Flux's do. */
function standardConditions(object: LiveObject): Readiness | undefined {
  if (itemsOf(object, 'status', 'conditions').length === 0) return undefined;
  const conditions = conditionsOf(object['status']);
  const isTrue = (type: string) =>
    conditions.find((condition) => condition.type === type && condition.status === 'True');
  const stalled = isTrue('Stalled');
  if (stalled !== undefined) return failed(reasonText(stalled) || 'its controller gave up');
  const reconciling = isTrue('Reconciling');
  if (reconciling !== undefined)
    return progressing(reasonText(reconciling) || 'its controller is working on it');
  return undefined;
}
