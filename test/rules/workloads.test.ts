import { describe, expect, test } from 'vitest';
import { parseManifests } from '../../lib/manifest/parse-manifests.ts';
import { RenderedObjects } from '../../lib/validate/rendered/rendered-objects.ts';
import { RULES } from '../../lib/validate/rules/index.ts';
import { ALL_CASES } from './cases/all.ts';
import { container, deployment, object, statefulSet, template } from './cases/case.ts';
import { findingsIn } from './findings-in.ts';

const CASES = Object.entries(ALL_CASES);

async function codesIn(yaml: string): Promise<string[]> {
  return (await findingsIn(yaml)).map(({ code }) => code);
}

describe('what the API server refuses', () => {
  const wrong = CASES.flatMap(([code, cases]) =>
    Object.entries(cases.wrong).map(([name, yaml]) => ({ code, name, yaml })),
  );
  test.each(wrong)('$code: $name', async ({ code, yaml }) => {
    const errors = (await findingsIn(yaml)).filter(({ severity }) => severity === 'error');
    // Of keys that come twice the schema speaks, and the rule is silent then.
    const found = errors.map((error) => error.code);
    expect(found.some((each) => each === code || each.startsWith('schema/'))).toBe(true);
    // The place is in the object, or it is what is missing there.
    for (const { path } of errors) expect(path?.length).toBeGreaterThan(0);
  });
});

describe('what the API server takes', () => {
  const right = CASES.flatMap(([code, cases]) =>
    Object.entries(cases.right).map(([name, yaml]) => ({ code, name, yaml })),
  );
  test.each(right)('$code: $name', async ({ yaml }) => {
    const errors = (await findingsIn(yaml)).filter(({ severity }) => severity === 'error');
    expect(errors).toEqual([]);
  });
});

const SERVICE = object('v1/Service', 'spec: {selector: {app: a}, ports: [{port: 80}]}');

function service(spec: string, namespace = 'shop'): string {
  return object('v1/Service', `spec: {${spec}}`).replace(
    'namespace: shop',
    `namespace: ${namespace}`,
  );
}

function join(...documents: readonly string[]): string {
  return documents.join('---\n');
}

function autoscaler(name: string, target: string, namespace = 'shop'): string {
  const reference = `{apiVersion: apps/v1, kind: Deployment, name: ${target}}`;
  return object(
    'autoscaling/v2/HorizontalPodAutoscaler',
    `spec: {maxReplicas: 2, scaleTargetRef: ${reference}}`,
    name,
  ).replace('namespace: shop', `namespace: ${namespace}`);
}

function ingress(backend: string): string {
  return object('networking.k8s.io/v1/Ingress', `spec: {defaultBackend: {service: {${backend}}}}`);
}

function binding(kind: string, name: string): string {
  const roleRef = `{apiGroup: rbac.authorization.k8s.io, kind: ${kind}, name: ${name}}`;
  return object('rbac.authorization.k8s.io/v1/RoleBinding', `roleRef: ${roleRef}`);
}

function budget(labels: string): string {
  return object(
    'policy/v1/PodDisruptionBudget',
    `spec: {minAvailable: 1, selector: {matchLabels: {${labels}}}}`,
  );
}

const WITH_PORT = deployment('', template('', 'ports: [{name: http, containerPort: 8080}]'));

describe('what refers to something else', () => {
  test.each<[string, string, readonly string[]]>([
    [
      'a Service with the value of another',
      join(deployment(''), service('selector: {app: b}, ports: [{port: 80}]')),
      ['workloads/service-selector'],
    ],
    [
      'a Service in another namespace',
      join(deployment(''), service('selector: {app: a}, ports: [{port: 80}]', 'other')),
      ['workloads/service-selector'],
    ],
    [
      'a label too many',
      join(deployment(''), service('selector: {app: a, tier: b}, ports: [{port: 80}]')),
      ['workloads/service-selector'],
    ],
    [
      'a port by name that there is not',
      join(WITH_PORT, service('selector: {app: a}, ports: [{port: 80, targetPort: web}]')),
      ['workloads/service-target-port'],
    ],
    [
      'a port of another protocol',
      join(
        WITH_PORT,
        service('selector: {app: a}, ports: [{port: 80, targetPort: http, protocol: UDP}]'),
      ),
      ['workloads/service-target-port'],
    ],
    [
      'an Ingress without its Service',
      ingress('name: a, port: {number: 80}'),
      ['workloads/ingress-backend'],
    ],
    [
      'an Ingress with the port of the container',
      join(SERVICE, ingress('name: a, port: {number: 8080}')),
      ['workloads/ingress-backend-port'],
    ],
    [
      'an Ingress with a port by a name',
      join(SERVICE, ingress('name: a, port: {name: http}')),
      ['workloads/ingress-backend-port'],
    ],
    ['an autoscaler without its target', autoscaler('a', 'b'), ['workloads/autoscaler-target']],
    [
      'an autoscaler in another namespace',
      join(deployment(''), autoscaler('a', 'a', 'other')),
      ['workloads/autoscaler-target'],
    ],
    [
      'two autoscalers',
      join(deployment(''), autoscaler('a', 'a'), autoscaler('b', 'a')),
      ['workloads/autoscaler-conflict'],
    ],
    [
      'a budget for nothing',
      join(deployment(''), budget('app: b')),
      ['workloads/disruption-budget-unmatched'],
    ],
    [
      'a StatefulSet without its Service',
      statefulSet('serviceName: a'),
      ['workloads/governing-service'],
    ],
    ['a Role that is nowhere', binding('Role', 'b'), ['workloads/role-missing']],
    ['a ClusterRole that is nowhere', binding('ClusterRole', 'b'), ['workloads/role-missing']],
    [
      'a probe of no port',
      container('livenessProbe: {httpGet: {port: http}}'),
      ['workloads/probe'],
    ],
    [
      'root that must not be',
      container('securityContext: {runAsUser: 0}', 'securityContext: {runAsNonRoot: true}'),
      ['workloads/run-as-root'],
    ],
  ])('%s is found', async (_name, yaml, codes) => {
    expect(await codesIn(yaml)).toEqual(codes);
  });

  test.each<[string, string]>([
    [
      'a Service whose Pods are elsewhere',
      service('selector: {app.kubernetes.io/instance: operator}, ports: [{port: 80}]'),
    ],
    [
      'a Service with other labels than all Pods',
      join(deployment(''), service('selector: {istio: gateway}, ports: [{port: 80}]')),
    ],
    ['a Service without a selector', join(deployment(''), service('ports: [{port: 80}]'))],
    [
      'a number that no container names',
      join(deployment(''), service('selector: {app: a}, ports: [{port: 80, targetPort: 9090}]')),
    ],
    [
      'a port of a custom kind',
      join(
        'apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: {name: a, namespace: shop}\nspec: {template: {metadata: {labels: {app: a}}, spec: {containers: [{name: a}]}}}\n',
        SERVICE,
      ),
    ],
    [
      'the port of an init container that runs on',
      join(
        deployment(
          '',
          template(
            'initContainers: [{name: i, image: b, restartPolicy: Always, ports: [{name: web, containerPort: 1}]}]',
          ),
        ),
        service('selector: {app: a}, ports: [{port: 80, targetPort: web}]'),
      ),
    ],
    ['an Ingress to a port by its number', join(SERVICE, ingress('name: a, port: {number: 80}'))],
    [
      'two autoscalers of two workloads',
      join(
        deployment(''),
        deployment('').replace('name: a,', 'name: b,'),
        autoscaler('a', 'a'),
        autoscaler('b', 'b'),
      ),
    ],
    ['a budget without Pods', budget('app: b')],
    [
      'a budget for Pods with other labels than all that are rendered',
      join(deployment(''), budget('app.kubernetes.io/name: prometheus')),
    ],
    [
      'an action of the AWS Load Balancer Controller',
      ingress('name: ssl-redirect, port: {name: use-annotation}'),
    ],
    [
      'an action that has the name of a Service',
      join(SERVICE, ingress('name: a, port: {name: use-annotation}')),
    ],
    ['a role of each cluster', binding('ClusterRole', 'view')],
    ['another role of each cluster', binding('ClusterRole', '"system:auth-delegator"')],
    [
      'a user of its own',
      container(
        'securityContext: {runAsUser: 1000}',
        'securityContext: {runAsNonRoot: true, runAsUser: 0}',
      ),
    ],
    [
      'a container that may be root',
      container(
        'securityContext: {runAsNonRoot: false, runAsUser: 0}',
        'securityContext: {runAsNonRoot: true}',
      ),
    ],
  ])('%s is let be', async (_name, yaml) => {
    const codes = await codesIn(yaml);
    expect(codes.filter((code) => code.startsWith('workloads/'))).toEqual([]);
  });

  test('nothing is said of what is not there when only a part was rendered', async () => {
    const found = await findingsIn(
      join(ingress('name: a, port: {number: 80}'), autoscaler('a', 'b')),
      {
        isPartial: true,
      },
    );
    expect(found).toEqual([]);
  });

  test('the template of a custom kind is for its controller to check', async () => {
    const rollout =
      'apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: {name: a, namespace: shop}\n' +
      'spec: {template: {spec: {restartPolicy: Never, containers: [{name: A_b}]}}}\n';
    const codes = await codesIn(rollout);
    expect(codes.filter((code) => code.startsWith('workloads/'))).toEqual([]);
  });
});

describe('messages', () => {
  test.each([
    ['an Ingress', ingress('name: a, port: {number: 80}')],
    ['an autoscaler', autoscaler('a', 'b')],
    ['a StatefulSet', statefulSet('serviceName: a')],
    [
      'a Service',
      join(deployment(''), service('selector: {app: a, tier: b}, ports: [{port: 80}]')),
    ],
    ['a budget', join(deployment(''), budget('app: b'))],
  ])('%s that refers to what may be elsewhere can be accepted', async (_name, yaml) => {
    const [found] = await findingsIn(yaml);
    expect(found?.hint).toMatch(/accept this finding\.$/);
  });

  test('a misspelt volume names the one that was meant', async () => {
    const [found] = await findingsIn(
      container('volumeMounts: [{name: setings, mountPath: /a}]', 'volumes: [{name: settings}]'),
    );
    expect(found).toMatchObject({
      path: ['spec', 'containers', 0, 'volumeMounts', 0, 'name'],
      fault: 'value',
      value: 'setings',
      hint: 'Did you mean settings?',
    });
  });

  test('what is missing is named by its own path', async () => {
    const [found] = await findingsIn(
      deployment(
        '',
        'template: {metadata: {labels: {}}, spec: {containers: [{name: a, image: b}]}}',
      ),
    );
    expect(found).toMatchObject({
      code: 'workloads/selector-mismatch',
      path: ['spec', 'template', 'metadata', 'labels', 'app'],
      fault: 'missing',
    });
  });

  test('the value of a variable is never shown', async () => {
    const secret = 'hunter2-hunter2';
    const from = 'valueFrom: {fieldRef: {fieldPath: metadata.name}}';
    const found = await findingsIn(container(`env: [{name: A, value: ${secret}, ${from}}]`));
    expect(found.map(({ code }) => code)).toEqual(['workloads/env']);
    expect(JSON.stringify(found)).not.toContain(secret);
  });
});

describe('values of any type', () => {
  const STRANGE: readonly unknown[] = [
    null,
    0,
    -1.5,
    '',
    'a',
    true,
    [],
    {},
    [null],
    [[]],
    { a: null },
  ];

  /** Calls `visit` once for each place below, with another value there. */
  function eachChanged(at: unknown, visit: () => void): void {
    if (typeof at !== 'object' || at === null) return;
    const holder = at as Record<string, unknown>;
    for (const key of Object.keys(holder)) {
      const before = holder[key];
      for (const strange of STRANGE) {
        holder[key] = strange;
        visit();
      }
      holder[key] = before;
      eachChanged(before, visit);
    }
  }

  test.each(CASES)('a rule does not stumble over them: %s', (code, cases) => {
    const rule = RULES.find((each) => each.code === code);
    for (const yaml of Object.values(cases.wrong)) {
      const [manifest] = parseManifests(yaml);
      if (manifest === undefined) continue;
      eachChanged(manifest.value, () => {
        const found = rule?.check(new RenderedObjects([manifest])) ?? [];
        // No rule of this area waits for anything.
        Array.from(found as Iterable<unknown>);
      });
    }
    expect(rule).toBeDefined();
  });
});
