import { Failure } from '../finding/failure.ts';
import { reduceOpenApi } from './reduce-open-api.ts';
import type { ReducedKind, Reduction } from './reduction.ts';
import type { Dialect, JsonSchema } from './upstream-schema.ts';

/** A kind of a cluster. */
export interface ClusterKind extends ReducedKind {
  /** `crd` for a kind that a CustomResourceDefinition defines: its defaults are the server's own. */
  readonly dialect: Dialect;
}

/** What is kept of a cluster. Its definitions are those that are written in Go. */
export interface ClusterReduction extends Reduction {
  readonly kinds: readonly ClusterKind[];
}

/**
 * Reads the kinds that a cluster lets users create. Unlike the files of Kubernetes' module, what a server publishes
 * has the enums, and only the groups and versions that are switched on.
 *
 * @param documents OpenAPI v3 documents of all its groups and versions, as JSON texts.
 * @throws Failure `cluster` when a kind has a name that no API server lets it have.
 */
export function reduceCluster(documents: readonly string[]): ClusterReduction {
  const { kinds, definitions = {}, ...rest } = reduceOpenApi(documents);
  const written = Object.entries(definitions).filter(([name, schema]) => !isCustom(name, schema));
  return {
    ...rest,
    kinds: kinds.map((kind) => clusterKind(checkNames(kind))),
    definitions: Object.fromEntries(written),
  };
}

function clusterKind({ definition = '', ...kind }: ReducedKind): ClusterKind {
  return isCustom(definition, kind.schema.root)
    ? { ...kind, dialect: 'crd' }
    : { ...kind, definition, dialect: 'kubernetes' };
}

/**
 * Whether a definition comes from a CRD. It is then named for its kind, as `io.k8s.networking.gateway.v1.Gateway` for
 * Gateway in `gateway.networking.k8s.io/v1`; the name of one written in Go is that of its package, which never is the
 * same. Source: gvkToModelName in k8s.io/apiextensions-apiserver, pkg/controller/openapi/builder.
 */
function isCustom(name: string, schema: JsonSchema): boolean {
  const kinds = schema['x-kubernetes-group-version-kind'];
  if (!Array.isArray(kinds)) return false;
  return kinds.some(({ group, version, kind }: Readonly<Record<string, string>>) => {
    const labels = (group ?? '').split('.').reverse();
    return name === [...labels, version, kind].join('.');
  });
}

/** They become names of files and of code. */
function checkNames(kind: ReducedKind): ReducedKind {
  const label = /^[a-z]([a-z0-9-]*[a-z0-9])?$/i;
  const versions = /^([a-z0-9.-]+\/)?[a-z0-9-]+$/;
  if (label.test(kind.kind) && label.test(kind.plural) && versions.test(kind.apiVersion))
    return kind;
  const names = JSON.stringify([kind.apiVersion, kind.kind, kind.plural]);
  throw new Failure('cluster', `the cluster publishes a kind that cannot be one: ${names}`, {
    hint: 'Check that the server of the context is a Kubernetes API server.',
  });
}
