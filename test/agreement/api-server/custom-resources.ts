import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { load } from 'js-yaml';
import { crdKinds } from '../../../lib/sources/crd-kinds.ts';
import type { Upstream, UpstreamKind, UpstreamSchema } from '../../../lib/sources/upstream.ts';

/** A CustomResourceDefinition, as far as it is looked at here. */
export interface Crd {
  readonly [field: string]: unknown;
  readonly spec: {
    readonly group: string;
    readonly names: { readonly plural: string; readonly [field: string]: unknown };
    readonly [field: string]: unknown;
  };
}

/** The CRD of this folder, whose kind `Check` has what the CRDs of the known controllers do not use. */
export function checksCrd(): Crd {
  return load(readFileSync(path.join(import.meta.dirname, 'checks-crd.yaml'), 'utf8')) as Crd;
}

/** The schemas with the kinds of one more CRD. */
export function withCrd(upstream: Upstream, crd: Crd, like: UpstreamKind): Upstream {
  const kinds = crdKinds(crd, 'checks-crd.yaml').map(({ schema, ...identity }) => ({
    schema,
    kind: {
      ...identity,
      module: 'checks-crd.yaml',
      version: '',
      dialect: 'crd' as const,
      schemaKey: createHash('sha256').update(JSON.stringify(schema)).digest('hex'),
    },
  }));
  const find = (apiVersion: string, name: string) =>
    kinds.find(({ kind }) => kind.apiVersion === apiVersion && kind.kind === name);
  return {
    kubernetes: upstream.kubernetes,
    kind: (apiVersion, name) => find(apiVersion, name)?.kind ?? upstream.kind(apiVersion, name),
    kinds: () => [...upstream.kinds(), ...kinds.map(({ kind }) => kind)],
    loadSchema: async (kind): Promise<UpstreamSchema> => {
      const own = find(kind.apiVersion, kind.kind);
      if (own === undefined) return upstream.loadSchema(kind);
      const { definitions } = await upstream.loadSchema(like);
      return { root: own.schema.root, definitions, dialect: 'crd' };
    },
  };
}

/**
 * The CRDs of the kinds, put together from the schemas that the pinned modules have in theirs: one for each kind, with
 * all its versions that are known.
 */
export async function crdsOf(kinds: readonly UpstreamKind[], upstream: Upstream): Promise<Crd[]> {
  const custom = upstream.kinds().filter(({ dialect }) => dialect === 'crd');
  const wanted = new Set(kinds.filter(({ dialect }) => dialect === 'crd').map(nameOf));
  return Promise.all(
    [...wanted].map((name) =>
      crdOf(
        name,
        custom.filter((kind) => nameOf(kind) === name),
        upstream,
      ),
    ),
  );
}

function nameOf({ plural, apiVersion }: UpstreamKind): string {
  return `${plural}.${apiVersion.split('/')[0]}`;
}

async function crdOf(
  name: string,
  versions: readonly UpstreamKind[],
  upstream: Upstream,
): Promise<Crd> {
  const [first] = versions;
  if (first === undefined) throw new Error(`no kind is called ${name}`);
  const { kind, plural, namespaced } = first;
  const served = await Promise.all(
    versions.map(async (version, index) => ({
      name: version.apiVersion.split('/')[1],
      served: true,
      storage: index === 0,
      schema: { openAPIV3Schema: (await upstream.loadSchema(version)).root },
      ...(version.statusSubresource === true && { subresources: { status: {} } }),
    })),
  );
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    // Groups below k8s.io belong to the community, which the API server asks to be told.
    metadata: { name, annotations: { 'api-approved.kubernetes.io': 'unapproved, for a test' } },
    spec: {
      group: first.apiVersion.split('/')[0] ?? '',
      scope: namespaced ? 'Namespaced' : 'Cluster',
      names: { kind, plural, singular: kind.toLowerCase(), listKind: `${kind}List` },
      versions: served,
    },
  };
}
