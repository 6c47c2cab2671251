import { OBJECT_META } from '../../sources/upstream-schema.ts';
import { mapNode } from '../map-nodes.ts';
import type { Node, ObjectNode, SchemaModel } from '../node.ts';

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

function requireTypeMeta(node: ObjectNode): ObjectNode {
  const required = new Set([...node.required, 'apiVersion', 'kind']);
  return { ...withObjectMetadata(node), required: [...required] };
}

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
