/** A call of a helper that k8s-libsonnet has by hand. */
export interface HelperCall {
  /** Its arguments, in Jsonnet. */
  readonly args: string;
  /** What the result is added to, in Jsonnet; by default an object with a value at each place that it writes. */
  readonly base?: string;
}

/** Names that the arguments and bases use. */
export const HELPER_LOCALS = `
local container = { name: 'a', image: 'b:1' };
local podSpec = {
  containers: [container, { name: 'b', image: 'c', volumeMounts: [{ name: 'z' }] }],
  initContainers: [{ name: 'i', image: 'd' }],
  volumes: [{ name: 'z', emptyDir: {} }],
};
local template = { metadata: { name: 'z', annotations: { z: 'z' } }, spec: podSpec };
local workload = { kind: 'Workload', spec: { replicas: 1, template: template } };
local cronJob = { kind: 'CronJob', spec: { schedule: '* * * * *', jobTemplate: { spec: { template: template } } } };
local podTemplate = { kind: 'PodTemplate', template: template };
local pod = { kind: 'Pod', spec: podSpec };
local configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' }, data: { a: 'b' } };
local renamed(c) = c { image: 'renamed' };
`;

const BASES: Readonly<Record<string, string>> = {
  'apps.v1.daemonSet': 'workload',
  'apps.v1.deployment': 'workload',
  'apps.v1.replicaSet': 'workload',
  'apps.v1.statefulSet': 'workload',
  'batch.v1.cronJob': 'cronJob',
  'batch.v1.job': 'workload',
  'core.v1.pod': 'pod',
  'core.v1.podTemplate': 'podTemplate',
  'core.v1.replicationController': 'workload',
};

const MAP_CALLS: Readonly<Record<string, readonly string[]>> = {
  mapContainers: ['renamed', 'f=renamed, includeInitContainers=true', 'renamed, true'],
  mapContainersWithName: [
    "['b'], renamed",
    "names='a', f=renamed, includeInitContainers=true",
    "['b', 'i'], renamed, true",
    "['nobody'], renamed",
  ],
};

const MIXINS = "volumeMountMixin={ subPath: 's' }, volumeMixin={ secret+: { optional: true } }";

function mountCalls(positional: string, named: string): string[] {
  return [
    positional,
    `${positional}, { subPath: 's' }, { emptyDir+: { medium: 'Memory' } }, ['b'], true`,
    `${named}, ${MIXINS}, containers=['a', 'i'], includeInitContainers=true`,
    `${named}, containers='a'`,
  ];
}

const MOUNT_CALLS: Readonly<Record<string, readonly string[]>> = {
  configVolumeMount: mountCalls("'x', '/x'", "name='x', path='/x'"),
  configMapVolumeMount: mountCalls("configMap, '/x'", "configMap=configMap, path='/x'"),
  hostVolumeMount: mountCalls(
    "'x', '/h', '/x', true",
    "name='x', hostPath='/h', path='/x', readOnly=false",
  ),
  pvcVolumeMount: mountCalls("'x', '/x', true", "name='x', path='/x', readOnly=false"),
  secretVolumeMount: mountCalls("'x', '/x', 420", "name='x', path='/x'"),
  secretVolumeMountAnnotated: mountCalls("'x', '/x', 420", "name='x', path='/x'"),
  emptyVolumeMount: mountCalls("'x', '/x'", "name='x', path='/x'"),
  csiVolumeMount: mountCalls(
    "'x', '/x', 'd.example.com', { a: 'b' }",
    "name='x', path='/x', driver='d.example.com', volumeAttributes={}",
  ),
};

const OWN_CALLS: Readonly<Record<string, readonly string[]>> = {
  'apps.v1.daemonSet.new': [
    "'x'",
    "'x', [container], { a: 'b', name: 'y' }",
    "name='x', containers=container, podLabels={ a: 'b' }",
  ],
  'apps.v1.deployment.new': [
    "'x', 2, [container], { a: 'b', name: 'y' }",
    "'x', containers=[]",
    "name='x', replicas=null, containers=container, podLabels={ a: 'b' }",
  ],
  'apps.v1.statefulSet.new': [
    "'x', 2, [container], [{ metadata: { name: 'c' } }], { a: 'b', name: 'y' }",
    "'x', containers=[]",
    "name='x', replicas=0, containers=container, volumeClaims={ metadata: { name: 'c' } }, podLabels={ a: 'b' }",
  ],
  'autoscaling.v1.crossVersionObjectReference.withApiVersion': ["'apps/v1'", "apiversion='v1'"],
  'autoscaling.v2.crossVersionObjectReference.withApiVersion': ["'apps/v1'", "apiversion='v1'"],
  'autoscaling.v1.horizontalPodAutoscaler.spec.withScaleTargetRef': [
    'configMap',
    'object=configMap',
  ],
  'autoscaling.v2.horizontalPodAutoscaler.spec.withScaleTargetRef': [
    'configMap',
    'object=configMap',
  ],
  'batch.v1.cronJob.new': [
    "'x'",
    "'x', '0 * * * *', [container]",
    "name='x', schedule='0 * * * *', containers=container",
  ],
  'core.v1.configMap.new': ["'x'", "'x', { a: 'b' }", "name='x', data={}"],
  'core.v1.configMap.withData': ['{}', "{ a: 'b' }", "data={ a: 'b' }"],
  'core.v1.configMap.withDataMixin': ['{}', "{ a: 'b' }", "data={ a: 'b' }"],
  'core.v1.container.new': ["'a', 'b:1'", "image='b:1', name='a'"],
  'core.v1.container.withEnvMap': [
    "{ A: 'a', B: '', C: { fieldRef: { fieldPath: 'metadata.name' } } }",
    "env={ A: 'a' }",
    '{}',
  ],
  'core.v1.container.withEnvMixin': [
    "[{ name: 'A', value: 'a' }, { name: 'B', value: '' }, { name: 'C', valueFrom: {} }]",
    'env=[]',
  ],
  'core.v1.container.withResourcesLimits': ["'1', '1Gi'", 'cpu=1, memory=null', 'null, null'],
  'core.v1.container.withResourcesRequests': ["'1', '1Gi'", 'cpu=1, memory=null', 'null, null'],
  'core.v1.containerPort.new': ['80', 'containerPort=80'],
  'core.v1.containerPort.newNamed': ["80, 'http'", "name='http', containerPort=80"],
  'core.v1.containerPort.newNamedUDP': ["53, 'dns'", "name='dns', containerPort=53"],
  'core.v1.containerPort.newUDP': ['53', 'containerPort=53'],
  'core.v1.envVar.fromFieldPath': ["'A', 'metadata.name'", "name='A', fieldPath='metadata.name'"],
  'core.v1.envVar.fromSecretRef': [
    "'A', 'b', 'c'",
    "secretRefKey='c', secretRefName='b', name='A'",
  ],
  'core.v1.envVar.new': ["'A', 'a'", "value='', name='A'"],
  'core.v1.keyToPath.new': ["'a', 'b'", "path='b', key='a'"],
  'core.v1.list.new': ['[configMap]', 'items=configMap'],
  'core.v1.list.withItems': ['[configMap]', 'items=configMap'],
  'core.v1.persistentVolume.new': ['', "''", "name='x'"],
  'core.v1.secret.new': ["'x', { a: 'Yg==' }", "'x', {}, 'own'", "name='x', data={}, type='own'"],
  'core.v1.service.new': [
    "'x', { a: 'b' }, [{ port: 80 }]",
    "ports={ port: 80 }, selector={}, name='x'",
  ],
  'core.v1.service.newWithoutSelector': ["'x'", "name='x'"],
  'core.v1.servicePort.new': ["80, 'http'", 'targetPort=8080, port=80'],
  'core.v1.servicePort.newNamed': ["'http', 80, 'http'", "targetPort=8080, port=80, name='http'"],
  'core.v1.volume.fromConfigMap': [
    "'x', 'y'",
    "'x', 'y', [{ key: 'a', path: 'b' }]",
    "name='x', configMapName='y', configMapItems={ key: 'a', path: 'b' }",
  ],
  'core.v1.volume.fromCsi': [
    "'x', 'd.example.com'",
    "name='x', driver='d.example.com', volumeAttributes={ a: 'b' }",
  ],
  'core.v1.volume.fromEmptyDir': ["'x'", "'x', { medium: 'Memory' }", "name='x', emptyDir={}"],
  'core.v1.volume.fromHostPath': ["'x', '/y'", "name='x', hostPath='/y'"],
  'core.v1.volume.fromPersistentVolumeClaim': [
    "'x', 'y'",
    "name='x', claimName='y'",
    "name='x', emptyDir='y'",
    "'x', 'y', 'z'",
  ],
  'core.v1.volume.fromSecret': ["'x', 'y'", "name='x', secretName='y'"],
  'core.v1.volumeMount.new': [
    "'x', '/y'",
    "'x', '/y', true",
    "name='x', mountPath='/y', readOnly=false",
  ],
  'rbac.v1.clusterRoleBinding.bindRole': [...roleCalls()],
  'rbac.v1.roleBinding.bindRole': [...roleCalls()],
  'rbac.v1.subject.fromServiceAccount': [
    "{ metadata: { name: 'x', namespace: 'y' } }",
    "service_account={ metadata: { name: 'x', namespace: 'y' } }",
  ],
};

function roleCalls(): string[] {
  const role = (kind: string): string =>
    `{ apiVersion: 'rbac.authorization.k8s.io/v1', kind: '${kind}', metadata: { name: 'x' } }`;
  return [role('Role'), `role=${role('ClusterRole')}`];
}

/** The calls of a function that k8s-libsonnet has by hand; undefined for those that it generates. */
export function helperCalls(id: string): readonly HelperCall[] | undefined {
  const own = OWN_CALLS[id];
  if (own !== undefined) return own.map((args) => ({ args }));
  const dot = id.lastIndexOf('.');
  const base = BASES[id.slice(0, dot)];
  const name = id.slice(dot + 1);
  const calls = MAP_CALLS[name] ?? MOUNT_CALLS[name];
  if (base === undefined || calls === undefined) return undefined;
  return calls.map((args) => ({ args, base }));
}
