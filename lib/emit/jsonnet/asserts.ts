import type { Definition, FunctionParameter, Parameter } from '../../model/family.ts';
import type {
  ArrayNode,
  MapNode,
  Node,
  NumericNode,
  ObjectNode,
  StringNode,
} from '../../model/node.ts';
import { call, identifier, join, literal, type Assert, type Expression, type Local } from './tree.ts';

/** The names of the local functions that check nested objects, by the node of the object. */
export type ObjectChecks = ReadonlyMap<ObjectNode, string>;

/** What a condition is written in. */
interface Scope {
  readonly checks: ObjectChecks;
  /** How many comprehensions are around it, and itself: their variables must differ. */
  readonly depth: number;
}

/**
 * The assert that checks one argument: its type first, in the plain form that type-inferring checkers read, then
 * what the schema says beyond the type. One assert a parameter and no helper around it, because a mixin is called
 * for every object of an environment: each further call shows in the time that rendering takes. Only nested objects
 * have functions of their own: several mixins check the same, and parsing it again for each costs more.
 *
 * @param owner what the message starts with, such as `irsa.serviceAccount.new`.
 */
export function parameterAssert(
  owner: string,
  { parameter, ...rest }: FunctionParameter,
  checks: ObjectChecks,
): Assert {
  const { name, node } = parameter;
  const value = identifier(name);
  const got = call(node.writeOnly === true ? 'check.gotSecret' : 'check.got', value);
  const right = condition(node, value, { checks, depth: 1 });
  return {
    condition: rest.default === null ? join('||', [isNull(value), right]) : right,
    message: join('+', [literal(`${owner}: ${name} must be ${parameter.expected}`), got]),
  };
}

/**
 * The objects with named fields in the parameters of the definitions of a file, each with the name of the function
 * that checks it: `isGatewayServersPort` for the field port of the items of servers.
 */
export function objectChecks(
  definitions: readonly Pick<Definition, 'name' | 'parameters'>[],
): ObjectChecks {
  const checks = new Map<ObjectNode, string>();
  // A parameter would hide the function in what it is a parameter of.
  const taken = new Set(definitions.flatMap((one) => one.parameters.map(({ name }) => name)));
  for (const { name, parameters } of definitions)
    for (const parameter of parameters)
      for (const [node, words] of nestedObjects(parameter.node, [name, parameter.name])) {
        const free = freeName(`is${words.map(capitalized).join('')}`, taken);
        checks.set(node, free);
        taken.add(free);
      }
  return checks;
}

/** What differs in case or in signs that no identifier has may want the same name. */
function freeName(wanted: string, taken: ReadonlySet<string>): string {
  let name = wanted;
  for (let number = 2; taken.has(name); number += 1) name = `${wanted}${number}`;
  return name;
}

function nestedObjects(node: Node, words: readonly string[]): [ObjectNode, readonly string[]][] {
  if (node.type === 'array') return nestedObjects(node.items, words);
  if (node.type === 'map') return nestedObjects(node.values, words);
  if (node.type !== 'object') return [];
  const inner = Object.entries(node.properties).flatMap(([name, property]) =>
    nestedObjects(property, [...words, name]),
  );
  return [...inner, [node, words]];
}

function capitalized(word: string): string {
  const [first = '', ...rest] = word.replace(/[^A-Za-z0-9]/g, '');
  return first.toUpperCase() + rest.join('');
}

/** The functions of `objectChecks`, as locals of a file. */
export function checkFunctions(checks: ObjectChecks): Local[] {
  const value = identifier('value');
  const isObject = call('std.isObject', value);
  return [...checks].map(([node, name]) => ({
    name,
    parameters: ['value'],
    value: join('&&', [isObject, ...objectConstraints(node, value, { checks, depth: 1 })]),
  }));
}

/** Whether the caller gave a parameter that may be left out. */
export function isGiven(parameter: Parameter): Expression {
  return { type: 'binary', operator: '!=', operands: [identifier(parameter.name), literal(null)] };
}

function isNull(value: Expression): Expression {
  return equals(value, literal(null));
}

/** Patterns that the conditions of a node use. */
export function patternsOf(node: Node): string[] {
  switch (node.type) {
    case 'string':
      return node.pattern === undefined ? [] : [node.pattern];
    case 'array':
      return patternsOf(node.items);
    case 'map':
      return [...(node.keys === undefined ? [] : patternsOf(node.keys)), ...patternsOf(node.values)];
    case 'object':
      return Object.values(node.properties).flatMap(patternsOf);
    default:
      return [];
  }
}

const TYPE_TESTS = {
  string: 'isString',
  integer: 'isNumber',
  number: 'isNumber',
  boolean: 'isBoolean',
  object: 'isObject',
  map: 'isObject',
} as const;

function typeTest(node: Node): string {
  if (node.type in TYPE_TESTS) return TYPE_TESTS[node.type as keyof typeof TYPE_TESTS];
  throw new Error(`the meta-schema of declarations let the type ${node.type} through`);
}

function condition(node: Node, value: Expression, scope: Scope): Expression {
  if (node.type === 'array') return arrayCondition(node, value, scope);
  const check = checkOf(node, scope);
  if (check !== undefined) return call(check, value);
  return join('&&', [call(`std.${typeTest(node)}`, value), ...constraints(node, value, scope)]);
}

function checkOf(node: Node, { checks }: Scope): string | undefined {
  return node.type === 'object' ? checks.get(node) : undefined;
}

function constraints(node: Node, value: Expression, scope: Scope): Expression[] {
  switch (node.type) {
    case 'string':
      return stringConstraints(node, value);
    case 'integer':
    case 'number':
      return numericConstraints(node, value);
    case 'map':
      return mapConstraints(node, value, scope);
    case 'object':
      return objectConstraints(node, value, scope);
    default:
      return [];
  }
}

function stringConstraints(node: StringNode, value: Expression): Expression[] {
  const result: Expression[] = [];
  const length = call('std.length', value);
  // A pattern that refuses the empty string says so too.
  const implied = node.pattern !== undefined && !new RegExp(node.pattern, 'u').test('');
  if (node.enum !== undefined) result.push(anyOf(node.enum as readonly string[], value));
  if (node.minLength !== undefined && !(implied && node.minLength <= 1))
    result.push(compare(length, '>=', node.minLength));
  if (node.maxLength !== undefined) result.push(compare(length, '<=', node.maxLength));
  if (node.pattern !== undefined) result.push(call('matches', literal(node.pattern), value));
  return result;
}

function anyOf(values: readonly (string | number)[], value: Expression): Expression {
  return join(
    '||',
    values.map((one) => equals(value, literal(one))),
  );
}

function numericConstraints(node: NumericNode, value: Expression): Expression[] {
  const result: Expression[] = [];
  if (node.type === 'integer') result.push(equals(call('std.floor', value), value));
  if (node.enum !== undefined) result.push(anyOf(node.enum as readonly number[], value));
  result.push(...bounds(node, value));
  const ranges = node.junctors?.anyOf as readonly NumericRange[] | undefined;
  if (ranges !== undefined)
    result.push(
      join(
        '||',
        ranges.map((range) => join('&&', bounds(range, value))),
      ),
    );
  return result;
}

interface NumericRange {
  readonly const?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

function bounds(range: NumericNode | NumericRange, value: Expression): Expression[] {
  const result: Expression[] = [];
  if (range.const !== undefined) result.push(equals(value, literal(range.const as number)));
  if (range.minimum !== undefined) result.push(compare(value, '>=', range.minimum));
  if (range.maximum !== undefined) result.push(compare(value, '<=', range.maximum));
  return result;
}

/** A single value stands for an array of one, as in k8s-libsonnet. */
function arrayCondition(node: ArrayNode, value: Expression, scope: Scope): Expression {
  const limits: Expression[] = [];
  const length = call('std.length', value);
  if (node.minItems !== undefined) limits.push(compare(length, '>=', node.minItems));
  if (node.maxItems !== undefined) limits.push(compare(length, '<=', node.maxItems));
  const items = allAre(node.items, value, scope);
  const array = join('&&', [call('std.isArray', value), ...limits, items]);
  const takesSingle = scope.depth === 1 && node.items.type !== 'array' && (node.minItems ?? 0) <= 1;
  return takesSingle ? join('||', [array, condition(node.items, value, scope)]) : array;
}

/**
 * Whether all items are right, written as "none is wrong": std.all is written in Jsonnet and costs ten times as much
 * (measured with go-jsonnet 0.22: 33 to 42 microseconds for two items, against 7 to 10).
 */
function allAre(items: Node, array: Expression, scope: Scope): Expression {
  const test = singleTest(items, scope);
  if (test === undefined)
    return noneOf(array, scope, (item) => condition(items, item, inside(scope)));
  const right = call('std.length', call('std.filter', test, array));
  return equals(right, call('std.length', array));
}

/** The function that says all about an item, where there is one. */
function singleTest(items: Node, scope: Scope): Expression | undefined {
  const check = checkOf(items, scope);
  if (check !== undefined) return identifier(check);
  if (items.type === 'array' || constraints(items, identifier('item'), scope).length > 0)
    return undefined;
  return { type: 'index', target: identifier('std'), field: typeTest(items) };
}

function inside(scope: Scope): Scope {
  return { ...scope, depth: scope.depth + 1 };
}

function mapConstraints(node: MapNode, map: Expression, scope: Scope): Expression[] {
  const result = sizeConstraints(node, map);
  const names = call('std.objectFields', map);
  const { keys, values } = node;
  const keyRules = (key: Expression): Expression[] =>
    keys === undefined ? [] : stringConstraints(keys, key);
  const valueRules = (key: Expression): Expression[] =>
    values.type === 'any'
      ? []
      : [condition(values, { type: 'element', target: map, key }, inside(scope))];
  if (keys === undefined && values.type === 'any') return result;
  const isRight = (key: Expression): Expression =>
    join('&&', [...keyRules(key), ...valueRules(key)]);
  return [...result, noneOf(names, scope, isRight)];
}

function sizeConstraints(node: MapNode | ObjectNode, map: Expression): Expression[] {
  const size = call('std.length', map);
  const { minProperties, maxProperties } = node;
  return [
    ...(minProperties === undefined ? [] : [compare(size, '>=', minProperties)]),
    ...(maxProperties === undefined ? [] : [compare(size, '<=', maxProperties)]),
  ];
}

function objectConstraints(node: ObjectNode, value: Expression, scope: Scope): Expression[] {
  const names = Object.keys(node.properties);
  const fields = call('std.objectFields', value);
  const result = sizeConstraints(node, value);
  if (node.closed)
    result.push(
      names.length === 0
        ? equals(call('std.length', value), literal(0))
        : noneOf(fields, scope, (name) => anyOf(names, name)),
    );
  for (const [name, property] of Object.entries(node.properties)) {
    const has = call('std.objectHas', value, literal(name));
    const right = condition(property, { type: 'index', target: value, field: name }, inside(scope));
    if (node.required.includes(name)) result.push(join('&&', [has, right]));
    else result.push(join('||', [{ type: 'not', operand: has }, right]));
  }
  return [...result, ...dependencyConstraints(node, value)];
}

/** Fields with the same dependencies share a condition: these are there, or none of the fields is. */
function dependencyConstraints({ dependencies = {} }: ObjectNode, value: Expression): Expression[] {
  const has = (name: string): Expression => call('std.objectHas', value, literal(name));
  const rows = new Map<string, { wanted: readonly string[]; by: string[] }>();
  for (const [name, wanted] of Object.entries(dependencies)) {
    const row = rows.get(JSON.stringify(wanted)) ?? { wanted, by: [] };
    row.by.push(name);
    rows.set(JSON.stringify(wanted), row);
  }
  return [...rows.values()].map(({ wanted, by }) => {
    const absent = by.map((name): Expression => ({ type: 'not', operand: has(name) }));
    return join('||', [join('&&', wanted.map(has)), join('&&', absent)]);
  });
}

function noneOf(
  source: Expression,
  { depth }: Scope,
  isRight: (item: Expression) => Expression,
): Expression {
  const variable = depth === 1 ? 'item' : `item${depth}`;
  const wrong: Expression = { type: 'not', operand: isRight(identifier(variable)) };
  const body = identifier(variable);
  const found: Expression = { type: 'comprehension', body, variable, source, filter: wrong };
  return equals(call('std.length', found), literal(0));
}

function equals(left: Expression, right: Expression): Expression {
  return { type: 'binary', operator: '==', operands: [left, right] };
}

function compare(left: Expression, operator: '<=' | '>=', right: number): Expression {
  return { type: 'binary', operator, operands: [left, literal(right)] };
}

/** The value as an array. */
export function asArray(value: Expression): Expression {
  return {
    type: 'conditional',
    test: call('std.isArray', value),
    consequent: value,
    alternate: { type: 'array', items: [value] },
  };
}
