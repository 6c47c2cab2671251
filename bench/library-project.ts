import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../scripts/steps.ts';
import { SPEC } from './spec.ts';

/** A Deployment, a Service and a ServiceAccount, as people write them with k8s-libsonnet; both libraries take it. */
const THREE = `local k = import 'LIBRARY/main.libsonnet';
local container = k.core.v1.container;
{
  deployment: k.apps.v1.deployment.new('app', 2, [
    container.new('app', 'nginx:1.29')
    + container.withPorts([k.core.v1.containerPort.new(80)])
    + container.resources.withLimits({ cpu: '500m', memory: '128Mi' }),
  ]),
  service: k.core.v1.service.new('app', { name: 'app' }, [k.core.v1.servicePort.new(80, 80)])
           + k.core.v1.service.spec.withType('ClusterIP'),
  serviceAccount: k.core.v1.serviceAccount.new('app')
                  + k.core.v1.serviceAccount.metadata.withLabels({ app: 'app' }),
}
`;

/** Two objects for each number. */
const MANY_TYPED = `local k = import 'k8s-1.30/main.libsonnet';
local container = k.core.v1.container;
[
  local name = 'app-' + i;
  [
    k.apps.v1.deployment.new(name, 2, [
      container.new('app', 'nginx:1.29')
      + container.withImagePullPolicy('Always')
      + container.withPorts([k.core.v1.containerPort.new(80)])
      + container.resources.withLimits({ cpu: '500m', memory: '128Mi' }),
    ]),
    k.core.v1.service.new(name, { name: name }, [k.core.v1.servicePort.new(80, 80)])
    + k.core.v1.service.spec.withType('ClusterIP'),
  ]
  for i in std.range(1, COUNT)
]
`;

const MANY_RAW = `[
  local name = 'app-' + i;
  [
    { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: name }, spec: {
      replicas: 2,
      selector: { matchLabels: { name: name } },
      template: { metadata: { labels: { name: name } }, spec: { containers: [
        { name: 'app', image: 'nginx:1.29', imagePullPolicy: 'Always', ports: [{ containerPort: 80 }], resources: { limits: { cpu: '500m', memory: '128Mi' } } },
      ] } },
    } },
    { apiVersion: 'v1', kind: 'Service', metadata: { name: name }, spec: {
      type: 'ClusterIP', selector: { name: name }, ports: [{ port: 80, targetPort: 80 }],
    } },
  ]
  for i in std.range(1, COUNT)
]
`;

/** Environments of the project, by what they are for. */
export const LIBRARY_ENVIRONMENTS = {
  typed: 'environments/typed',
  k8sLibsonnet: 'environments/k8s-libsonnet',
  manyTyped: 'environments/many-typed',
  manyRaw: 'environments/many-raw',
} as const;

/**
 * Writes a Tanka project that has the typed library of Kubernetes 1.30, k8s-libsonnet 1.30, and environments that render
 * the same with both, and with neither.
 *
 * @param root empty folder, absolute.
 * @param jpath folder with `k8s-libsonnet/1.30` and `doc-util`.
 */
export function writeLibraryProject(root: string, jpath: string): void {
  writeFileSync(path.join(root, 'jsonnetfile.json'), '{"version":1,"dependencies":[]}');
  importInto(root, 'k8s@1.30');
  // Beside vendor/, from which jb removes what it does not know.
  mkdirSync(path.join(root, 'lib'), { recursive: true });
  for (const name of ['k8s-libsonnet', 'doc-util'])
    symlinkSync(path.join(jpath, name), path.join(root, 'lib', name));
  const programs = {
    [LIBRARY_ENVIRONMENTS.typed]: THREE.replace('LIBRARY', 'k8s-1.30'),
    [LIBRARY_ENVIRONMENTS.k8sLibsonnet]: THREE.replace('LIBRARY', 'k8s-libsonnet/1.30'),
    [LIBRARY_ENVIRONMENTS.manyTyped]: MANY_TYPED.replace('COUNT', '1000'),
    [LIBRARY_ENVIRONMENTS.manyRaw]: MANY_RAW.replace('COUNT', '1000'),
  };
  for (const [environment, program] of Object.entries(programs)) {
    mkdirSync(path.join(root, environment), { recursive: true });
    writeFileSync(path.join(root, environment, 'spec.json'), SPEC);
    writeFileSync(path.join(root, environment, 'main.jsonnet'), program);
  }
}

/**
 * Writes a project that imports one source, whose schemas are in the cache afterwards.
 *
 * @returns what makes its library anew: the command, and what has to go before it.
 */
export function writeImportProject(
  root: string,
  source: string,
): { readonly argv: readonly string[]; readonly before: () => void } {
  mkdirSync(root, { recursive: true });
  writeFileSync(path.join(root, 'jsonnetfile.json'), '{"version":1,"dependencies":[]}');
  importInto(root, source);
  return {
    argv: [...TANKARD, 'import'],
    before: () => rmSync(path.join(root, '.tankard', 'libs'), { recursive: true }),
  };
}

const TANKARD = [process.execPath, path.join(ROOT, 'dist', 'cli', 'main.cjs')];

function importInto(root: string, source: string): void {
  const [node = '', ...args] = TANKARD;
  execFileSync(node, [...args, 'import', source], { cwd: root, stdio: 'ignore' });
}
