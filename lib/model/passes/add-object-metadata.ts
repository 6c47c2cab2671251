import { OBJECT_META } from '../../sources/upstream-schema.ts';
import { mapNode } from '../map-nodes.ts';
import type { Json, Node, ObjectNode, SchemaModel } from '../node.ts';

/**
 * Gives the root of a custom resource, and each manifest embedded in it, what every Kubernetes object has:
 * `apiVersion`, `kind` and an ObjectMeta. The API server does so whatever the schema of the CRD says there.
 */
export function addObjectMetadata(model: SchemaModel): SchemaModel {
  const embedded = mapNode(model.root, (node) =>
    node.type === 'object' && node.embeddedResource === true ? requireTypeMeta(node) : node,
  );
  return { ...model, root: embedded.type === 'object' ? withObjectMetadata(embedded) : embedded };
}

/**
 * What the API server asks of both names inside another object. Source: validateEmbeddedResource in
 * k8s.io/apiextensions-apiserver v0.36.3 pkg/apiserver/schema/objectmeta/validation.go.
 */
const TYPE_META: { readonly [name: string]: Node } = {
  apiVersion: { type: 'string', minLength: 1, pattern: '^[^/]*(?:/[^/]*)?$' },
  kind: { type: 'string', maxLength: 63, pattern: '^[A-Za-z](?:[-A-Za-z0-9]*[A-Za-z0-9])?$' },
};

function requireTypeMeta(node: ObjectNode): ObjectNode {
  const required = new Set([...node.required, ...Object.keys(TYPE_META)]);
  const object = withObjectMetadata({ ...node, properties: { ...TYPE_META, ...node.properties } });
  const metadata: Node = { type: 'ref', name: OBJECT_META, junctors: { allOf: [METADATA] } };
  return { ...object, properties: { ...object.properties, metadata }, required: [...required] };
}

/** Of an object inside another one the metadata is held to its rules too, the name as part of a path. */
const METADATA: Json = {
  properties: {
    name: { pattern: '^(?:[^/%.]|[^/%]{3,}|\\.[^/%.]|[^/%.]\\.|[^/%.]{2})?$' },
    namespace: { maxLength: 63, pattern: '^(?:[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)?$' },
    labels: {
      additionalProperties: {
        maxLength: 63,
        pattern: '^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?)?$',
      },
    },
  },
};

function withObjectMetadata(node: ObjectNode): ObjectNode {
  const own = node.properties;
  const text: Node = { type: 'string' };
  return {
    ...node,
    properties: {
      ...own,
      apiVersion: own['apiVersion'] ?? text,
      kind: own['kind'] ?? text,
      metadata: { type: 'ref', name: OBJECT_META },
    },
  };
}
