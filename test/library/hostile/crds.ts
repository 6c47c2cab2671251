import type { JsonSchema } from '../../../lib/sources/upstream-schema.ts';

/** A CustomResourceDefinition, as a file has it. */
export type Crd = { readonly [key: string]: unknown };

/** What a CRD is made from; the schema is that of its `spec`. */
export interface CrdShape {
  readonly group: string;
  readonly kind: string;
  /** @default ['v1'] */
  readonly versions?: readonly string[];
  /** @default 'Namespaced' */
  readonly scope?: 'Namespaced' | 'Cluster';
  /** Schema of `spec`; none: the CRD has no schema at all. */
  readonly spec?: JsonSchema;
}

/** A CRD in `apiextensions.k8s.io/v1`. */
export function crd({ group, kind, versions = ['v1'], scope = 'Namespaced', spec }: CrdShape): Crd {
  const plural = `${kind.toLowerCase()}s`;
  const schema =
    spec === undefined
      ? {}
      : { schema: { openAPIV3Schema: { type: 'object', properties: { spec } } } };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope,
      names: { kind, plural },
      versions: versions.map((name) => ({ name, served: true, storage: false, ...schema })),
    },
  };
}

/** An object of the fields, closed as structural schemas are. */
export function object(properties: JsonSchema, more: JsonSchema = {}): JsonSchema {
  return { type: 'object', properties, ...more };
}

/** A list. */
export function list(items: JsonSchema, more: JsonSchema = {}): JsonSchema {
  return { type: 'array', items, ...more };
}

/** A map. */
export function map(values: JsonSchema, more: JsonSchema = {}): JsonSchema {
  return { type: 'object', additionalProperties: values, ...more };
}

export const STRING: JsonSchema = { type: 'string' };
export const INTEGER: JsonSchema = { type: 'integer' };
