import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { printExplanation } from '../../lib/emit/explain/print-explanation.ts';
import { explain } from '../../lib/workflow/explain.ts';
import { importLibraries } from '../../lib/workflow/import.ts';
import { tankard, tankardJson } from '../cli/tankard.ts';
import { useImportedProject } from '../library/imported-project.ts';
import { makeProject } from '../tanka/project.ts';

const RULES = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: gateways.example.com }
spec:
  group: example.com
  scope: Cluster
  names: { kind: Gateway, plural: gateways }
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          required: [spec]
          properties:
            spec:
              type: object
              x-kubernetes-preserve-unknown-fields: true
              required: [size]
              properties:
                size: { type: integer, minimum: 1, maximum: 9, default: 3 }
                color: { type: string, pattern: '^#[0-9a-f]{6}$' }
                shares:
                  type: array
                  maxItems: 16
                  x-kubernetes-list-type: map
                  x-kubernetes-list-map-keys: [name]
                  items:
                    type: object
                    required: [name]
                    properties: { name: { type: string } }
              x-kubernetes-validations:
                - { rule: 'self.size > 1', message: size must be more than one }
`;

const project = useImportedProject(['k8s@1.34', 'istio', 'crd:crds'], {
  'crds/gateway.yaml': RULES,
});

async function textOf(path: string): Promise<string> {
  return printExplanation(await explain(path, { cwd: project.root }));
}

describe('tankard explain', () => {
  it('says what a field is and which functions set it', async () => {
    const { exitCode, stdout, stderr } = await tankard(
      ['explain', 'deployment.spec.strategy.type'],
      { cwd: project.root },
    );
    expect(stderr).toBe('');
    expect(stdout).toBe(`GROUP:      apps
KIND:       Deployment
VERSION:    v1
LIBRARY:    k8s-1.34    local k = import 'k.libsonnet';

FIELD: spec.strategy.type <string>
    one of: Recreate, RollingUpdate

DESCRIPTION:
    Type of deployment. Can be "Recreate" or "RollingUpdate". Default is
    RollingUpdate.

FUNCTIONS:
    k.apps.v1.deployment.spec.strategy.withType(type)
`);
    expect(exitCode).toBe(0);
  });

  it.each([
    ['deploy.spec.replicas', 'k.apps.v1.deployment.spec.withReplicas(replicas)'],
    ['Deployments.SPEC.Replicas', 'k.apps.v1.deployment.spec.withReplicas(replicas)'],
    ['apps/v1/deployment.spec.replicas', 'k.apps.v1.deployment.spec.withReplicas(replicas)'],
    ['k.apps.v1.deployment.spec.withReplicas', 'k.apps.v1.deployment.spec.withReplicas(replicas)'],
    ['v1/pod.spec.containers', 'k.core.v1.pod.spec.withContainersMixin(containers)'],
    ['container', 'k.core.v1.container.new(name, image)'],
    ['hpa.spec.scaleTargetRef', 'k.autoscaling.v2.horizontalPodAutoscaler.spec.scaleTargetRef'],
    ['istio/gateway.spec.servers', 'istio.networking.v1.gateway.spec.servers.new(port, hosts)'],
    ['gateway.spec.servers.hosts', 'istio.networking.v1.gateway.spec.servers.withHosts(hosts)'],
    ['example.com/gateway', 'crds.example.v1.gateway.new(name)'],
    ['persistentVolume.spec.local.path', "k.core.v1.persistentVolume.spec['local'].withPath(path)"],
    ['pod.spec.containers[0].image', 'k.core.v1.container.withImage(image)'],
    ['pod.spec.containers[].ports[1].name', 'k.core.v1.containerPort.withName(name)'],
    ['cm.data', 'k.core.v1.configMap.withData(data)'],
  ])('reads %s', async (path, call) => {
    expect(await textOf(path)).toContain(`    ${call}`);
  });

  it('lists what is required, the limits, the keys of a list and what CEL rules say', async () => {
    expect(await textOf('crds/gateway.spec')).toBe(`GROUP:      example.com
KIND:       Gateway
VERSION:    v1
SCOPE:      cluster, without a namespace
LIBRARY:    crds    local crds = import 'crds/main.libsonnet';

FIELD: spec <object> -required-
    open: fields that are not named here are kept
    rule: size must be more than one

FUNCTIONS:
    crds.example.v1.gateway.spec.withColor(color)
    crds.example.v1.gateway.spec.withShares(shares)
    crds.example.v1.gateway.spec.withSharesMixin(shares)
    crds.example.v1.gateway.spec.withSize(size)

FIELDS:
  color <string>

  shares <array of object>

  size <integer> -required-
`);
    expect(await textOf('crds/gateway.spec.size')).toContain('default: 3\n    range: 1 to 9\n');
    expect(await textOf('crds/gateway.spec.color')).toContain('pattern: ^#[0-9a-f]{6}$\n');
    expect(await textOf('crds/gateway.spec.shares')).toContain(
      'items: at most 16\n    one item for each: name\n',
    );
  });

  it('prefers the newest stable version, and names the others', async () => {
    const { version, others } = await explain('virtualservice', { cwd: project.root });
    expect(version).toBe('v1');
    expect(others).toEqual([
      'istio/networking/v1alpha3/virtualService',
      'istio/networking/v1beta1/virtualService',
    ]);
  });

  it('ends in what is recursive', async () => {
    const path = 'crd.spec.versions.schema.openAPIV3Schema.not.not.type';
    const { functions, type } = await explain(path, { cwd: project.root });
    expect([type, functions]).toEqual(['string', []]);
  });

  it.each([
    [
      'gateway.spec',
      /^gateway\.spec is in several groups: \S+ istio\/networking\.istio\.io\/v1\/gateway$/,
      /^Name one: `tankard explain crds\/example\.com\/v1\/gateway\.spec`\.$/,
    ],
    [
      'deployment.spec.stratgy',
      /^Deployment\.spec has no field stratgy$/,
      /^Did you mean strategy\?$/,
    ],
    ['deploiment', /^no kind is called deploiment in /, /^Did you mean [Dd]eployments?\?$/],
    ['deployment.spec.replicas.x', /^Deployment\.spec\.replicas has no fields$/, /^undefined$/],
  ])('refuses %j with what is near', async (path, message, hint) => {
    const failure = await explain(path, { cwd: project.root }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ kind: 'usage' });
    expect((failure as Error).message).toMatch(message);
    expect(String((failure as { hint?: string }).hint)).toMatch(hint);
  });

  it('exits 2 for a misspelt field, in text and in JSON', async () => {
    const { exitCode, stderr, json } = await tankardJson(['explain', 'pod.spec.continers'], {
      cwd: project.root,
    });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('Pod.spec has no field continers\nDid you mean containers?');
    expect(json).toMatchObject({ error: { kind: 'usage' } });
  });

  it.each(['', '..', '/', '[0]'])('says what a path is for %j', async (text) => {
    await expect(explain(text, { cwd: project.root })).rejects.toMatchObject({
      message: `the path ${JSON.stringify(text)} names no kind`,
      hint: expect.stringContaining('deployment.spec.strategy') as unknown,
    });
  });

  it('sets the values of a field apart from the names of fields', async () => {
    expect(await textOf('deployment.spec.strategy')).toContain(
      '  type <string>\n    one of: Recreate, RollingUpdate\n    Type of deployment.',
    );
  });

  it('looks in one library only when told to', async () => {
    const options = { cwd: project.root, library: 'crds' };
    expect(await explain('gateway', options)).toMatchObject({ library: 'crds', scope: 'cluster' });
    await expect(explain('gateway', { ...options, library: 'isto' })).rejects.toMatchObject({
      message: 'the library isto is not imported',
      hint: 'There is istio.',
    });
  });

  it('looks only in the library of --library', async () => {
    const run = (library: string) =>
      tankardJson(['explain', 'gateway', '--library', library], { cwd: project.root });
    expect((await run('crds')).json).toMatchObject({ explanation: { library: 'crds' } });
    expect((await run('istio')).json).toMatchObject({ explanation: { library: 'istio' } });
    const { exitCode, stderr } = await run('isto');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('the library isto is not imported\nThere is istio.');
  });

  it('says what to do where nothing is imported', async () => {
    const cwd = await makeProject({ 'jsonnetfile.json': '{}' });
    await expect(explain('pod', { cwd })).rejects.toMatchObject({
      message: 'nothing is imported',
      hint: 'Import a library first, such as `tankard import k8s@1.34`.',
    });
  });

  it('prefers the Kubernetes that k.libsonnet stands for', async () => {
    await importLibraries({ cwd: project.root, sources: [{ source: 'k8s@1.33' }] });
    const { library, others } = await explain('deployment', { cwd: project.root });
    expect([library, others]).toEqual(['k8s-1.34', ['k8s-1.33/apps/v1/deployment']]);
    const older = await explain('k8s-1.33/deployment', { cwd: project.root });
    expect(older.import).toBe("local k = import 'k8s-1.33/main.libsonnet';");
  });

  it("names the library itself where k.libsonnet is the user's own, or is missing", async () => {
    const alias = join(project.root, 'lib/k.libsonnet');
    const text = await readFile(alias, 'utf8');
    const wanted = "local k = import 'k8s-1.34/main.libsonnet';";
    const options = { cwd: project.root, library: 'k8s-1.34' };
    await writeFile(alias, "import 'mine.libsonnet'\n");
    expect((await explain('deployment', options)).import).toBe(wanted);
    await rm(alias);
    expect((await explain('deployment', options)).import).toBe(wanted);
    await writeFile(alias, text);
    expect((await explain('deployment', options)).import).toBe("local k = import 'k.libsonnet';");
  });
});
