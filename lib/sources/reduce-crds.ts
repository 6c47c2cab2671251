import { loadAll } from 'js-yaml';
import type { ModuleFiles, ReducedKind, Reduction } from './reduction.ts';
import type { JsonSchema } from './upstream-schema.ts';

interface CrdVersion {
  readonly name: string;
  readonly served: boolean;
  readonly schema?: { readonly openAPIV3Schema?: JsonSchema };
}

interface CustomResourceDefinition {
  readonly kind: 'CustomResourceDefinition';
  readonly spec: {
    readonly group: string;
    readonly scope: 'Namespaced' | 'Cluster';
    readonly names: { readonly kind: string; readonly plural: string };
    readonly versions: readonly CrdVersion[];
  };
}

/**
 * Reads the kinds that CustomResourceDefinitions define, in every version that they serve.
 *
 * @param files YAML files; objects in them that are no CRDs are passed over.
 */
export function reduceCrds(files: ModuleFiles): Reduction {
  const kinds: ReducedKind[] = [];
  for (const bytes of files.values())
    for (const document of loadAll(bytes.toString('utf8')))
      if (isCrd(document)) kinds.push(...kindsOf(document));
  return { kinds };
}

function kindsOf({ spec }: CustomResourceDefinition): ReducedKind[] {
  return spec.versions
    .filter((version) => version.served)
    .map((version) => ({
      apiVersion: `${spec.group}/${version.name}`,
      kind: spec.names.kind,
      plural: spec.names.plural,
      namespaced: spec.scope === 'Namespaced',
      schema: { root: version.schema?.openAPIV3Schema ?? {}, definitions: {} },
    }));
}

function isCrd(document: unknown): document is CustomResourceDefinition {
  return (document as { kind?: unknown } | null | undefined)?.kind === 'CustomResourceDefinition';
}
