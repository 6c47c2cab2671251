import { createHash } from 'node:crypto';
import { Failure } from '../finding/failure.ts';
import { crdKinds } from './crd-kinds.ts';
import type { FileObject } from './parse-objects.ts';
import type { ReducedKind } from './reduction.ts';
import type { Upstream, UpstreamKind, UpstreamSchema } from './upstream.ts';

/** What a kind of a CRD says of where it comes from. */
const MODULE = 'a CustomResourceDefinition beside it';

/**
 * The schemas with the kinds of more CRDs, which win over those that are known: a cluster gets them too.
 *
 * @param crds objects of the kind CustomResourceDefinition; one that defines nothing that can be read is left out, since
 *   the schema of CRDs says what is wrong with it.
 */
export function withCrds(upstream: Upstream, crds: readonly FileObject[]): Upstream {
  const added = new Map(crds.flatMap(readKinds).map((one) => [keyOf(one), one]));
  if (added.size === 0) return upstream;
  const kinds = new Map([...added].map(([key, one]) => [key, upstreamKind(one, upstream)]));
  return {
    kubernetes: upstream.kubernetes,
    kind: (apiVersion, kind) =>
      kinds.get(keyOf({ apiVersion, kind })) ?? upstream.kind(apiVersion, kind),
    kinds: () => [...upstream.kinds().filter((kind) => !kinds.has(keyOf(kind))), ...kinds.values()],
    loadSchema: async (kind): Promise<UpstreamSchema> => {
      const own = added.get(keyOf(kind));
      return own === undefined ? upstream.loadSchema(kind) : withMetadata(own, upstream);
    },
  };
}

function readKinds(crd: FileObject): ReducedKind[] {
  try {
    return crdKinds(crd, 'the CRD');
  } catch (error) {
    if (error instanceof Failure) return [];
    throw error;
  }
}

function keyOf({ apiVersion, kind }: Pick<UpstreamKind, 'apiVersion' | 'kind'>): string {
  return `${apiVersion} ${kind}`;
}

function upstreamKind(
  { schema, ...identity }: ReducedKind,
  { kubernetes }: Upstream,
): UpstreamKind {
  // The metadata is that of the Kubernetes version.
  const text = JSON.stringify([kubernetes, schema]);
  const schemaKey = createHash('sha256').update(text).digest('hex');
  return { ...identity, module: MODULE, version: '', dialect: 'crd', schemaKey };
}

/** The metadata of a custom resource has the same definitions whatever the kind. */
async function withMetadata({ schema }: ReducedKind, upstream: Upstream): Promise<UpstreamSchema> {
  const like = upstream.kinds().find(({ dialect }) => dialect === 'crd');
  const { definitions } =
    like === undefined ? { definitions: {} } : await upstream.loadSchema(like);
  return { root: schema.root, definitions, dialect: 'crd' };
}
