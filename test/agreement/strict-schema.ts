import { isJsonSchema } from '../../lib/model/json-schema.ts';
import {
  OBJECT_META,
  type JsonSchema,
  type UpstreamSchema,
} from '../../lib/sources/upstream-schema.ts';

type Mutable = { [keyword: string]: unknown };

/** Keywords that hold conditions beside the structure: what exists is not said there. */
const CONDITIONS = new Set(['allOf', 'anyOf', 'oneOf', 'not']);

/**
 * An upstream schema as kubeconform reads it: JSON Schema draft-04, to which OpenAPI 3.0 is close, with unknown
 * fields refused. Made from the source and not from the Model, so that a mistake in reading the source shows.
 *
 * What it does as the API server does: `metadata` of a custom resource is an ObjectMeta, the Kubernetes version's own;
 * an object of a CRD is closed, one of Kubernetes when it has properties.
 */
export function strictSchema({ root, definitions, dialect }: UpstreamSchema): JsonSchema {
  const closed = dialect === 'crd' ? withMetadata(closeCustom(root)) : close(root);
  return {
    $schema: 'http://json-schema.org/draft-04/schema#',
    ...closed,
    definitions: Object.fromEntries(
      Object.entries(definitions).map(([name, definition]) => [name, close(definition)]),
    ),
  };
}

function withMetadata(root: JsonSchema): JsonSchema {
  const text = { type: 'string' };
  const properties = isJsonSchema(root['properties']) ? root['properties'] : {};
  return {
    ...root,
    properties: {
      apiVersion: text,
      kind: text,
      ...properties,
      metadata: { $ref: `#/definitions/${OBJECT_META}` },
    },
  };
}

/** Kubernetes' own objects: closed when they name their fields. */
function close(schema: JsonSchema): JsonSchema {
  return walk(schema, (node) => {
    if (isJsonSchema(node['properties']) && node['additionalProperties'] === undefined)
      node['additionalProperties'] = false;
  });
}

/** Objects of a structural schema: closed unless they say otherwise; `nullable` allows null. */
function closeCustom(schema: JsonSchema): JsonSchema {
  return walk(schema, (node) => {
    if (node['x-kubernetes-embedded-resource'] === true) embed(node);
    const isOpen = node['x-kubernetes-preserve-unknown-fields'] === true;
    if (node['type'] === 'object' && node['additionalProperties'] === undefined && !isOpen)
      node['additionalProperties'] = false;
    if (node['nullable'] === true) {
      if (node['type'] !== undefined) node['type'] = [node['type'], 'null'];
      if (Array.isArray(node['enum'])) node['enum'] = [...(node['enum'] as unknown[]), null];
    }
  });
}

function embed(node: Mutable): void {
  Object.assign(node, withMetadata(node));
  node['required'] = [
    ...new Set([...((node['required'] as string[] | undefined) ?? []), 'apiVersion', 'kind']),
  ];
}

/** Changes a copy of each node of the structure, the conditions left as they are. */
function walk(schema: JsonSchema, change: (node: Mutable) => void): JsonSchema {
  const node: Mutable = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (keyword === 'properties' && isJsonSchema(value))
      node[keyword] = Object.fromEntries(
        Object.entries(value).map(([name, inner]) => [name, walkValue(inner, change)]),
      );
    else if (CONDITIONS.has(keyword) || !isJsonSchema(value)) node[keyword] = value;
    else if (keyword === 'items' || keyword === 'additionalProperties')
      node[keyword] = walk(value, change);
    else node[keyword] = value;
  }
  change(node);
  return node;
}

function walkValue(value: unknown, change: (node: Mutable) => void): unknown {
  return isJsonSchema(value) ? walk(value, change) : value;
}
