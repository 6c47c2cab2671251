import { reduceKubernetes } from './reduce-kubernetes.ts';
import type { ModuleFiles, ReducedKind, Reduction } from './reduction.ts';
import type { Dialect } from './upstream-schema.ts';

/** A kind of a cluster. */
export interface ClusterKind extends ReducedKind {
  /** `crd` for a kind that a CustomResourceDefinition defines: its defaults are the server's own. */
  readonly dialect: Dialect;
}

/** What is kept of a cluster. */
export interface ClusterReduction extends Reduction {
  readonly kinds: readonly ClusterKind[];
}

/**
 * Reads the kinds that a cluster lets users create. Unlike the files of Kubernetes' module, what a server publishes
 * has the enums, and only what its feature gates let through.
 *
 * @param documents OpenAPI v3 documents of all its groups and versions, by name.
 */
export function reduceCluster(documents: ModuleFiles): ClusterReduction {
  const { kinds, ...rest } = reduceKubernetes(documents);
  const names = definitionNames(documents);
  const dialect = (kind: ReducedKind): Dialect =>
    names.has(customDefinition(kind)) ? 'crd' : 'kubernetes';
  return { ...rest, kinds: kinds.map((kind) => ({ ...kind, dialect: dialect(kind) })) };
}

function definitionNames(documents: ModuleFiles): Set<string> {
  const names = new Set<string>();
  for (const bytes of documents.values()) {
    const document = JSON.parse(bytes.toString('utf8')) as {
      readonly components?: { readonly schemas?: object };
    };
    for (const name of Object.keys(document.components?.schemas ?? {})) names.add(name);
  }
  return names;
}

/**
 * The definition that a kind has when a CRD defines it: `io.k8s.networking.gateway.v1.Gateway` for Gateway in
 * `gateway.networking.k8s.io/v1`. That of a kind written in Go is the name of its package, which never is the same.
 * Source: gvkToModelName in k8s.io/apiextensions-apiserver, pkg/controller/openapi/builder.
 */
function customDefinition({ apiVersion, kind }: ReducedKind): string {
  const [group = '', version] = apiVersion.split('/');
  return [...group.split('.').reverse(), version, kind].join('.');
}
