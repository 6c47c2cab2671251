import type { Api } from '../../../model/lower-api.ts';
import { hasProperties, resolve } from '../../../model/library/members.ts';
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
import { placeOfBranch, placeOfProperty, type TypePlace } from './type-place.ts';

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
    return scope.import(known);
  const inside = definition === undefined ? place.inside : [...place.inside, definition];
  if (definition !== undefined && place.inside.includes(definition)) return member('check.any');
  const at = definition === undefined ? place : { ...place, inside, listTypes: false };
  return withConditions(resolved, shapeExpression(resolved, at, scope, writer), scope);
}

/** Only what has named fields is a file of its own. */
function fileOf(definition: string, node: Node, { files }: TypeWriter): string | undefined {
  return hasProperties(node) ? files.ofDefinition(definition) : undefined;
}

function withConditions(node: Node, shape: Expression, scope: FileScope): Expression {
  const { junctors } = node;
  const where =
    junctors === undefined
      ? shape
      : limits(scope, 'where', shape, dataExpression(junctors as unknown as Json));
  return node.nullable === true ? limits(scope, 'nullable', where) : where;
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
      return stringType(node, scope);
    case 'integer':
    case 'number':
      return numericType(node, scope);
    case 'boolean':
      return member('check.boolean');
    case 'int-or-string':
      return intOrStringType(node, scope);
    case 'quantity':
      return quantity(scope, 'quantity');
    case 'array':
      return listType(node, place, scope, writer);
    case 'map':
      return mapType(node, place, scope, writer);
    case 'object':
      return objectType(node, place, scope, writer);
    case 'union':
      return limits(scope, 'union', {
        type: 'array',
        items: node.branches.map((branch, index) =>
          typeExpression(branch, placeOfBranch(place, index), scope, writer),
        ),
      });
    case 'any':
    case 'ref':
      return member('check.any');
  }
}

function stringType(node: StringNode, scope: FileScope): Expression {
  const isSecret = node.writeOnly === true;
  const hasFormat = Object.hasOwn(STRING_FORMATS, node.format ?? '');
  const own = { ...pick(node, STRING_LIMITS), ...(hasFormat ? pick(node, ['format']) : {}) };
  return isSecret
    ? limited(scope, ['secret', 'secretText'], own)
    : limited(scope, ['string', 'text'], own);
}

const STRING_LIMITS = ['minLength', 'maxLength', 'pattern'] as const;
const RANGE = [
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
] as const;

function numericType(node: NumericNode, scope: FileScope): Expression {
  const range = pick(node.format === 'int32' ? withInt32Bounds(node) : node, RANGE);
  if (node.type === 'number') return limited(scope, ['number', 'number'], range);
  return limited(scope, [node.format === 'int32' ? 'int32' : 'integer', 'integer'], range);
}

/** An integer with a bound of its own has the other one of its format; without any, it is check.libsonnet's int32. */
function withInt32Bounds(node: NumericNode): NumericNode {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = node;
  const hasLower = minimum !== undefined || exclusiveMinimum !== undefined;
  const hasUpper = maximum !== undefined || exclusiveMaximum !== undefined;
  if (hasLower === hasUpper && node.multipleOf === undefined) return node;
  return {
    ...node,
    ...(hasLower ? {} : { minimum: -(2 ** 31) }),
    ...(hasUpper ? {} : { maximum: 2 ** 31 - 1 }),
  };
}

function intOrStringType(node: IntOrStringNode, scope: FileScope): Expression {
  const own = pick(node, ['minimum', 'maximum', 'maxLength', 'pattern']);
  const type = limited(scope, ['intOrString', 'intOrString'], own);
  return node.writeOnly === true ? limits(scope, 'hidden', type) : type;
}

/** A type of check.libsonnet, or with limits the one of limits.libsonnet. */
function limited(
  scope: FileScope,
  [plain, withLimits]: readonly [plain: string, withLimits: string],
  own: { [name: string]: Json },
): Expression {
  return Object.keys(own).length === 0
    ? member(`check.${plain}`)
    : limits(scope, withLimits, dataExpression(own));
}

/** A type of limits.libsonnet. */
function limit(scope: FileScope, field: string): Expression {
  return { type: 'index', target: scope.import('limits.libsonnet'), field };
}

function quantity(scope: FileScope, field: string): Expression {
  return { type: 'index', target: scope.import('quantity.libsonnet'), field };
}

/** A type that a function of limits.libsonnet makes. */
export function limits(
  scope: FileScope,
  field: string,
  ...args: readonly Expression[]
): Expression {
  return { type: 'call', callee: limit(scope, field), args };
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
  const own = {
    ...pick(node, ['minItems', 'maxItems']),
    ...(isSet ? { unique: true } : {}),
    ...(keys === undefined ? {} : { keys }),
  };
  if (Object.keys(own).length > 0) return limits(scope, 'list', item, dataExpression(own));
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
  return scope.import(writer.files.ofItem(node, place));
}

function mapType(
  node: MapNode,
  place: TypePlace,
  scope: FileScope,
  writer: TypeWriter,
): Expression {
  const values = itemType(node.values, place, scope, writer);
  const names = node.keys === undefined ? [] : [valueField('names', stringType(node.keys, scope))];
  const sizes = Object.entries(pick(node, ['minProperties', 'maxProperties'])).map(
    ([name, size]) => valueField(name, dataExpression(size)),
  );
  const own = [...sizes, ...names];
  if (own.length > 0)
    return limits(scope, 'map', values, { type: 'object', fields: own, inline: true });
  if (node.values.type === 'string' && node.values.writeOnly === true)
    return limits(scope, 'secretMap', values);
  if (isMember(values, 'string')) return member('check.stringMap');
  return isMember(values, 'quantity') ? quantity(scope, 'quantityMap') : call('check.map', values);
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
  // An open object may need what it does not name.
  const others = node.closed ? [] : node.required;
  const properties = new Map(Object.entries(node.properties));
  const fields = [...new Set([...properties.keys(), ...others])].sort().map((name) =>
    valueField(
      name,
      typeExpression(
        properties.get(name) ?? { type: 'any' },
        placeOfProperty(place, name),
        scope,
        writer,
      ),
    ),
  );
  const required = node.required.filter((name) => node.properties[name]?.default === undefined);
  const own = {
    ...pick(node, ['minProperties', 'maxProperties']),
    ...(node.closed ? {} : { open: true }),
  };
  const named: Expression = { type: 'object', fields };
  const needed = dataExpression([...required].sort());
  if (Object.keys(own).length > 0)
    return limits(scope, 'object', named, needed, dataExpression(own));
  return call('check.object', named, ...(required.length > 0 ? [needed] : []));
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
