import type { Dialect, JsonSchema } from './upstream-schema.ts';

/** A kind as a source publishes it. */
export interface ApiKind {
  /** `v1`, or `group/version`. */
  readonly apiVersion: string;
  readonly kind: string;
  /** The name in the API's paths: lower case, plural. */
  readonly plural: string;
  /** Whether its objects live in a namespace; false for cluster-scoped kinds. */
  readonly namespaced: boolean;
  /** How `schema` is to be read. */
  readonly dialect: Dialect;
  /** For Kubernetes' own kinds a reference, `{$ref: '#/definitions/NAME'}`; for a CRD its structural schema. */
  readonly schema: JsonSchema;
}

/** Everything that one source publishes: what a typed library is made from. */
export interface ApiSchemas {
  /** By apiVersion and kind in code point order. */
  readonly kinds: readonly ApiKind[];
  /**
   * What the kinds share, by full name such as `io.k8s.api.core.v1.Container`; references among them are
   * `#/definitions/NAME`. A source of CRDs has none.
   */
  readonly definitions: { readonly [name: string]: JsonSchema };
}
