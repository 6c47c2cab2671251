import { readdir } from 'node:fs/promises';
import { beforeAll, expect, test, vi } from 'vitest';
import type { ApiSchemas } from '../../lib/sources/api-schemas.ts';
import { parseImportSource } from '../../lib/sources/import-source.ts';
import type { LockedImport } from '../../lib/sources/locked-import.ts';
import { openImport } from '../../lib/sources/open-import.ts';
import { resolveImport } from '../../lib/sources/resolve-import.ts';
import { openUpstream } from '../../lib/sources/upstream.ts';
import { freshProject, goOffline, open, resolve } from './imports.ts';

// The first run on a machine downloads the pinned modules.
vi.setConfig({ testTimeout: 600_000 });

const project = freshProject();
const locked = new Map<string, LockedImport>();

const KINDS: { readonly [source: string]: readonly string[] } = {
  'k8s@1.30': ['apps/v1 Deployment', 'v1 Service', 'policy/v1 PodDisruptionBudget'],
  'k8s@1.37': ['apps/v1 Deployment', 'v1 Service', 'resource.k8s.io/v1 ResourceClaim'],
  istio: ['networking.istio.io/v1 Gateway', 'networking.istio.io/v1beta1 Gateway'],
  'cert-manager': ['cert-manager.io/v1 Certificate', 'acme.cert-manager.io/v1 Order'],
  'sealed-secrets': ['bitnami.com/v1alpha1 SealedSecret'],
  'external-secrets': ['external-secrets.io/v1 ExternalSecret'],
  'gateway-api': ['gateway.networking.k8s.io/v1 HTTPRoute'],
  flux: [
    'source.toolkit.fluxcd.io/v1 GitRepository',
    'helm.toolkit.fluxcd.io/v2 HelmRelease',
    'kustomize.toolkit.fluxcd.io/v1 Kustomization',
  ],
  'argo-cd': ['argoproj.io/v1alpha1 Application', 'argoproj.io/v1alpha1 AppProject'],
  'prometheus-operator': [
    'monitoring.coreos.com/v1 ServiceMonitor',
    'monitoring.coreos.com/v1alpha1 AlertmanagerConfig',
  ],
};

const SHARED = { root: '/' };

beforeAll(async () => {
  for (const source of Object.keys(KINDS))
    locked.set(source, await resolveImport(parseImportSource(source), SHARED));
});

function openShared(source: string): Promise<ApiSchemas> {
  return openImport(locked.get(source)!, SHARED);
}

test.each(Object.entries(KINDS))('%s has its kinds, and is read offline', async (source, kinds) => {
  goOffline();
  const { kinds: found } = await openShared(source);
  const names = found.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`);
  expect(names).toEqual(expect.arrayContaining([...kinds]));
  expect(names).toEqual([...new Set(names)].sort());
});

test.each(Object.keys(KINDS))('%s is complete: what it refers to is there', async (source) => {
  const { kinds, definitions } = await openShared(source);
  for (const { kind, schema, dialect } of kinds) {
    expect(dialect, kind).toBe(source.startsWith('k8s') ? 'kubernetes' : 'crd');
    if (dialect === 'kubernetes') expect(schema).toEqual({ $ref: expect.any(String) });
    else expect(Object.keys(schema['properties'] ?? {}), kind).not.toEqual([]);
  }
  const text = JSON.stringify([kinds, definitions]);
  for (const [, name] of text.matchAll(/"\$ref":"([^"]+)"/g))
    expect(definitions).toHaveProperty([name!.replace('#/definitions/', '')]);
});

test('Kubernetes has all its definitions, with the enums that its published files lack', async () => {
  const { definitions } = await openShared('k8s@1.30');
  // As many as in api/openapi-spec/swagger.json of v1.30.0.
  expect(Object.keys(definitions)).toHaveLength(626);
  expect(Object.keys(definitions)).toEqual(Object.keys(definitions).sort());
  expect(definitions['io.k8s.api.core.v1.ServiceSpec']).toHaveProperty('properties.type.enum', [
    'ClusterIP',
    'ExternalName',
    'LoadBalancer',
    'NodePort',
  ]);
  expect(definitions).toHaveProperty(['io.k8s.apimachinery.pkg.apis.meta.v1.APIGroupList']);
});

test.each(['k8s@1.30', 'k8s@1.37'])(
  'in %s options of requests stand for every group',
  async (source) => {
    const { definitions } = await openShared(source);
    const options = definitions['io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions'];
    const groups = options?.['x-kubernetes-group-version-kind'] as { group: string }[];
    expect(groups.map(({ group }) => group)).toEqual(expect.arrayContaining(['', 'apps', 'batch']));
  },
);

test('two minors stand side by side', async () => {
  const spec = 'io.k8s.api.core.v1.PodSpec';
  const [old, current] = [await openShared('k8s@1.30'), await openShared('k8s@1.37')];
  expect(current.definitions[spec]).toHaveProperty('properties.schedulingGroup');
  expect(old.definitions[spec]).not.toHaveProperty('properties.schedulingGroup');
});

test('what a project does not import is neither fetched for it nor known', async () => {
  goOffline();
  const modules = [...locked.get('flux')!.modules!, ...locked.get('prometheus-operator')!.modules!];
  const lock = { version: 1, modules } as const;
  const upstream = await openUpstream({ lock, directory: project.cache });
  expect(upstream.kinds()).toEqual([]);
  expect(await readdir(project.cache)).toEqual([]);
});

test.each([
  ['helm.toolkit.fluxcd.io/v2', 'HelmRelease'],
  ['monitoring.coreos.com/v1', 'ServiceMonitor'],
])('%s %s is known once it is imported, with the metadata of Kubernetes', async (...name) => {
  const imports = [locked.get('flux')!, locked.get('prometheus-operator')!];
  const upstream = await openUpstream({ imports, root: '/' });
  const found = upstream.kind(...name)!;
  expect(found).toMatchObject({ namespaced: true, dialect: 'crd' });
  const { definitions } = await upstream.loadSchema(found);
  expect(definitions).toHaveProperty(['io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta']);
});

test('an older minor that is imported does not change what manifests are validated for', async () => {
  const imports = [locked.get('k8s@1.30')!];
  const upstream = await openUpstream({ kubernetes: '1.37', imports, root: '/' });
  expect(upstream.kind('v1', 'Pod')?.version).toBe('v1.37.0');
});

test('a preset that the project pins in another version is read in that one alone', async () => {
  const istio = locked.get('istio')!;
  const [module] = istio.modules!;
  const directory = project.cache;
  goOffline();
  const imports = [{ ...istio, modules: [{ ...module!, version: 'v1.29.2' }] }];
  const lock = { version: 1, modules: [module!] } as const;
  await expect(openUpstream({ lock, directory, imports, root: '/' })).rejects.toMatchObject({
    kind: 'tool',
    message: expect.stringContaining('istio.io/api v1.29.2'),
  });
  expect(await readdir(directory)).toEqual([]);
});

test('a module that wants a newer Go than there is can be read all the same', async () => {
  // kustomize-controller v1.10.1 asks for Go 1.27.
  const flux = await resolve(project, 'flux');
  expect((await open(project, flux)).kinds.map(({ kind }) => kind)).toContain('Kustomization');
});
