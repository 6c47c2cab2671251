import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../scripts/steps.ts';

/** How many environments share a library of their team. */
export const TEAM_SIZE = 20;
/** Objects that each environment renders. */
export const RESOURCES = 10;

/** What all environments import: names and labels, as one shared library of a company has them. */
const COMMON = `local k = import 'k.libsonnet';
{
  labels(app, team):: {
    'app.kubernetes.io/name': app,
    'app.kubernetes.io/managed-by': 'tanka',
    'example.com/team': team,
  },

  restricted(container)::
    container
    + k.core.v1.container.securityContext.withAllowPrivilegeEscalation(false)
    + k.core.v1.container.securityContext.withReadOnlyRootFilesystem(true)
    + k.core.v1.container.securityContext.withRunAsNonRoot(true)
    + k.core.v1.container.securityContext.capabilities.withDrop(['ALL']),

  readiness(port)::
    k.core.v1.container.readinessProbe.httpGet.withPath('/ready')
    + k.core.v1.container.readinessProbe.httpGet.withPort(port)
    + k.core.v1.container.readinessProbe.withPeriodSeconds(10),
}
`;

/** The library of one team, which its environments alone import. */
const team = (name: string): string => `{
  name: '${name}',
  registry: 'registry.example.com/${name}',
  budget: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } },
  loglevel: 'info',
}
`;

/** Ten objects as a service has them: APP, of TEAM. */
const ENVIRONMENT = `local common = import 'common.libsonnet';
local k = import 'k.libsonnet';
local team = import 'teams/TEAM.libsonnet';

local app = 'APP';
local namespace = 'APP';
local labels = common.labels(app, team.name);
local selector = { 'app.kubernetes.io/name': app };
local container = k.core.v1.container;
local containerPort = k.core.v1.containerPort;
local envVar = k.core.v1.envVar;
local deployment = k.apps.v1.deployment;
local configMap = k.core.v1.configMap;
local service = k.core.v1.service;
local servicePort = k.core.v1.servicePort;
local serviceAccount = k.core.v1.serviceAccount;
local hpa = k.autoscaling.v2.horizontalPodAutoscaler;
local metricSpec = k.autoscaling.v2.metricSpec;
local pdb = k.policy.v1.podDisruptionBudget;
local networkPolicy = k.networking.v1.networkPolicy;
local ingressRule = k.networking.v1.networkPolicyIngressRule;
local networkPolicyPort = k.networking.v1.networkPolicyPort;
local peer = k.networking.v1.networkPolicyPeer;
local role = k.rbac.v1.role;
local roleBinding = k.rbac.v1.roleBinding;
local policyRule = k.rbac.v1.policyRule;
local subject = k.rbac.v1.subject;

{
  namespace: k.core.v1.namespace.new(namespace)
             + k.core.v1.namespace.metadata.withLabels(labels),

  serviceAccount: serviceAccount.new(app)
                  + serviceAccount.metadata.withLabels(labels)
                  + serviceAccount.withAutomountServiceAccountToken(false),

  config: configMap.new(app + '-config', {
            'config.yaml': 'server:\\n  port: 8080\\n  timeout: 30s\\nlog:\\n  level: ' + team.loglevel + '\\n',
          })
          + configMap.metadata.withLabels(labels),

  deployment: deployment.new(app, 3, [
                common.restricted(
                  container.new(app, team.registry + '/' + app + ':1.27.3')
                  + container.withArgs(['--config=/etc/app/config.yaml', '--log-level=' + team.loglevel])
                  + container.withEnv([
                    envVar.new('MODE', 'production'),
                    envVar.fromFieldPath('POD_NAME', 'metadata.name'),
                  ])
                  + container.withPorts([
                    containerPort.newNamed(8080, 'http'),
                    containerPort.newNamed(9090, 'metrics'),
                  ])
                  + container.resources.withRequests(team.budget.requests)
                  + container.resources.withLimits(team.budget.limits)
                  + container.withVolumeMounts([k.core.v1.volumeMount.new('config', '/etc/app')])
                  + common.readiness('http')
                ),
              ], selector)
              + deployment.metadata.withLabels(labels)
              + deployment.spec.template.spec.withServiceAccountName(app)
              + deployment.spec.template.spec.withVolumes([
                k.core.v1.volume.fromConfigMap('config', app + '-config'),
              ]),

  service: service.new(app, selector, [
             servicePort.newNamed('http', 80, 'http'),
             servicePort.newNamed('metrics', 9090, 'metrics'),
           ])
           + service.metadata.withLabels(labels),

  hpa: hpa.new(app)
       + hpa.metadata.withLabels(labels)
       + hpa.spec.withMinReplicas(3)
       + hpa.spec.withMaxReplicas(10)
       + hpa.spec.scaleTargetRef.withApiVersion('apps/v1')
       + hpa.spec.scaleTargetRef.withKind('Deployment')
       + hpa.spec.scaleTargetRef.withName(app)
       + hpa.spec.withMetrics([
         metricSpec.withType('Resource')
         + metricSpec.resource.withName('cpu')
         + metricSpec.resource.target.withType('Utilization')
         + metricSpec.resource.target.withAverageUtilization(70),
       ]),

  pdb: pdb.new(app)
       + pdb.metadata.withLabels(labels)
       + pdb.spec.withMinAvailable(2)
       + pdb.spec.selector.withMatchLabels(selector),

  networkPolicy: networkPolicy.new(app)
                 + networkPolicy.metadata.withLabels(labels)
                 + networkPolicy.spec.podSelector.withMatchLabels(selector)
                 + networkPolicy.spec.withPolicyTypes(['Ingress'])
                 + networkPolicy.spec.withIngress([
                   ingressRule.withFrom([peer.namespaceSelector.withMatchLabels({ 'example.com/team': team.name })])
                   + ingressRule.withPorts([
                     networkPolicyPort.withPort(8080) + networkPolicyPort.withProtocol('TCP'),
                   ]),
                 ]),

  role: role.new(app)
        + role.metadata.withLabels(labels)
        + role.withRules([
          policyRule.withApiGroups([''])
          + policyRule.withResources(['configmaps'])
          + policyRule.withVerbs(['get', 'list', 'watch']),
          policyRule.withApiGroups(['coordination.k8s.io'])
          + policyRule.withResources(['leases'])
          + policyRule.withVerbs(['get', 'create', 'update']),
        ]),

  roleBinding: roleBinding.new(app)
               + roleBinding.metadata.withLabels(labels)
               + roleBinding.roleRef.withApiGroup('rbac.authorization.k8s.io')
               + roleBinding.roleRef.withKind('Role')
               + roleBinding.roleRef.withName(app)
               + roleBinding.withSubjects([
                 subject.withKind('ServiceAccount')
                 + subject.withName(app)
                 + subject.withNamespace(namespace),
               ]),
}
`;

/** What the environments of a project are written with. */
export type ScaleLibrary = 'typed' | 'k8s-libsonnet';

/** Path of an environment in the project, by its number from 0. */
export function scaleEnvironment(index: number): string {
  return `environments/${nameOf(index)}`;
}

/** Path of the library that environment 0 and its team import, and no others. */
export const TEAM_LIBRARY = `lib/teams/${teamOf(0)}.libsonnet`;

/**
 * Writes a Tanka project of environments with ten objects each. The programs are the same with both libraries, but for one line
 * of `lib/k.libsonnet`, and so is what they render.
 *
 * @param root folder that is made, absolute.
 * @param jpath folder with `k8s-libsonnet/1.30` and `doc-util`.
 */
export function writeScaleProject(
  root: string,
  library: ScaleLibrary,
  { count, jpath }: { readonly count: number; readonly jpath: string },
): void {
  const write = (file: string, text: string): void => {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  };
  write('jsonnetfile.json', '{"version":1,"dependencies":[]}');
  // tk then looks no further for the root: else it reads every folder above, which may be as large as /tmp.
  write('tkrc.yaml', '');
  write('tankard.yaml', "kubernetes: '1.30'\n");
  write('lib/common.libsonnet', COMMON);
  if (library === 'typed') {
    const args = [path.join(ROOT, 'dist', 'cli', 'main.cjs'), 'import', 'k8s@1.30'];
    execFileSync(process.execPath, args, { cwd: root, stdio: 'ignore' });
    write('lib/k.libsonnet', "import 'k8s-1.30/main.libsonnet'\n");
  } else {
    for (const name of ['k8s-libsonnet', 'doc-util'])
      symlinkSync(path.join(jpath, name), path.join(root, 'lib', name));
    write('lib/k.libsonnet', "import 'k8s-libsonnet/1.30/main.libsonnet'\n");
  }
  for (let index = 0; index < count; index += 1) {
    const name = nameOf(index);
    const owner = teamOf(index);
    if (index % TEAM_SIZE === 0) write(`lib/teams/${owner}.libsonnet`, team(owner));
    write(
      `${scaleEnvironment(index)}/main.jsonnet`,
      ENVIRONMENT.replaceAll('APP', name).replaceAll('TEAM', owner),
    );
    write(`${scaleEnvironment(index)}/spec.json`, specOf(name));
  }
}

function nameOf(index: number): string {
  return `service-${String(index).padStart(5, '0')}`;
}

function teamOf(index: number): string {
  return `team-${String(Math.floor(index / TEAM_SIZE)).padStart(3, '0')}`;
}

function specOf(namespace: string): string {
  return JSON.stringify({
    apiVersion: 'tanka.dev/v1alpha1',
    kind: 'Environment',
    metadata: { name: `environments/${namespace}` },
    spec: { apiServer: 'https://127.0.0.1:6443', namespace, injectLabels: true },
  });
}
