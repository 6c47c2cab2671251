import { mapNode } from '../map-nodes.ts';
import type { ArrayNode, Node, ObjectNode, SchemaModel, UniqueKeys } from '../node.ts';

/**
 * Where the API server does otherwise with Kubernetes' own kinds than their OpenAPI says. Found by sending changed
 * manifests to kube-apiserver 1.36.3 (`dryRun=All&fieldValidation=Strict`), which test/agreement/api-server repeats.
 */
interface Deviation {
  /** Required by the OpenAPI, and filled in when absent. */
  readonly optional?: readonly string[];
  /** Required by the OpenAPI, and read as its zero value when absent. */
  readonly zeroWhenAbsent?: readonly string[];
  /** Enums in which an empty string is read as absent. Others refuse it. */
  readonly emptyIsAbsent?: readonly string[];
}

/** By the definition that has the fields. */
const DEVIATIONS: { readonly [definition: string]: Deviation } = {
  'io.k8s.api.apps.v1.DaemonSetUpdateStrategy': { emptyIsAbsent: ['type'] },
  'io.k8s.api.apps.v1.DeploymentStrategy': { emptyIsAbsent: ['type'] },
  'io.k8s.api.apps.v1.StatefulSetSpec': { emptyIsAbsent: ['podManagementPolicy'] },
  'io.k8s.api.apps.v1.StatefulSetUpdateStrategy': { emptyIsAbsent: ['type'] },
  'io.k8s.api.batch.v1.CronJobSpec': { emptyIsAbsent: ['concurrencyPolicy'] },
  'io.k8s.api.core.v1.Container': {
    emptyIsAbsent: ['imagePullPolicy', 'terminationMessagePolicy'],
  },
  'io.k8s.api.core.v1.ContainerPort': { emptyIsAbsent: ['protocol'] },
  'io.k8s.api.core.v1.EndpointPort': { emptyIsAbsent: ['protocol'] },
  'io.k8s.api.core.v1.HTTPGetAction': { emptyIsAbsent: ['scheme'] },
  'io.k8s.api.core.v1.LimitRangeSpec': { zeroWhenAbsent: ['limits'] },
  'io.k8s.api.core.v1.PersistentVolumeSpec': { emptyIsAbsent: ['persistentVolumeReclaimPolicy'] },
  'io.k8s.api.core.v1.PodSpec': { emptyIsAbsent: ['dnsPolicy', 'restartPolicy'] },
  'io.k8s.api.core.v1.ServicePort': { emptyIsAbsent: ['protocol'] },
  'io.k8s.api.core.v1.ServiceSpec': {
    emptyIsAbsent: ['externalTrafficPolicy', 'sessionAffinity', 'type'],
  },
  'io.k8s.api.core.v1.Toleration': { emptyIsAbsent: ['effect', 'operator'] },
  // SetDefaults_RoleBinding in k8s.io/kubernetes pkg/apis/rbac/v1/defaults.go.
  'io.k8s.api.rbac.v1.RoleRef': { optional: ['apiGroup'] },
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionVersion': {
    zeroWhenAbsent: ['served'],
  },
};

const BY_NAME: readonly UniqueKeys[] = [{ keys: ['name'] }];

/**
 * Lists whose items the API server wants to differ, by the definition of their items and the name of the field. Most
 * lists that are maps in the OpenAPI it takes with an item twice. Sources: the validation functions in k8s.io/kubernetes
 * v1.36.3 pkg/apis/<group>/validation.
 */
const UNIQUE: { readonly [items: string]: { readonly [field: string]: readonly UniqueKeys[] } } = {
  'io.k8s.api.admissionregistration.v1.MatchCondition': { matchConditions: BY_NAME },
  'io.k8s.api.admissionregistration.v1.MutatingWebhook': { webhooks: BY_NAME },
  'io.k8s.api.admissionregistration.v1.ValidatingWebhook': { webhooks: BY_NAME },
  'io.k8s.api.core.v1.Container': { containers: BY_NAME, initContainers: BY_NAME },
  'io.k8s.api.core.v1.ContainerPort': {
    ports: [
      { keys: ['name'] },
      { keys: ['hostPort', 'hostIP', 'protocol'], defaults: { protocol: 'TCP', hostIP: '' } },
    ],
  },
  'io.k8s.api.core.v1.PodResourceClaim': { resourceClaims: BY_NAME },
  'io.k8s.api.core.v1.PodSchedulingGate': { schedulingGates: BY_NAME },
  'io.k8s.api.core.v1.ServicePort': {
    ports: [{ keys: ['name'] }, { keys: ['port', 'protocol'], defaults: { protocol: 'TCP' } }],
  },
  'io.k8s.api.core.v1.Sysctl': { sysctls: BY_NAME },
  'io.k8s.api.core.v1.Taint': { taints: [{ keys: ['key', 'effect'] }] },
  'io.k8s.api.core.v1.TopologySpreadConstraint': {
    topologySpreadConstraints: [{ keys: ['topologyKey', 'whenUnsatisfiable'] }],
  },
  'io.k8s.api.core.v1.Volume': { volumes: BY_NAME },
  'io.k8s.api.core.v1.VolumeDevice': {
    volumeDevices: [{ keys: ['devicePath'] }, { keys: ['name'] }],
  },
  'io.k8s.api.core.v1.VolumeMount': { volumeMounts: [{ keys: ['mountPath'] }] },
  'io.k8s.api.discovery.v1.EndpointPort': { ports: BY_NAME },
};

/**
 * Makes the model say what the API server does.
 *
 * @param options.keepRequired leave required what has no use without, for libraries that help to write it.
 */
export function followApiServer(
  model: SchemaModel,
  { keepRequired = false }: { readonly keepRequired?: boolean } = {},
): SchemaModel {
  const definitions = Object.entries(model.definitions).map(([name, node]) => [
    name,
    withUniqueKeys(
      withDeviation(
        node,
        Object.hasOwn(DEVIATIONS, name) ? DEVIATIONS[name] : undefined,
        keepRequired,
      ),
    ),
  ]);
  return {
    root: withUniqueKeys(model.root),
    definitions: Object.fromEntries(definitions) as SchemaModel['definitions'],
  };
}

function withDeviation(node: Node, deviation: Deviation | undefined, keepRequired: boolean): Node {
  if (deviation === undefined || node.type !== 'object') return node;
  const { optional = [], zeroWhenAbsent = [], emptyIsAbsent = [] } = deviation;
  const dropped = keepRequired ? optional : [...optional, ...zeroWhenAbsent];
  const properties = Object.entries(node.properties).map(([name, property]) => [
    name,
    emptyIsAbsent.includes(name) && property.type === 'string'
      ? { ...property, emptyIsAbsent: true }
      : property,
  ]);
  return {
    ...node,
    properties: Object.fromEntries(properties) as ObjectNode['properties'],
    required: node.required.filter((name) => !dropped.includes(name)),
  };
}

function withUniqueKeys(node: Node): Node {
  return mapNode(node, (inner) =>
    inner.type === 'object' ? { ...inner, properties: markLists(inner.properties) } : inner,
  );
}

function markLists(properties: ObjectNode['properties']): ObjectNode['properties'] {
  const marked = Object.entries(properties).map(([name, node]) => [
    name,
    node.type === 'array' ? markList(node, name) : node,
  ]);
  return Object.fromEntries(marked) as ObjectNode['properties'];
}

function markList(node: ArrayNode, name: string): ArrayNode {
  const { items } = node;
  const fields =
    items.type === 'ref' && Object.hasOwn(UNIQUE, items.name) ? UNIQUE[items.name] : undefined;
  const uniqueKeys = fields?.[name];
  return uniqueKeys === undefined ? node : { ...node, uniqueKeys };
}
