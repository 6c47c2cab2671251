import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { makeLibraryProject } from './library-project.ts';
import { typedKubernetes } from './typed-library.ts';

const typed = await typedKubernetes('1.34');
const project = await makeLibraryProject({ typed: typed.folder });
afterAll(async () => {
  await project.remove();
  await typed.remove();
});

const LOCALS = `
local k = import 'typed/main.libsonnet';
local c = k.core.v1, d = k.apps.v1.deployment;
`;

/** Calls of helpers with a wrong argument, and what they say. */
const REFUSED: readonly (readonly [call: string, message: string])[] = [
  ['d.new(1, 1, [])', 'deployment.new: name must be a string, got number 1'],
  ["d.new('a', 1.5, [])", 'deployment.new: replicas must be an integer, got number 1.5'],
  [
    "d.new('a', 1, 'app')",
    'deployment.new: containers must be an object or an array of them, got string',
  ],
  ["d.new('a')", 'deployment.new: containers must be given'],
  [
    "d.new('a', 1, [], { tier: 1 })",
    'deployment.new: podLabels.tier must be a string, got number 1',
  ],
  ["d.new('a', 1, [{ nme: 'app' }])", '"nme"'],
  ["d.mapContainers('f')", 'deployment.mapContainers: f must be a function of a container, got'],
  [
    'd.mapContainersWithName(1, function(c) c)',
    'deployment.mapContainersWithName: names must be the name of a container or an array of names, got number 1',
  ],
  [
    "k.batch.v1.cronJob.hostVolumeMount('a', '/a', '/b', readOnly='yes')",
    'cronJob.hostVolumeMount: readOnly must be true or false, got string "yes"',
  ],
  [
    "d.secretVolumeMount('a', '/a', '0400')",
    'deployment.secretVolumeMount: defaultMode must be an integer, such as 256 for the octal 0400, got string "0400"',
  ],
  [
    "d.configMapVolumeMount({ kind: 'ConfigMap' }, '/a')",
    'deployment.configMapVolumeMount: configMap must be a ConfigMap with a name, got object',
  ],
  ["k.batch.v1.cronJob.new('a', 5, [])", 'cronJob.new: schedule must be a string, got number 5'],
  [
    "c.configMap.new('a', { port: 80 })",
    'configMap.new: data.port must be a string, got number 80',
  ],
  [
    "c.containerPort.new('80')",
    'containerPort.new: containerPort must be an integer, got string "80"',
  ],
  ["c.service.new('a', 'app', [])", 'service.new: selector must be an object, got string'],
  [
    "c.servicePort.newNamed('http', 80, true)",
    'servicePort.newNamed: targetPort must be an integer or a string, got boolean true',
  ],
  [
    "c.volume.fromPersistentVolumeClaim('a')",
    'volume.fromPersistentVolumeClaim: claimName must be the name of a claim, got string ""',
  ],
  [
    "c.volumeMount.new('a', '/a', 'true')",
    'volumeMount.new: readOnly must be true or false, got string "true"',
  ],
  [
    "k.rbac.v1.roleBinding.bindRole('admin')",
    'roleBinding.bindRole: role must be a Role or ClusterRole with a name, got string "admin"',
  ],
  [
    "k.rbac.v1.subject.fromServiceAccount({ metadata: { name: 'a' } })",
    'subject.fromServiceAccount: service_account must be a ServiceAccount with a name and a namespace, got object',
  ],
  [
    "k.autoscaling.v2.horizontalPodAutoscaler.spec.withScaleTargetRef({ kind: 'Deployment' })",
    'horizontalPodAutoscaler.spec.withScaleTargetRef: object must be a workload with apiVersion, kind and a name, got object',
  ],
];

/** Calls with a secret in the wrong place. */
const WITH_SECRETS = [
  "c.secret.new('a', 'hunter2')",
  "c.secret.new('a', { password: { value: 'hunter2' } })",
  "c.secret.new('a', ['hunter2'])",
  "c.envVar.new('PASSWORD', ['hunter2'])",
  "c.container.withEnvMap('hunter2')",
  "c.container.withEnvMap({ PASSWORD: ['hunter2'] })",
  "c.container.withEnvMixin('hunter2')",
  "c.list.new('hunter2')",
  "c.container.withEnv('hunter2')",
  "c.container.withEnv([{ name: 'a', valueFrom: 'hunter2' }])",
  "c.secret.new('a', { password: 'hunter2!' })",
  "c.secret.withStringData('hunter2')",
  "c.secret.withData({ password: 'hunter2!' })",
  "c.secret.fromObject('hunter2')",
  "c.secret.fromObject({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' }, data: 'hunter2' })",
];

describe('the helpers of k8s-libsonnet, typed', () => {
  it.each(REFUSED)('%s', async (call, message) => {
    const { error } = await project.evaluate(`${LOCALS}\n${call}`);
    expect(error).toContain(message);
    expect(error).toContain('program.jsonnet:5:');
  });

  it.each(WITH_SECRETS)('does not show the secret of %s', async (call) => {
    const { error } = await project.evaluate(`${LOCALS}${call}`);
    expect(error).toContain('must be');
    expect(error).not.toContain('hunter2');
  });
});

describe('the sources of the helpers', () => {
  const folder = path.join(import.meta.dirname, '..', '..', 'jsonnet', 'k8s-helpers');
  const ids = readdirSync(folder)
    .filter((name) => name.endsWith('.libsonnet') && name !== 'compat.libsonnet')
    .map((name) => name.slice(0, -'.libsonnet'.length));

  it('all stand in the library', async () => {
    const functions = ids.flatMap((id) =>
      [
        ...readFileSync(path.join(folder, `${id}.libsonnet`), 'utf8').matchAll(/^ {2}(\w+)\(/gmu),
      ].map(([, name = '']) => `k.${id}.${name}`),
    );
    const { value } = await project.evaluate(
      `${LOCALS}[${functions.map((name) => `std.isFunction(${name})`).join(', ')}]`,
    );
    expect(functions.length).toBeGreaterThan(100);
    expect(value).toEqual(functions.map(() => true));
  });

  it('give the same functions to all workloads', () => {
    const shared = (id: string): string[] => {
      const text = readFileSync(path.join(folder, `${id}.libsonnet`), 'utf8');
      const kind = id.split('.')[2] ?? '';
      const start = text.indexOf('  // Mounts the ConfigMap');
      return text.slice(start).replaceAll(`'${kind}`, "'KIND").replaceAll(id, 'ID').split('\n');
    };
    const workloads = ids.filter((id) =>
      /\.(?:daemonSet|deployment|replicaSet|statefulSet|job|cronJob)$/u.test(id),
    );
    expect(workloads).toHaveLength(6);
    for (const id of workloads) expect(shared(id)).toEqual(shared('apps.v1.deployment'));
  });
});

it('checks an argument when it is given: it cannot be read from the object that it goes into', async () => {
  const { error } = await project.evaluate(
    `${LOCALS}\n{ d: d.new('a', 1, []) + d.metadata.withLabels({ app: $.d.metadata.name }) }`,
  );
  expect(error).toContain('max stack frames exceeded');
});
