import { type Cases, clusterObject, object } from './case.ts';

const CSI = 'csi: {driver: example.com, volumeHandle: a}';
const GROUP = 'rbac.authorization.k8s.io';

function volume(fields: string): string {
  return clusterObject('v1/PersistentVolume', `spec: {${fields}}`);
}

function quota(fields: string): string {
  return object('v1/ResourceQuota', `spec: {${fields}}`);
}

function limit(fields: string): string {
  return object('v1/LimitRange', `spec: {limits: [{${fields}}]}`);
}

function role(rule: string): string {
  return object(`${GROUP}/v1/Role`, `rules: [{${rule}}]`);
}

function binding(subject: string, roleRef = 'kind: Role, name: a'): string {
  return object(
    `${GROUP}/v1/RoleBinding`,
    `roleRef: {apiGroup: ${GROUP}, ${roleRef}}\nsubjects: [{${subject}}]`,
  );
}

function clusterBinding(subject: string, roleRef = 'kind: ClusterRole, name: view'): string {
  return clusterObject(
    `${GROUP}/v1/ClusterRoleBinding`,
    `roleRef: {apiGroup: ${GROUP}, ${roleRef}}\nsubjects: [{${subject}}]`,
  );
}

const CLIENT = 'clientConfig: {service: {name: a, namespace: b}}';

function webhook(fields: string): string {
  return clusterObject(
    'admissionregistration.k8s.io/v1/ValidatingWebhookConfiguration',
    `webhooks: [{${fields}}]`,
  );
}

function validWebhook(fields: string, client = CLIENT): string {
  return webhook(
    `name: a.example.com, ${client}, sideEffects: None, admissionReviewVersions: [v1], ${fields}`,
  );
}

const VERSION = 'name: v1, served: true, schema: {openAPIV3Schema: {type: object}}';

function definition(fields: string, name = 'shops.example.com'): string {
  return clusterObject(
    'apiextensions.k8s.io/v1/CustomResourceDefinition',
    `spec: {group: example.com, scope: Namespaced, ${fields}}`,
    name,
  );
}

const NAMES = 'names: {plural: shops, singular: shop, kind: Shop}';

/** What is not about Pods. */
export const CLUSTER_CASES: Cases = {
  'workloads/persistent-volume': {
    wrong: {
      'no source': volume('accessModes: [ReadWriteOnce], capacity: {storage: 1Gi}'),
      'two sources': volume(
        `accessModes: [ReadWriteOnce], capacity: {storage: 1Gi}, ${CSI}, hostPath: {path: /a}`,
      ),
      'no capacity': volume(`accessModes: [ReadWriteOnce], ${CSI}`),
      'no mode': volume(`capacity: {storage: 1Gi}, ${CSI}`),
      'another capacity': volume(
        `accessModes: [ReadWriteOnce], capacity: {storage: 1Gi, cpu: 1}, ${CSI}`,
      ),
      'a local one anywhere': volume(
        'accessModes: [ReadWriteOnce], capacity: {storage: 1Gi}, local: {path: /a}',
      ),
      'a path upwards': volume(
        'accessModes: [ReadWriteOnce], capacity: {storage: 1Gi}, hostPath: {path: /a/../b}',
      ),
    },
    right: {
      CSI: volume(
        `accessModes: [ReadWriteOnce], capacity: {storage: 1Gi}, ${CSI}, persistentVolumeReclaimPolicy: Retain`,
      ),
    },
  },
  'workloads/storage-class': {
    wrong: {
      'no provisioner': clusterObject('storage.k8s.io/v1/StorageClass', 'provisioner: ""'),
      'two slashes': clusterObject('storage.k8s.io/v1/StorageClass', 'provisioner: a/b/c'),
      'a policy of volumes': clusterObject(
        'storage.k8s.io/v1/StorageClass',
        'provisioner: ebs.csi.aws.com\nreclaimPolicy: Recycle',
      ),
    },
    right: {
      EBS: clusterObject(
        'storage.k8s.io/v1/StorageClass',
        'provisioner: ebs.csi.aws.com\nreclaimPolicy: Retain\nvolumeBindingMode: WaitForFirstConsumer',
      ),
    },
  },
  'workloads/resource-quota': {
    wrong: {
      'a kind': quota('hard: {deployments: 1}'),
      'a part of a Pod': quota('hard: {pods: 1.5}'),
      negative: quota('hard: {cpu: -1}'),
      'scopes that exclude each other': quota(
        'hard: {pods: 1}, scopes: [BestEffort, NotBestEffort]',
      ),
    },
    right: {
      counts: quota(
        'hard: {count/deployments.apps: 1, requests.nvidia.com/gpu: 1, limits.cpu: 500m, pods: 10, requests.storage: 1Gi}',
      ),
      'a scope': quota('hard: {pods: 1}, scopes: [BestEffort]'),
    },
  },
  'workloads/limit-range': {
    wrong: {
      'min above max': limit('type: Container, min: {cpu: 2}, max: {cpu: 1}'),
      'a default above max': limit('type: Container, default: {memory: 2Gi}, max: {memory: 1Gi}'),
      'a request above the default': limit(
        'type: Container, default: {cpu: 1}, defaultRequest: {cpu: 2}',
      ),
      'a request below min': limit('type: Container, min: {cpu: 1}, defaultRequest: {cpu: 500m}'),
      'a default of Pods': limit('type: Pod, default: {cpu: 1}'),
      'a resource that there is not': limit('type: Container, max: {gpu: 1}'),
      'a claim without storage': limit('type: PersistentVolumeClaim, max: {cpu: 1}'),
      'a ratio': limit('type: Container, maxLimitRequestRatio: {cpu: 0.5}'),
      'a type twice': object(
        'v1/LimitRange',
        'spec: {limits: [{type: Pod, max: {cpu: 1}}, {type: Pod, max: {memory: 1Gi}}]}',
      ),
    },
    right: {
      'in order': limit(
        'type: Container, min: {cpu: 100m}, defaultRequest: {cpu: 200m}, default: {cpu: 1}, max: {cpu: 1000m}',
      ),
      'a claim': limit('type: PersistentVolumeClaim, max: {storage: 10Gi}'),
      'a ratio': limit('type: Container, maxLimitRequestRatio: {cpu: 4}'),
    },
  },
  'workloads/priority-class': {
    wrong: {
      'too great': clusterObject('scheduling.k8s.io/v1/PriorityClass', 'value: 1000000001'),
      'a name of the system': clusterObject(
        'scheduling.k8s.io/v1/PriorityClass',
        'value: 10',
        'system-shop',
      ),
    },
    right: {
      most: clusterObject('scheduling.k8s.io/v1/PriorityClass', 'value: 1000000000'),
      negative: clusterObject('scheduling.k8s.io/v1/PriorityClass', 'value: -1'),
    },
  },
  'workloads/role': {
    wrong: {
      'no verbs': role('apiGroups: [""], resources: [pods], verbs: []'),
      'no groups': role('resources: [pods], verbs: [get]'),
      'no resources': role('apiGroups: [""], verbs: [get]'),
      'a URL in a Role': role('nonResourceURLs: [/healthz], verbs: [get]'),
      'URLs and resources': clusterObject(
        `${GROUP}/v1/ClusterRole`,
        'rules: [{nonResourceURLs: [/healthz], apiGroups: [""], resources: [pods], verbs: [get]}]',
      ),
      'an aggregation of nothing': clusterObject(
        `${GROUP}/v1/ClusterRole`,
        'aggregationRule: {clusterRoleSelectors: []}',
      ),
    },
    right: {
      all: role('apiGroups: ["*"], resources: ["*"], verbs: ["*"]'),
      URLs: clusterObject(
        `${GROUP}/v1/ClusterRole`,
        'rules: [{nonResourceURLs: [/healthz], verbs: [get]}]',
      ),
      none: object(`${GROUP}/v1/Role`, 'rules: []'),
    },
  },
  'workloads/role-binding': {
    wrong: {
      'a Role for the cluster': clusterBinding('kind: User, name: a', 'kind: Role, name: a'),
      'another kind': binding('kind: User, name: a', 'kind: Clusterrole, name: a'),
      'another group': object(
        `${GROUP}/v1/RoleBinding`,
        'roleRef: {apiGroup: rbac, kind: Role, name: a}',
      ),
      'a ServiceAccount without a namespace': clusterBinding('kind: ServiceAccount, name: a'),
      'a group of a ServiceAccount': binding(`kind: ServiceAccount, name: a, apiGroup: ${GROUP}`),
      'a kind of subject': binding('kind: Serviceaccount, name: a'),
      'an empty name': binding('kind: User, name: ""'),
      'a core group of a User': binding('kind: User, name: a, apiGroup: v1'),
      'a name with a slash': binding('kind: User, name: a', 'kind: Role, name: a/b'),
    },
    right: {
      'a ServiceAccount': binding('kind: ServiceAccount, name: a'),
      'a Group': binding('kind: Group, name: "system:authenticated"'),
      'a User with a group': clusterBinding(`kind: User, name: a@example.com, apiGroup: ${GROUP}`),
      'a name with a colon': binding('kind: User, name: a', 'kind: ClusterRole, name: "system:a"'),
    },
  },
  'secrets/data-key': {
    wrong: {
      'a path': object('v1/ConfigMap', 'data: {a/b: c}'),
      'a blank': object('v1/ConfigMap', 'data: {a b: c}'),
      'two dots': object('v1/ConfigMap', 'data: {..a: c}'),
      'a key twice': object('v1/ConfigMap', 'data: {a: b}\nbinaryData: {a: Yg==}'),
    },
    right: {
      'a dot first': object('v1/ConfigMap', 'data: {.a: b, A_b.c-d: e}\nbinaryData: {c: Yg==}'),
    },
  },
  'secrets/too-large': {
    wrong: {
      'too much': object('v1/ConfigMap', `data: {a: "${'x'.repeat(1024 * 1024 + 1)}"}`),
    },
    right: {
      'just enough': object('v1/ConfigMap', `data: {a: "${'x'.repeat(1024 * 1024)}"}`),
    },
  },
  'workloads/webhook': {
    wrong: {
      'a short name': webhook(
        `name: a, ${CLIENT}, sideEffects: None, admissionReviewVersions: [v1]`,
      ),
      'side effects': webhook(
        `name: a.example.com, ${CLIENT}, sideEffects: Some, admissionReviewVersions: [v1]`,
      ),
      'no version': webhook(
        `name: a.example.com, ${CLIENT}, sideEffects: None, admissionReviewVersions: []`,
      ),
      'a version that there is not': webhook(
        `name: a.example.com, ${CLIENT}, sideEffects: None, admissionReviewVersions: [v2]`,
      ),
      'two clients': validWebhook(
        '',
        'clientConfig: {url: "https://a.example.com", service: {name: a, namespace: b}}',
      ),
      'no client': validWebhook('', 'clientConfig: {caBundle: Yg==}'),
      HTTP: validWebhook('', 'clientConfig: {url: "http://a.example.com"}'),
      'too long': validWebhook('timeoutSeconds: 31'),
      'a path': validWebhook('', 'clientConfig: {service: {name: a, namespace: b, path: a}}'),
      'no resources': validWebhook(
        'rules: [{operations: [CREATE], apiGroups: [""], apiVersions: [v1]}]',
      ),
      'all and more': validWebhook(
        'rules: [{operations: ["*", CREATE], apiGroups: [""], apiVersions: [v1], resources: [pods]}]',
      ),
    },
    right: {
      'a rule': validWebhook(
        'rules: [{operations: [CREATE, UPDATE], apiGroups: [apps, ""], apiVersions: ["*"], resources: [pods, pods/status]}], timeoutSeconds: 30',
      ),
      'a URL': validWebhook('', 'clientConfig: {url: "https://a.example.com:8443/b"}'),
    },
  },
  'workloads/custom-resource-definition': {
    wrong: {
      'another name': definition(
        `${NAMES}, versions: [{${VERSION}, storage: true}]`,
        'shop.example.com',
      ),
      'no version stored': definition(`${NAMES}, versions: [{${VERSION}, storage: false}]`),
      'two versions stored': definition(
        `${NAMES}, versions: [{${VERSION}, storage: true}, {${VERSION.replace('v1', 'v2')}, storage: true}]`,
      ),
      'a version twice': definition(
        `${NAMES}, versions: [{${VERSION}, storage: true}, {${VERSION}, storage: false}]`,
      ),
      'no schema': definition(`${NAMES}, versions: [{name: v1, served: true, storage: true}]`),
      'no type': definition(
        `${NAMES}, versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {}}}]`,
      ),
      'a plural with capitals': definition(
        `names: {plural: Shops, kind: Shop}, versions: [{${VERSION}, storage: true}]`,
        'Shops.example.com',
      ),
    },
    right: { one: definition(`${NAMES}, versions: [{${VERSION}, storage: true}]`) },
  },
};
