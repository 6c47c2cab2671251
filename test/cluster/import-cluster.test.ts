import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { loadAll } from 'js-yaml';
import { parse, stringify } from 'yaml';
import { beforeAll, expect, it } from 'vitest';
import type { Failure } from '../../lib/finding/failure.ts';
import { type ClusterSchemas, fetchClusterSchemas } from '../../lib/sources/cluster-openapi.ts';
import { type ClusterKind, reduceCluster } from '../../lib/sources/reduce-cluster.ts';
import { openUpstream } from '../../lib/sources/upstream.ts';
import { type JsonSchema, OBJECT_META } from '../../lib/sources/upstream-schema.ts';
import type { ApiServer } from './api-server.ts';
import { describeCluster } from './describe-cluster.ts';

/** A schema whose places are looked into without checking each. */
interface Deep {
  readonly [keyword: string]: Deep;
}

interface Crd {
  readonly spec: {
    readonly versions: readonly { readonly schema: { readonly openAPIV3Schema: Deep } }[];
  };
}

describeCluster('import of a live cluster', (server) => {
  let crds: readonly Crd[] = [];
  let schemas: ClusterSchemas;
  let kinds: readonly ClusterKind[] = [];
  let objectMeta: JsonSchema | undefined;
  let definitions: readonly string[] = [];

  beforeAll(async () => {
    const text = await readFile(path.join(import.meta.dirname, 'crds.yaml'), 'utf8');
    crds = loadAll(text) as Crd[];
    await server().applyManifests(text);
    schemas = await fetchClusterSchemas({ kubeconfig: server().kubeconfig });
    const texts = [...schemas.documents.values()].map((bytes) => bytes.toString('utf8'));
    const reduction = reduceCluster(texts);
    definitions = Object.keys(reduction.definitions ?? {});
    kinds = reduction.kinds;
    objectMeta = reduction.objectMeta?.root;
  }, 120_000);

  const find = (apiVersion: string, kind: string): ClusterKind => {
    const found = kinds.find((each) => each.apiVersion === apiVersion && each.kind === kind);
    if (found === undefined) throw new Error(`there is no ${kind} in ${apiVersion}`);
    return found;
  };

  it('says which cluster it is, and gives one document a group and version', () => {
    expect(schemas).toMatchObject({ server: server().url, context: 'test', version: 'v1.36.3' });
    const names = [...schemas.documents.keys()];
    expect(names).toEqual(names.toSorted());
    expect(names).toEqual(
      expect.arrayContaining([
        'api__v1_openapi.json',
        'apis__apps__v1_openapi.json',
        'apis__demo.example.com__v1_openapi.json',
        'apis__demo.example.com__v1alpha1_openapi.json',
        'apis__demo.x.k8s.io__v1beta1_openapi.json',
        'apis__networking.k8s.io__v1_openapi.json',
      ]),
    );
    // Discovery and what is no API of objects has documents, too.
    expect(names.filter((name) => !/^(api|apis__[^_]+)__v\w+_openapi\.json$/.test(name))).toEqual(
      [],
    );
  });

  it('gives the same bytes again, and says what it reads', async () => {
    const lines: string[] = [];
    const again = await fetchClusterSchemas({
      kubeconfig: server().kubeconfig,
      context: 'test',
      onProgress: (line) => lines.push(line),
    });
    const files = ({ documents }: ClusterSchemas) =>
      [...documents].map(([name, bytes]) => [name, bytes.toString('base64')]);
    // As text: comparing six million bytes one by one takes half a minute.
    expect(files(again)).toEqual(files(schemas));
    expect(lines).toEqual([
      `reading ${schemas.documents.size} API groups and versions of test (${server().url}, Kubernetes v1.36.3)`,
    ]);
  });

  it('has the kinds of Kubernetes, with their enums', () => {
    const service = find('v1', 'Service');
    expect(service).toMatchObject({ plural: 'services', namespaced: true, dialect: 'kubernetes' });
    const spec = service.schema.definitions['io.k8s.api.core.v1.ServiceSpec'] as Deep | undefined;
    expect(spec?.['properties']?.['type']?.['enum']).toEqual([
      'ClusterIP',
      'ExternalName',
      'LoadBalancer',
      'NodePort',
    ]);
    expect(service.definition).toBe('io.k8s.api.core.v1.Service');
    expect(find('v1', 'Namespace').namespaced).toBe(false);
    expect(find('apps/v1', 'Deployment').dialect).toBe('kubernetes');
    const ownKinds = kinds.filter(({ apiVersion }) => !apiVersion.startsWith('demo.'));
    expect(new Set(ownKinds.map(({ dialect }) => dialect))).toEqual(new Set(['kubernetes']));
    expect(definitions).toEqual(
      expect.arrayContaining(ownKinds.map(({ definition }) => definition)),
    );
    expect(definitions.filter((name) => /^com\.example|^io\.k8s\.x\./.test(name))).toEqual([]);
    expect(ownKinds.length).toBeGreaterThan(60);
    expect(objectMeta).toHaveProperty(['properties', 'annotations', 'additionalProperties']);
  });

  it('has for each kind of Kubernetes what its module and the overlay of enums give', async () => {
    const upstream = await openUpstream({ kubernetes: '1.36' });
    const different: string[] = [];
    for (const { apiVersion, kind, schema } of kinds.filter(({ dialect }) => dialect !== 'crd')) {
      const known = upstream.kind(apiVersion, kind);
      const pinned = known === undefined ? undefined : await upstream.loadSchema(known);
      const [ours, theirs] = [pinned, schema].map((each) => [each?.root, each?.definitions]);
      if (withoutDescriptions(ours) !== withoutDescriptions(theirs)) different.push(kind);
    }
    expect(different).toEqual([]);
  });

  it('has the kinds of CRDs in every version that is served, with their scope', () => {
    const custom = kinds.filter(({ dialect }) => dialect === 'crd');
    expect(custom.map(({ schema: _schema, ...kind }) => kind)).toEqual([
      {
        apiVersion: 'demo.example.com/v1',
        kind: 'Probe',
        plural: 'probes',
        namespaced: true,
        dialect: 'crd',
      },
      {
        apiVersion: 'demo.example.com/v1alpha1',
        kind: 'Probe',
        plural: 'probes',
        namespaced: true,
        dialect: 'crd',
      },
      {
        apiVersion: 'demo.x.k8s.io/v1beta1',
        kind: 'Gauge',
        plural: 'gauges',
        namespaced: false,
        dialect: 'crd',
      },
    ]);
  });

  it('keeps every keyword of a CRD, and adds what the server does to it', () => {
    const written = crds[0]?.spec.versions[0]?.schema.openAPIV3Schema['properties']?.['spec'];
    const { root, definitions: reached } = find('demo.example.com/v1', 'Probe').schema;
    const published = root as Deep;
    expect(published['properties']?.['spec']).toEqual({
      ...written,
      properties: {
        ...written?.['properties'],
        port: {
          'x-kubernetes-int-or-string': true,
          anyOf: [{ type: 'integer' }, { type: 'string' }],
        },
        resource: {
          ...written?.['properties']?.['resource'],
          required: ['kind', 'apiVersion'],
          properties: expect.objectContaining({ metadata: expect.anything() }),
        },
      },
    });
    expect(published['required']).toEqual(['spec']);
    expect(published['description']).toBe('A probe.');
    // What the CRD itself says of names is the only thing that is not published.
    expect(published['properties']?.['metadata']?.['allOf']).toEqual([
      { $ref: `#/definitions/${OBJECT_META}` },
    ]);
    expect(published['properties']?.['metadata']).not.toHaveProperty('properties');
    expect(reached).toHaveProperty([OBJECT_META]);
    expect(find('demo.example.com/v1alpha1', 'Probe').schema.root).toMatchObject({
      'x-kubernetes-preserve-unknown-fields': true,
    });
  });

  it.each([
    [
      'a wrong token',
      { user: { token: 'not-this-one' } },
      'refused the credentials of the user test (401)',
    ],
    [
      'a user who may not',
      { user: { as: 'system:anonymous' } },
      'does not let the user test read /openapi/v3 (403)',
    ],
    [
      'no certificate of the authority',
      { cluster: { 'certificate-authority': undefined } },
      /: .+ \((SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_VERIFY_LEAF_SIGNATURE|DEPTH_ZERO_SELF_SIGNED_CERT)\)$/,
    ],
    [
      'another name',
      { cluster: { 'tls-server-name': 'other.example.com' } },
      ': its certificate is for another name (ERR_TLS_CERT_ALTNAME_INVALID)',
    ],
  ])('names the reason: %s', async (name, change, problem) => {
    const kubeconfig = await changedKubeconfig(server(), name, change);
    const error = (await fetchClusterSchemas({ kubeconfig }).catch((reason) => reason)) as Failure;
    expect(error.message).toMatch(problem);
    expect(error.message).toContain(server().url);
    expect(`${error.message} ${error.hint}`).not.toContain('not-this-one');
    expect(error.exitCode).toBe(4);
  });
});

/** As text, with sorted keys; a server also lists the values of an enum in the description. */
function withoutDescriptions(schema: unknown): string {
  return JSON.stringify(schema, (_key, value: unknown) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    const entries = Object.entries(value).filter(
      ([key, inner]) => key !== 'description' || typeof inner !== 'string',
    );
    return Object.fromEntries(entries.sort(([left], [right]) => (left < right ? -1 : 1)));
  });
}

interface Change {
  readonly cluster?: object;
  readonly user?: object;
}

/** Writes the server's kubeconfig with other fields, and returns its path. */
async function changedKubeconfig(
  server: ApiServer,
  name: string,
  { cluster = {}, user = {} }: Change,
): Promise<string> {
  const config = parse(await readFile(server.kubeconfig, 'utf8')) as {
    clusters: { cluster: object }[];
    users: { user: object }[];
  };
  for (const entry of config.clusters) entry.cluster = { ...entry.cluster, ...cluster };
  for (const entry of config.users) entry.user = { ...entry.user, ...user };
  const file = path.join(server.directory, `${name}.yaml`);
  await writeFile(file, stringify(config), { mode: 0o600 });
  return file;
}
