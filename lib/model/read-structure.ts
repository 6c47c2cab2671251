import { isJsonSchema, type JsonSchema } from './json-schema.ts';
import type {
  ArrayNode,
  IntOrStringNode,
  MapNode,
  Node,
  NumericNode,
  ObjectNode,
  StringNode,
} from './node.ts';
import { numericBounds } from './read-junctors.ts';
import { readPattern } from './read-pattern.ts';
import { below, countUncheckedFormat, countUnexpressed, type Reader } from './reader.ts';

/** Reads a node inside another; passed in, so that the readers of structure do not import their caller. */
export type ReadNode = (schema: unknown, reader: Reader) => Node;

/** Reads an object: with named properties, or as a map when it has none and says the type of its values. */
export function readObject(
  schema: JsonSchema,
  reader: Reader,
  read: ReadNode,
): ObjectNode | MapNode {
  const values = schema['additionalProperties'];
  if (!isJsonSchema(schema['properties']) && (isJsonSchema(values) || values === true))
    return readMap(schema, reader, read);
  if (isJsonSchema(values)) countUnexpressed(reader, 'additionalProperties');
  const properties = isJsonSchema(schema['properties']) ? schema['properties'] : {};
  return {
    type: 'object',
    properties: Object.fromEntries(
      Object.entries(properties).map(([name, property]) => [
        name,
        read(property, below(reader, 'properties', name)),
      ]),
    ),
    required: strings(schema['required']),
    ...readDependencies(schema, reader),
    closed: isClosed(schema, reader),
    ...(schema['x-kubernetes-embedded-resource'] === true && { embeddedResource: true }),
    ...objectLimits(schema),
  };
}

/** Of the two forms of `dependencies`, the one that names properties. */
function readDependencies(schema: JsonSchema, reader: Reader): Pick<ObjectNode, 'dependencies'> {
  const all = isJsonSchema(schema['dependencies']) ? Object.entries(schema['dependencies']) : [];
  const named = all.filter(([, names]) => Array.isArray(names));
  if (named.length < all.length) countUnexpressed(reader, 'dependencies');
  if (named.length === 0) return {};
  return { dependencies: Object.fromEntries(named.map(([name, names]) => [name, strings(names)])) };
}

function readMap(schema: JsonSchema, reader: Reader, read: ReadNode): MapNode {
  const values = read(schema['additionalProperties'], below(reader, 'additionalProperties'));
  const names = schema['propertyNames'];
  const keys = isJsonSchema(names) ? readString(names, below(reader, 'propertyNames')) : undefined;
  return { type: 'map', values, ...(keys && { keys }), ...objectLimits(schema) };
}

function isClosed(schema: JsonSchema, reader: Reader): boolean {
  switch (reader.dialect) {
    case 'declaration':
      return schema['additionalProperties'] === false;
    case 'kubernetes':
      // RawExtension and its like have no properties and take any.
      return isJsonSchema(schema['properties']);
    case 'crd':
      // A structural schema prunes what it does not name, also where it names nothing.
      return schema['x-kubernetes-preserve-unknown-fields'] !== true;
  }
}

function objectLimits(
  schema: JsonSchema,
): Pick<ObjectNode, 'mapType' | 'minProperties' | 'maxProperties'> {
  const mapType = schema['x-kubernetes-map-type'];
  return {
    ...((mapType === 'atomic' || mapType === 'granular') && { mapType }),
    ...numbers(schema, ['minProperties', 'maxProperties']),
  };
}

/** Reads a list. */
export function readArray(schema: JsonSchema, reader: Reader, read: ReadNode): ArrayNode {
  const listType = schema['x-kubernetes-list-type'];
  const keys = strings(schema['x-kubernetes-list-map-keys']);
  return {
    type: 'array',
    items: read(schema['items'], below(reader, 'items')),
    ...((listType === 'atomic' || listType === 'set' || listType === 'map') && { listType }),
    ...(keys.length > 0 && { mapKeys: keys }),
    ...numbers(schema, ['minItems', 'maxItems']),
    ...(schema['uniqueItems'] === true && { uniqueItems: true }),
  };
}

/** Reads a string. */
export function readString(schema: JsonSchema, reader: Reader): StringNode {
  countUncheckedFormat(reader, schema['format']);
  return {
    type: 'string',
    ...patternOf(schema, reader),
    ...texts(schema, ['format']),
    ...numbers(schema, ['minLength', 'maxLength']),
  };
}

/** Reads a number. */
export function readNumeric(schema: JsonSchema, type: 'integer' | 'number'): NumericNode {
  return {
    type,
    ...texts(schema, ['format']),
    ...numericBounds(schema),
    ...(Number(schema['multipleOf']) > 0 && numbers(schema, ['multipleOf'])),
  };
}

/** Reads an int-or-string; the two types that its schema may list beside it are left out. */
export function readIntOrString(schema: JsonSchema, reader: Reader): IntOrStringNode {
  return {
    type: 'int-or-string',
    ...patternOf(schema, reader),
    ...numbers(schema, ['minimum', 'maximum', 'maxLength']),
  };
}

function patternOf(schema: JsonSchema, reader: Reader): { pattern?: string } {
  if (schema['pattern'] === undefined) return {};
  const pattern = readPattern(schema['pattern'], reader);
  return pattern === undefined ? {} : { pattern };
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function numbers<Key extends string>(
  schema: JsonSchema,
  keys: readonly Key[],
): { [key in Key]?: number } {
  return pick(schema, keys, 'number') as { [key in Key]?: number };
}

function texts<Key extends string>(
  schema: JsonSchema,
  keys: readonly Key[],
): { [key in Key]?: string } {
  return pick(schema, keys, 'string') as { [key in Key]?: string };
}

function pick(schema: JsonSchema, keys: readonly string[], type: 'number' | 'string'): JsonSchema {
  return Object.fromEntries(
    keys.filter((key) => typeof schema[key] === type).map((key) => [key, schema[key]]),
  );
}
