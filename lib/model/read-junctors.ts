import { isJsonSchema, type JsonSchema } from './json-schema.ts';
import type { Json, Junctors } from './node.ts';
import { readPattern } from './read-pattern.ts';
import { below, countUncheckedFormat, countUnexpressed, type Reader } from './reader.ts';
import { definitionName } from './schema-ref.ts';

/** Keywords that hold one schema. */
const ONE = new Set(['not', 'items', 'additionalProperties']);
/** Keywords that hold a list of schemas. */
const LIST = new Set(['allOf', 'anyOf', 'oneOf']);
/** Keywords that are kept as they are. */
const PLAIN = new Set(
  (
    'type required enum const format minLength maxLength minimum maximum exclusiveMinimum ' +
    'exclusiveMaximum multipleOf minItems maxItems uniqueItems minProperties maxProperties'
  ).split(' '),
);
/** Keywords that restrict nothing. */
const SILENT = new Set(['description', 'title', '$comment']);

/**
 * Reads the conditions beside the structure of a node.
 *
 * @param schema the node's schema, of which only allOf, anyOf, oneOf and not are read.
 * @returns undefined when it has none.
 */
export function readJunctors(schema: JsonSchema, reader: Reader): Junctors | undefined {
  const junctors: Record<string, Json> = {};
  for (const keyword of [...LIST, 'not']) {
    const value = schema[keyword];
    if (value === undefined) continue;
    const condition = readKeyword(keyword, value, reader);
    if (condition !== undefined) junctors[keyword] = condition;
  }
  return Object.keys(junctors).length === 0 ? undefined : junctors;
}

function readCondition(schema: unknown, reader: Reader): Json {
  if (typeof schema === 'boolean') return schema;
  if (!isJsonSchema(schema)) return {};
  const condition: Record<string, Json> = {};
  for (const [keyword, value] of Object.entries(schema)) {
    const kept = readKeyword(keyword, value, reader);
    if (kept !== undefined) condition[keyword] = kept;
  }
  return toNumericBounds(condition);
}

function readKeyword(keyword: string, value: unknown, reader: Reader): Json | undefined {
  const inner = below(reader, keyword);
  if (LIST.has(keyword) && Array.isArray(value) && value.length > 0)
    return value.map((branch, index) => readCondition(branch, below(inner, index)));
  if (ONE.has(keyword)) return readCondition(value, inner);
  if (keyword === 'properties' && isJsonSchema(value))
    return Object.fromEntries(
      Object.entries(value).map(([name, property]) => [
        name,
        readCondition(property, below(inner, name)),
      ]),
    );
  if (keyword === '$ref' && typeof value === 'string' && definitionName(value) !== undefined)
    return `#/definitions/${definitionName(value)}`;
  if (keyword === 'pattern') return readPattern(value, inner);
  if (keyword === 'format') countUncheckedFormat(reader, value);
  if (PLAIN.has(keyword) && isSound(keyword, value)) return value as Json;
  if (!SILENT.has(keyword)) countUnexpressed(reader, keyword);
  return undefined;
}

/** Whether a keyword has a value that it can have; the API server passes over an empty enum. */
function isSound(keyword: string, value: unknown): boolean {
  if (keyword === 'required')
    return Array.isArray(value) && value.every((name) => typeof name === 'string');
  if (keyword === 'enum') return Array.isArray(value) && value.length > 0;
  if (keyword === 'multipleOf') return typeof value === 'number' && value > 0;
  if (/^(?:min|max)/.test(keyword)) return typeof value === 'number';
  return true;
}

/** OpenAPI 3.0 writes an exclusive bound as a flag beside the bound, draft-07 as the bound itself. */
function toNumericBounds(condition: Record<string, Json>): Record<string, Json> {
  const { exclusiveMinimum, exclusiveMaximum, minimum, maximum, ...rest } = condition;
  return { ...rest, ...numericBounds({ exclusiveMinimum, exclusiveMaximum, minimum, maximum }) };
}

interface Bounds {
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
}

/**
 * The bounds of a number in draft-07's form.
 *
 * @param schema with `exclusiveMinimum` and `exclusiveMaximum` as numbers (draft-07) or flags (OpenAPI 3.0).
 */
export function numericBounds(schema: JsonSchema): Bounds {
  const bounds: Bounds = {};
  for (const end of ['Minimum', 'Maximum'] as const) {
    const plain = schema[end.toLowerCase()];
    const exclusive = schema[`exclusive${end}`];
    if (typeof exclusive === 'number') bounds[`exclusive${end}`] = exclusive;
    if (typeof plain !== 'number') continue;
    if (exclusive === true) bounds[`exclusive${end}`] = plain;
    else bounds[end === 'Minimum' ? 'minimum' : 'maximum'] = plain;
  }
  return bounds;
}
