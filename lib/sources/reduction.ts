import type { Dialect, JsonSchema } from './upstream-schema.ts';

/** The files of a module by their path inside it, verified against the lock. */
export type ModuleFiles = ReadonlyMap<string, Buffer>;

/** A schema with the definitions that it reaches. */
export interface ReducedSchema {
  readonly root: JsonSchema;
  readonly definitions: { readonly [name: string]: JsonSchema };
}

/** One kind, with all that is kept of it. */
export interface ReducedKind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
  /** Whether its status is written apart from the rest, so that what else is written there is dropped. */
  readonly statusSubresource?: boolean;
  /** What a CRD says of a version that it deprecates; empty when it says no more. */
  readonly deprecation?: string;
  readonly schema: ReducedSchema;
  /** The name of its schema in `definitions` of the {@link Reduction}; kinds of a CRD have none. */
  readonly definition?: string;
}

/** What is kept of a source. */
export interface Reduction {
  readonly dialect: Dialect;
  readonly kinds: readonly ReducedKind[];
  /** The schema of `metadata`, which Kubernetes brings for all the custom resources. */
  readonly objectMeta?: ReducedSchema;
  /** All definitions, once: what a typed library is made from. CRDs have none. */
  readonly definitions?: { readonly [name: string]: JsonSchema };
}

/**
 * Part of the name under which a reduction is kept in the cache. To be raised with every change to what is
 * kept or how it is written, so that nothing made by an older Tankard is read by a newer one.
 */
export const REDUCTION_VERSION = 3;
