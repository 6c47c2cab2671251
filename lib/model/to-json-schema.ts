import { byCodePoint, type JsonSchema } from './json-schema.ts';
import { customResourceFormat } from './custom-resource-formats.ts';
import { toCondition } from './condition-schema.ts';
import type {
  ArrayNode,
  Json,
  MapNode,
  Node,
  NumericNode,
  ObjectNode,
  SchemaModel,
  StringNode,
} from './node.ts';
import { toJavaScriptPattern } from './re2-pattern.ts';
import { QUANTITY_FORMAT } from './string-formats.ts';

/** What `toJsonSchema` should write. */
export interface JsonSchemaOptions {
  /** Pin `apiVersion` and `kind` of the root, and require both. */
  readonly root?: { readonly apiVersion: string; readonly kind: string };
  /**
   * Write what only people and type generators read: title, description, examples, deprecated, writeOnly.
   * @default true
   */
  readonly annotations?: boolean;
  /**
   * Hold the root to what the API server checks in custom resources: `x-kubernetes-list-type`,
   * `x-kubernetes-list-map-keys` and the formats of strings. It does not so with its own kinds, hence never inside
   * definitions.
   * @default false
   */
  readonly customResource?: boolean;
}

type Mutable = { [keyword: string]: unknown };
type Writer = Required<Omit<JsonSchemaOptions, 'root'>>;

/**
 * The one JSON Schema (draft-07) of a model, for validators and type generators. Its `definitions` are the
 * model's; names are sorted by code point, so that the order of the source does not matter.
 *
 * Beside draft-07 it uses the formats of `string-formats.ts`, those of `custom-resource-formats.ts` and the keywords
 * `x-kubernetes-list-map-keys` and `x-tankard-unique-keys`.
 * A property with a default is not required: who reads the value fills it in first.
 *
 * @throws Error when `options.root` is given and the root of the model is not an object (a defect).
 */
export function toJsonSchema(model: SchemaModel, options: JsonSchemaOptions = {}): JsonSchema {
  const { annotations = true, customResource = false } = options;
  const root = options.root === undefined ? model.root : pinRoot(model, options.root);
  const definitions = mapSorted(model.definitions, (node) =>
    writeNode(node, { annotations, customResource: false }),
  );
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    ...writeNode(root, { annotations, customResource }),
    ...(Object.keys(definitions).length > 0 && { definitions }),
  };
}

function pinRoot(model: SchemaModel, root: { apiVersion: string; kind: string }): ObjectNode {
  const node = model.root.type === 'ref' ? model.definitions[model.root.name] : model.root;
  if (node?.type !== 'object') throw new Error(`the schema of ${root.kind} is not an object`);
  const pinned = Object.entries(root).map(([name, value]): [string, Node] => {
    const description = node.properties[name]?.description;
    return [
      name,
      { type: 'string', const: value, ...(description !== undefined && { description }) },
    ];
  });
  return {
    ...node,
    properties: { ...node.properties, ...Object.fromEntries(pinned) },
    required: [...new Set([...node.required, 'apiVersion', 'kind'])],
  };
}

function writeNode(node: Node, writer: Writer): JsonSchema {
  const shape = writeShape(node, writer);
  const base = writeBase(node, writer);
  const conditions = node.junctors === undefined ? {} : toCondition(node.junctors);
  if (node.type === 'ref' || node.type === 'union')
    return wrapped(node, shape, { base, conditions });
  return { ...base, ...(node.nullable === true ? withNull(shape) : shape), ...conditions };
}

/** Beside `$ref` draft-07 ignores all keywords, so they stand around it. */
function wrapped(
  node: Node,
  shape: JsonSchema,
  around: { base: JsonSchema; conditions: JsonSchema },
): JsonSchema {
  const { base, conditions } = around;
  if (node.nullable === true) return { ...base, anyOf: [shape, { type: 'null' }] };
  if (Object.keys(conditions).length > 0) {
    const { allOf = [], ...others } = conditions;
    return { ...base, ...others, allOf: [shape, ...(allOf as Json[])] };
  }
  if (node.type === 'union') return { ...base, ...shape };
  return Object.keys(base).length === 0 ? shape : { ...base, allOf: [shape] };
}

function withNull(shape: JsonSchema): JsonSchema {
  const { type, ...rest } = shape;
  if (type === undefined) return shape;
  return { type: [...(Array.isArray(type) ? type : [type]), 'null'], ...rest };
}

function writeBase(node: Node, writer: Writer): JsonSchema {
  const base: Mutable = {};
  if (writer.annotations)
    for (const key of ['title', 'description', 'examples', 'deprecated', 'writeOnly'] as const)
      if (node[key] !== undefined) base[key] = node[key];
  for (const key of ['default', 'const'] as const)
    if (node[key] !== undefined) base[key] = node[key];
  if (node.enum !== undefined)
    base['enum'] = [...node.enum, ...extraNull(node), ...extraEmpty(node)];
  return base;
}

function extraNull(node: Node): null[] {
  return node.nullable === true && node.enum?.includes(null) === false ? [null] : [];
}

function extraEmpty(node: Node): string[] {
  return node.type === 'string' && node.emptyIsAbsent === true ? [''] : [];
}

function writeShape(node: Node, writer: Writer): JsonSchema {
  switch (node.type) {
    case 'object':
      return writeObject(node, writer);
    case 'map':
      return {
        ...mapShape(node),
        ...(node.keys && { propertyNames: writeNode(node.keys, writer) }),
        additionalProperties: writeNode(node.values, writer),
      };
    case 'array':
      return writeArray(node, writer);
    case 'string':
      return {
        type: 'string',
        ...pickPattern(node),
        ...pickFormat(node, writer),
        ...pick(node, ['minLength', 'maxLength']),
      };
    case 'number':
    case 'integer':
      return writeNumeric(node);
    case 'int-or-string':
      return {
        type: ['integer', 'string'],
        ...pickPattern(node),
        ...pick(node, ['minimum', 'maximum', 'maxLength']),
      };
    case 'quantity':
      return { type: ['number', 'string'], format: QUANTITY_FORMAT };
    case 'boolean':
      return { type: 'boolean' };
    case 'union':
      return { anyOf: node.branches.map((branch) => writeNode(branch, writer)) };
    case 'ref':
      return { $ref: `#/definitions/${node.name.replaceAll('~', '~0').replaceAll('/', '~1')}` };
    case 'any':
      return {};
  }
}

function writeObject(node: ObjectNode, writer: Writer): JsonSchema {
  const hasDefault = (name: string): boolean => node.properties[name]?.default !== undefined;
  const required = node.required.filter((name) => !hasDefault(name)).toSorted(byCodePoint);
  return {
    ...mapShape(node),
    properties: mapSorted(node.properties, (property) => writeNode(property, writer)),
    ...(required.length > 0 && { required }),
    ...pick(node, ['dependencies']),
    ...(node.closed && { additionalProperties: false }),
  };
}

function mapShape(node: ObjectNode | MapNode): JsonSchema {
  return { type: 'object', ...pick(node, ['minProperties', 'maxProperties']) };
}

function writeArray(node: ArrayNode, writer: Writer): JsonSchema {
  const isSet = node.uniqueItems === true || (writer.customResource && node.listType === 'set');
  const keys = writer.customResource && node.listType === 'map' ? node.mapKeys : undefined;
  return {
    type: 'array',
    items: writeNode(node.items, writer),
    ...pick(node, ['minItems', 'maxItems']),
    ...(isSet && { uniqueItems: true }),
    ...(keys !== undefined && { 'x-kubernetes-list-map-keys': keys }),
    ...(node.uniqueKeys !== undefined && { 'x-tankard-unique-keys': node.uniqueKeys }),
  };
}

/** The range of each integer format. Source: the OpenAPI 3.0 specification, "Data Types". */
const RANGES: { readonly [format: string]: readonly [number, number] } = {
  int32: [-(2 ** 31), 2 ** 31 - 1],
  int64: [-(2 ** 63), 2 ** 63 - 1],
};

function writeNumeric(node: NumericNode): JsonSchema {
  const [least, most] = RANGES[node.format ?? ''] ?? [];
  const minimum = node.minimum ?? (node.exclusiveMinimum === undefined ? least : undefined);
  const maximum = node.maximum ?? (node.exclusiveMaximum === undefined ? most : undefined);
  return {
    type: node.type,
    ...(minimum !== undefined && { minimum }),
    ...(maximum !== undefined && { maximum }),
    ...pick(node, ['exclusiveMinimum', 'exclusiveMaximum', 'multipleOf']),
  };
}

function pickPattern(node: { readonly pattern?: string }): JsonSchema {
  const pattern = node.pattern === undefined ? undefined : toJavaScriptPattern(node.pattern);
  return pattern === undefined ? {} : { pattern };
}

function pickFormat({ format }: StringNode, { customResource }: Writer): JsonSchema {
  if (format === undefined) return {};
  return { format: (customResource ? customResourceFormat(format) : undefined) ?? format };
}

function pick<Key extends string>(
  node: { readonly [key in Key]?: unknown },
  keys: readonly Key[],
): JsonSchema {
  return Object.fromEntries(
    keys.filter((key) => node[key] !== undefined).map((key) => [key, node[key]]),
  );
}

function mapSorted(
  nodes: { readonly [name: string]: Node },
  write: (node: Node) => JsonSchema,
): { [name: string]: JsonSchema } {
  return Object.fromEntries(
    Object.keys(nodes)
      .toSorted(byCodePoint)
      .map((name) => [name, write(nodes[name] as Node)]),
  );
}
