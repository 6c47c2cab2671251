import { isJsonSchema, type JsonSchema } from './json-schema.ts';
import type { AnyNode, Json, Node, NodeBase } from './node.ts';
import { readJunctors } from './read-junctors.ts';
import {
  readArray,
  readIntOrString,
  readNumeric,
  readObject,
  readString,
  type ReadNode,
} from './read-structure.ts';
import { below, countUnexpressed, type Reader } from './reader.ts';
import { definitionName } from './schema-ref.ts';
import { inferType, isIntOrString } from './schema-type.ts';

const BASE_KEYWORDS =
  'type nullable description title default const enum examples example deprecated writeOnly ' +
  'allOf anyOf oneOf not x-kubernetes-validations';

/** The keywords that the Model holds for each type of node, beside those that every node can have. */
const KEYWORDS_OF: { readonly [type in Node['type']]: string } = {
  object:
    'properties required dependencies additionalProperties minProperties maxProperties x-kubernetes-map-type ' +
    'x-kubernetes-preserve-unknown-fields x-kubernetes-embedded-resource',
  map:
    'additionalProperties propertyNames minProperties maxProperties x-kubernetes-map-type ' +
    'x-kubernetes-preserve-unknown-fields',
  array: 'items minItems maxItems uniqueItems x-kubernetes-list-type x-kubernetes-list-map-keys',
  string: 'pattern format minLength maxLength',
  number: 'format minimum maximum exclusiveMinimum exclusiveMaximum multipleOf',
  integer: 'format minimum maximum exclusiveMinimum exclusiveMaximum multipleOf',
  boolean: '',
  'int-or-string': 'format pattern minimum maximum maxLength x-kubernetes-int-or-string',
  quantity: 'pattern format',
  union: '',
  any: 'x-kubernetes-preserve-unknown-fields',
  ref: '$ref',
};

/** Keywords about the schema itself, or read by another stage. */
const SILENT = new Set([
  '$schema',
  '$id',
  '$comment',
  'definitions',
  '$defs',
  'x-kubernetes-group-version-kind',
]);

/** Keywords that hold schemas by name. */
const NAMING = new Set(['properties', 'definitions', '$defs']);

const QUANTITY = 'io.k8s.apimachinery.pkg.api.resource.Quantity';

/**
 * Reads one node of a schema. Never throws: what the Model cannot hold is counted by the reader.
 *
 * @param schema the node, any JSON value.
 */
export function readNode(schema: unknown, reader: Reader): Node {
  if (!isJsonSchema(schema)) {
    if (schema !== true && schema !== undefined) countUnexpressed(reader, keywordAt(reader.at));
    return { type: 'any' };
  }
  const unwrapped = unwrapAllOf(schema);
  const node = { ...readShape(unwrapped, reader), ...readBase(unwrapped, reader) } as Node;
  return withJunctors(node, unwrapped, reader);
}

/** The keyword that holds the node at a place: behind some stands a name or an index, which may read like another. */
function keywordAt(at: Reader['at']): string {
  let keyword = 'schema';
  for (let index = 0; index < at.length; index += 1) {
    keyword = String(at[index]);
    if (NAMING.has(keyword) || typeof at[index + 1] === 'number') index += 1;
  }
  return keyword;
}

/** OpenAPI v3 wraps a reference that has a description or a default: `allOf: [{$ref}]`. */
function unwrapAllOf(schema: JsonSchema): JsonSchema {
  const { allOf, ...own } = schema;
  if (!Array.isArray(allOf) || allOf.length !== 1 || !isJsonSchema(allOf[0])) return schema;
  const isStructure = 'type' in own || 'properties' in own || '$ref' in own;
  return isStructure ? schema : { ...allOf[0], ...own };
}

function readShape(schema: JsonSchema, reader: Reader): Node {
  const shape = readTyped(schema, reader);
  countUnread(schema, shape, reader);
  return shape;
}

function readTyped(schema: JsonSchema, reader: Reader): Node {
  if (typeof schema['$ref'] === 'string') return readRef(schema['$ref'], reader);
  if (isQuantityDefinition(reader)) return { type: 'quantity' };
  if (isIntOrString(schema)) return readIntOrString(schema, reader);
  const type = inferType(schema);
  switch (type) {
    case 'object':
      return readObject(schema, reader, readNode);
    case 'array':
      return readArray(schema, reader, readNode);
    case 'string':
      return readString(schema, reader);
    case 'integer':
    case 'number':
      return readNumeric(schema, type);
    case 'boolean':
      return { type };
    default:
      return readUntyped(schema, reader, readNode);
  }
}

function readRef(ref: string, reader: Reader): Node {
  const name = definitionName(ref);
  if (name !== undefined) return { type: 'ref', name };
  countUnexpressed(reader, '$ref');
  return { type: 'any' };
}

function isQuantityDefinition(reader: Reader): boolean {
  const [folder, name] = reader.at;
  return reader.at.length === 2 && folder === 'definitions' && name === QUANTITY;
}

/** A schema without a type: alternatives that each have one make a union, anything else is any value. */
function readUntyped(schema: JsonSchema, reader: Reader, read: ReadNode): Node {
  if (schema['type'] !== undefined) countUnexpressed(reader, 'type');
  const keyword = unionKeyword(schema);
  if (keyword === undefined) return { type: 'any' };
  const branches = (schema[keyword] as unknown[]).map((branch, index) =>
    read(branch, below(reader, keyword, index)),
  );
  return { type: 'union', branches };
}

function unionKeyword(schema: JsonSchema): 'oneOf' | 'anyOf' | undefined {
  const hasShape = (branch: unknown): boolean =>
    isJsonSchema(branch) &&
    ['type', '$ref', 'properties', 'const', 'enum'].some((key) => key in branch);
  return (['oneOf', 'anyOf'] as const).find((keyword) => {
    const branches = schema[keyword];
    return Array.isArray(branches) && branches.length > 0 && branches.every(hasShape);
  });
}

function readBase(schema: JsonSchema, reader: Reader): Partial<AnyNode> {
  const base: { -readonly [key in keyof NodeBase]: NodeBase[key] } = {};
  for (const key of ['description', 'title'] as const)
    if (typeof schema[key] === 'string') base[key] = schema[key];
  for (const key of ['nullable', 'deprecated', 'writeOnly'] as const)
    if (schema[key] === true) base[key] = true;
  if (Array.isArray(schema['type']) && schema['type'].includes('null')) base.nullable = true;
  if ('const' in schema) base.const = schema['const'] as Json;
  const values = enumOf(schema);
  if (values !== undefined) base.enum = values;
  const { default: defaultValue } = schema;
  if (defaultValue !== undefined && !isZeroNoise(defaultValue, reader))
    base.default = defaultValue as Json;
  const examples =
    schema['examples'] ?? (schema['example'] === undefined ? undefined : [schema['example']]);
  if (Array.isArray(examples)) base.examples = examples as Json[];
  const rules = schema['x-kubernetes-validations'];
  if (Array.isArray(rules)) base.cel = rules as NonNullable<NodeBase['cel']>;
  return base;
}

/** The API server passes over an empty enum. */
function enumOf({ enum: values }: JsonSchema): Json[] | undefined {
  return Array.isArray(values) && values.length > 0 ? (values as Json[]) : undefined;
}

/**
 * The OpenAPI files of Kubernetes give the zero value of the Go type as default wherever a field is not a
 * pointer; nothing fills it in.
 */
function isZeroNoise(value: unknown, reader: Reader): boolean {
  if (reader.dialect !== 'kubernetes') return false;
  if (isJsonSchema(value)) return Object.keys(value).length === 0;
  return value === '' || value === 0 || value === false;
}

function withJunctors(node: Node, schema: JsonSchema, reader: Reader): Node {
  if (node.type === 'int-or-string') return node;
  const { [unionKeyword(schema) ?? 'none']: _branches, ...conditions } = schema;
  const junctors = readJunctors(node.type === 'union' ? conditions : schema, reader);
  // The two branches of Quantity's own schema are what the quantity node stands for.
  if (junctors === undefined || node.type === 'quantity') return node;
  return { ...node, junctors };
}

function countUnread(schema: JsonSchema, node: Node, reader: Reader): void {
  const known = new Set(`${BASE_KEYWORDS} ${KEYWORDS_OF[node.type]}`.split(' '));
  for (const keyword of Object.keys(schema))
    if (!known.has(keyword) && !SILENT.has(keyword) && !keyword.startsWith('x-tankard-'))
      countUnexpressed(reader, keyword);
}
