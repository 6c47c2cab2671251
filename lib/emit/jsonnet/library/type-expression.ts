import type { Api } from '../../../model/lower-api.ts';
import { hasProperties, resolve } from '../../../model/library/members.ts';
import { capitalize } from '../../../model/library/names.ts';
import type {
  ArrayNode,
  IntOrStringNode,
  Json,
  MapNode,
  Node,
  NumericNode,
  ObjectNode,
  StringNode,
} from '../../../model/node.ts';
import { STRING_FORMATS } from '../../../model/string-formats.ts';
import { call, literal, member, type Expression, type ValueField } from '../tree.ts';
import type { FileScope } from './file-scope.ts';
import type { TypeFiles } from './type-files.ts';

/** Where a node stands whose type is written. */
export interface TypePlace {
  /** The id of the type that it is a part of: `core.v1.container`, and the way from there. */
  readonly id: string;
  /**
   * Whether `x-kubernetes-list-type` holds: the API server minds it in custom resources, and not in its own kinds.
   */
  readonly listTypes: boolean;
  /** The definitions that are being written inline, so that what is recursive ends. */
  readonly inside: readonly string[];
}

/** What writing types takes. */
export interface TypeWriter {
  readonly api: Api;
  readonly files: TypeFiles;
}

/** The expression for a type: a function of a value that gives null or what is wrong, as check.libsonnet has them. */
export function typeExpression(
  node: Node,
  place: TypePlace,
  scope: FileScope,
  writer: TypeWriter,
): Expression {
  const { node: resolved, definition } = resolve(node, writer.api);
  const known = definition === undefined ? undefined : fileOf(definition, resolved, writer);
  if (known !== undefined && node.junctors === undefined && node.nullable !== true)
    return scope.import(known, typeName(known));
  const inside = definition === undefined ? place.inside : [...place.inside, definition];
  if (definition !== undefined && place.inside.includes(definition)) return member('check.any');
  const at = definition === undefined ? place : { ...place, inside, listTypes: false };
  return withConditions(resolved, shapeExpression(resolved, at, scope, writer));
}

/** Only what has named fields is a file of its own. */
function fileOf(definition: string, node: Node, { files }: TypeWriter): string | undefined {
  return hasProperties(node) ? files.ofDefinition(definition) : undefined;
}

/** `Container` for `_types/core.v1.container.libsonnet`. */
export function typeName(file: string): string {
  const name = file.slice(file.lastIndexOf('/') + 1).replace(/\.libsonnet$/, '');
  return capitalize(name.slice(name.lastIndexOf('.') + 1));
}

function withConditions(node: Node, shape: Expression): Expression {
  const { junctors } = node;
  const where =
    junctors === undefined
      ? shape
      : call('check.where', shape, dataExpression(junctors as unknown as Json));
  return node.nullable === true ? call('check.nullable', where) : where;
}

function shapeExpression(
  node: Node,
  place: TypePlace,
  scope: FileScope,
  writer: TypeWriter,
): Expression {
  if (node.const !== undefined) return call('check.enum', dataExpression([node.const]));
  if (node.enum !== undefined) return call('check.enum', dataExpression(node.enum));
  switch (node.type) {
    case 'string':
      return stringType(node);
    case 'integer':
    case 'number':
      return numericType(node);
    case 'boolean':
      return member('check.boolean');
    case 'int-or-string':
      return intOrStringType(node);
    case 'quantity':
      return member('check.quantity');
    case 'array':
      return listType(node, place, scope, writer);
    case 'map':
      return mapType(node, place, scope, writer);
    case 'object':
      return objectType(node, place, scope, writer);
    case 'union':
      return call('check.union', {
        type: 'array',
        items: node.branches.map((branch) => typeExpression(branch, place, scope, writer)),
      });
    case 'any':
    case 'ref':
      return member('check.any');
  }
}

function stringType(node: StringNode): Expression {
  const isSecret = node.writeOnly === true;
  const hasFormat = Object.hasOwn(STRING_FORMATS, node.format ?? '');
  const limits = { ...pick(node, STRING_LIMITS), ...(hasFormat ? pick(node, ['format']) : {}) };
  return isSecret
    ? limited('check.secret', 'check.secretText', limits)
    : limited('check.string', 'check.text', limits);
}

const STRING_LIMITS = ['minLength', 'maxLength', 'pattern'] as const;
const RANGE = [
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
] as const;

function numericType(node: NumericNode): Expression {
  const limits = pick(node, RANGE);
  if (node.type === 'number') return limited('check.number', 'check.numberIn', limits);
  const plain = node.format === 'int32' ? 'check.int32' : 'check.integer';
  return limited(plain, 'check.integerIn', limits);
}

function intOrStringType(node: IntOrStringNode): Expression {
  const limits = pick(node, ['minimum', 'maximum', 'maxLength', 'pattern']);
  return limited('check.intOrString', 'check.intOrStringIn', limits);
}

function limited(plain: string, withLimits: string, limits: { [name: string]: Json }): Expression {
  return Object.keys(limits).length === 0
    ? member(plain)
    : call(withLimits, dataExpression(limits));
}

function listType(
  node: ArrayNode,
  place: TypePlace,
  scope: FileScope,
  writer: TypeWriter,
): Expression {
  const item = itemType(node.items, place, scope, writer);
  const isSet = node.uniqueItems === true || (place.listTypes && node.listType === 'set');
  const keys = place.listTypes && node.listType === 'map' ? keyDefaults(node, writer) : undefined;
  const limits = {
    ...pick(node, ['minItems', 'maxItems']),
    ...(isSet ? { unique: true } : {}),
    ...(keys === undefined ? {} : { keys }),
  };
  if (Object.keys(limits).length > 0) return call('check.list', item, dataExpression(limits));
  return isMember(item, 'string') ? member('check.stringList') : call('check.list', item);
}

/** The keys of a list map; an absent one counts with its default, which the API server fills in. */
function keyDefaults(node: ArrayNode, { api }: TypeWriter): { [key: string]: Json } {
  const { node: item } = resolve(node.items, api);
  const properties = item.type === 'object' ? item.properties : {};
  return Object.fromEntries(
    (node.mapKeys ?? []).map((key) => [key, properties[key]?.default ?? null]),
  );
}

/** What an array or a map holds; an object with fields is a file of its own, by which builders check it too. */
export function itemType(
  node: Node,
  place: TypePlace,
  scope: FileScope,
  writer: TypeWriter,
): Expression {
  if (!hasProperties(node)) return typeExpression(node, place, scope, writer);
  const file = writer.files.ofItem(node, place);
  return scope.import(file, typeName(file));
}

function mapType(
  node: MapNode,
  place: TypePlace,
  scope: FileScope,
  writer: TypeWriter,
): Expression {
  const values = itemType(node.values, place, scope, writer);
  const names = node.keys === undefined ? [] : [valueField('names', stringType(node.keys))];
  const sizes = Object.entries(pick(node, ['minProperties', 'maxProperties'])).map(
    ([name, size]) => valueField(name, dataExpression(size)),
  );
  const limits = [...sizes, ...names];
  if (limits.length > 0)
    return call('check.map', values, { type: 'object', fields: limits, inline: true });
  if (isMember(values, 'string')) return member('check.stringMap');
  return isMember(values, 'quantity') ? member('check.quantityMap') : call('check.map', values);
}

function isMember(type: Expression, name: string): boolean {
  return type.type === 'index' && type.field === name;
}

/** The type of an object with its fields, whether or not it is a file of its own. */
export function objectType(
  node: ObjectNode,
  place: TypePlace,
  scope: FileScope,
  writer: TypeWriter,
): Expression {
  const names = Object.keys(node.properties).sort();
  const fields = names.map((name) =>
    valueField(
      name,
      typeExpression(
        node.properties[name] as Node,
        { ...place, id: `${place.id}.${name}` },
        scope,
        writer,
      ),
    ),
  );
  const required = node.required.filter((name) => node.properties[name]?.default === undefined);
  const limits = {
    ...pick(node, ['minProperties', 'maxProperties']),
    ...(node.closed ? {} : { open: true }),
  };
  return call(
    'check.object',
    { type: 'object', fields },
    ...(required.length > 0 || Object.keys(limits).length > 0
      ? [dataExpression([...required].sort())]
      : []),
    ...(Object.keys(limits).length > 0 ? [dataExpression(limits)] : []),
  );
}

/** JSON as a Jsonnet expression on one line. */
export function dataExpression(value: Json): Expression {
  if (value === null || typeof value !== 'object') return literal(value);
  if (Array.isArray(value)) return { type: 'array', inline: true, items: value.map(dataExpression) };
  const fields = Object.entries(value).map(([name, inner]) =>
    valueField(name, dataExpression(inner)),
  );
  return { type: 'object', fields, inline: true };
}

function valueField(name: string, value: Expression): ValueField {
  return { type: 'value', name, value };
}

function pick(node: object, keys: readonly string[]): { [name: string]: Json } {
  const values = node as { readonly [name: string]: Json | undefined };
  return Object.fromEntries(
    keys.flatMap((key): [string, Json][] => {
      const value = values[key];
      return value === undefined ? [] : [[key, value]];
    }),
  );
}
