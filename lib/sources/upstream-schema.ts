/** A JSON Schema as upstream wrote it; nothing is known of its keywords. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/**
 * How a schema is to be read: `kubernetes` is OpenAPI v3 as the API server publishes it, `crd` is the
 * structural schema of a CustomResourceDefinition.
 */
export type Dialect = 'kubernetes' | 'crd';

/** A kind of object that a cluster lets users create. */
export interface UpstreamKind {
  /** `v1`, or `group/version`. */
  readonly apiVersion: string;
  readonly kind: string;
  /** The name in the API's paths: lower case, plural. */
  readonly plural: string;
  /** Whether its objects live in a namespace; false for cluster-scoped kinds. */
  readonly namespaced: boolean;
  /** Whether its status is written apart from the rest, so that what else is written there is dropped. */
  readonly statusSubresource?: boolean;
  /** What its CRD says of this version when it is deprecated; empty when it says no more. */
  readonly deprecation?: string;
  /** The Go module whose file has the schema; else the source that the project imports it from. */
  readonly module: string;
  /** The version of that module; empty for other sources. */
  readonly version: string;
  readonly dialect: Dialect;
  /**
   * 64 hexadecimal digits; another kind or another schema has another key. What is compiled from the schema is
   * kept under it.
   */
  readonly schemaKey: string;
}

/** The schema of one kind, complete in itself. */
export interface UpstreamSchema {
  readonly root: JsonSchema;
  /** What `root` reaches; references to it are `#/definitions/NAME`. */
  readonly definitions: { readonly [name: string]: JsonSchema };
  readonly dialect: Dialect;
}

/** The definition that replaces `metadata` of a custom resource, whatever the CRD's own schema says of it. */
export const OBJECT_META = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';
