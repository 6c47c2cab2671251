import { expect, test, vi } from 'vitest';
import {
  DEFAULT_KUBERNETES,
  KUBERNETES_VERSIONS,
  openUpstream,
  type Upstream,
  type UpstreamSchema,
} from '../../lib/sources/upstream.ts';
import { OBJECT_META } from '../../lib/sources/upstream-schema.ts';

// The first run on a machine downloads the pinned modules.
vi.setConfig({ testTimeout: 600_000 });

const CORE = 'io.k8s.api.core.v1.';

interface Properties {
  readonly [name: string]: {
    readonly enum?: unknown;
    readonly items?: { readonly enum?: unknown };
  };
}

function propertiesOf(schema: UpstreamSchema, definition: string): Properties {
  return (schema.definitions[definition] as { properties: Properties }).properties;
}

async function schemaOf(
  upstream: Upstream,
  apiVersion: string,
  kind: string,
): Promise<UpstreamSchema> {
  const found = upstream.kind(apiVersion, kind);
  if (found === undefined) throw new Error(`no ${apiVersion} ${kind}`);
  return upstream.loadSchema(found);
}

async function podProperties(kubernetes: string, definition: string): Promise<string[]> {
  const schema = await schemaOf(await openUpstream({ kubernetes }), 'v1', 'Pod');
  return Object.keys(propertiesOf(schema, CORE + definition));
}

test('three minor versions differ by the fields that the newer ones know', async () => {
  expect(await podProperties('1.37', 'HTTPGetAction')).toContain('protocol');
  expect(await podProperties('1.36', 'HTTPGetAction')).not.toContain('protocol');
  expect(await podProperties('1.36', 'PodSpec')).toContain('schedulingGroup');
  expect(await podProperties('1.35', 'PodSpec')).not.toContain('schedulingGroup');
});

test.each(KUBERNETES_VERSIONS)(
  'Kubernetes %s has the enums that its published files lack',
  async (kubernetes) => {
    const upstream = await openUpstream({ kubernetes });
    const service = await schemaOf(upstream, 'v1', 'Service');
    expect(propertiesOf(service, `${CORE}ServiceSpec`)['type']?.enum).toEqual([
      'ClusterIP',
      'ExternalName',
      'LoadBalancer',
      'NodePort',
    ]);
    const claim = await schemaOf(upstream, 'v1', 'PersistentVolumeClaim');
    expect(
      propertiesOf(claim, `${CORE}PersistentVolumeClaimSpec`)['accessModes']?.items?.enum,
    ).toContain('ReadWriteOnce');
    const group = await schemaOf(upstream, 'apps/v1', 'DaemonSet');
    expect(propertiesOf(group, 'io.k8s.api.apps.v1.DaemonSetUpdateStrategy')['type']?.enum).toEqual(
      ['OnDelete', 'RollingUpdate'],
    );
  },
);

test('a kind has its scope, plural and origin', async () => {
  const upstream = await openUpstream();
  expect(upstream.kubernetes).toBe(DEFAULT_KUBERNETES);
  expect(upstream.kind('v1', 'Namespace')).toMatchObject({
    plural: 'namespaces',
    namespaced: false,
  });
  expect(upstream.kind('v1', 'ServiceAccount')).toEqual({
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    plural: 'serviceaccounts',
    namespaced: true,
    module: 'k8s.io/kubernetes',
    version: 'v1.37.0',
    dialect: 'kubernetes',
    schemaKey: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  expect(upstream.kind('cert-manager.io/v1', 'ClusterIssuer')).toMatchObject({
    plural: 'clusterissuers',
    namespaced: false,
    dialect: 'crd',
  });
});

test('kinds without a collection of their own are none', async () => {
  const upstream = await openUpstream();
  for (const [apiVersion, kind] of [
    ['v1', 'PodList'],
    ['v1', 'DeleteOptions'],
    ['autoscaling/v1', 'Scale'],
    ['policy/v1', 'Eviction'],
    ['authentication.k8s.io/v1', 'TokenRequest'],
  ] as const)
    expect(upstream.kind(apiVersion, kind), kind).toBeUndefined();
  // Not served by this version of the External Secrets Operator.
  expect(upstream.kind('external-secrets.io/v1beta1', 'ExternalSecret')).toBeUndefined();
});

test('every module brings its kinds', async () => {
  const kinds = (await openUpstream()).kinds();
  const names = kinds.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`);
  expect(names).toEqual([...names].sort());
  expect(names).toEqual([...new Set(names)]);
  for (const name of [
    'apps/v1 Deployment',
    'networking.istio.io/v1 Gateway',
    'networking.istio.io/v1beta1 Gateway',
    'bitnami.com/v1alpha1 SealedSecret',
    'cert-manager.io/v1 Certificate',
    'external-secrets.io/v1 ExternalSecret',
    'gateway.networking.k8s.io/v1 Gateway',
    'gateway.networking.k8s.io/v1 HTTPRoute',
    'gateway.networking.k8s.io/v1 ReferenceGrant',
  ])
    expect(names).toContain(name);
});

test('every schema is complete: what it refers to is among its definitions', async () => {
  const upstream = await openUpstream();
  for (const kind of upstream.kinds()) {
    const { root, definitions, dialect } = await upstream.loadSchema(kind);
    expect(dialect).toBe(kind.dialect);
    expect(Object.keys(root['properties'] ?? {}), kind.kind).not.toEqual([]);
    const text = JSON.stringify([root, definitions]);
    for (const [, name] of text.matchAll(/"\$ref":"#\/definitions\/([^"]+)"/g))
      expect(definitions).toHaveProperty([name!]);
    expect(text).not.toContain('#/components/');
  }
});

test('a custom resource has the metadata of the target version beside its schema', async () => {
  const gateway = await schemaOf(await openUpstream(), 'networking.istio.io/v1', 'Gateway');
  const pod = await schemaOf(await openUpstream(), 'v1', 'Pod');
  expect(gateway.definitions[OBJECT_META]).toEqual(pod.definitions[OBJECT_META]);
  expect(gateway.root).toHaveProperty(['properties', 'spec', 'properties', 'servers']);
});

test('a key changes with the kind and its schema, and only with them', async () => {
  const [old, middle, current] = await Promise.all(
    ['1.35', '1.36', '1.37'].map((kubernetes) => openUpstream({ kubernetes })),
  );
  const key = (upstream: Upstream | undefined, ...name: [string, string]): string | undefined =>
    upstream?.kind(...name)?.schemaKey;
  expect(key(old, 'v1', 'Pod')).not.toBe(key(middle, 'v1', 'Pod'));
  expect(key(middle, 'v1', 'Pod')).not.toBe(key(current, 'v1', 'Pod'));
  // The metadata, and so the check of a custom resource, is the same in 1.35 and 1.36, and another in 1.37.
  const gateway = ['networking.istio.io/v1', 'Gateway'] as const;
  expect(key(old, ...gateway)).toBe(key(middle, ...gateway));
  expect(key(middle, ...gateway)).not.toBe(key(current, ...gateway));
  // Their schemas are equal, but each is to be checked for its own apiVersion.
  expect(key(current, ...gateway)).not.toBe(key(current, 'networking.istio.io/v1beta1', 'Gateway'));
});

test('a version that is not known is refused, with those that are', async () => {
  await expect(openUpstream({ kubernetes: '1.12' })).rejects.toMatchObject({
    kind: 'usage',
    message: 'there are no schemas for Kubernetes "1.12"',
    hint: 'Known versions: 1.30, 1.31, 1.32, 1.33, 1.34, 1.35, 1.36, 1.37.',
  });
});
