import type { Parameter } from '../../model/family.ts';
import type { Node, NumericNode, StringNode } from '../../model/node.ts';
import { call, identifier, join, literal, type Assert, type Expression } from './tree.ts';

/** Gives the import expression of the automaton of a pattern, and sees to it that the file is written. */
export type AutomatonImport = (pattern: string) => Expression;

/**
 * The asserts that check one argument: its type first, in the plain form that type-inferring checkers read,
 * then what the schema says beyond the type.
 *
 * @param owner what the message starts with, such as `irsa.serviceAccount.new`.
 */
export function parameterAsserts(
  owner: string,
  parameter: Parameter,
  automaton: AutomatonImport,
): Assert[] {
  const { name, node } = parameter;
  const value = identifier(name);
  const got = call(node.writeOnly === true ? 'check.gotSecret' : 'check.got', value);
  const message = join('+', [literal(`${owner}: ${name} must be ${parameter.expected}`), got]);
  const beyond = constraintConditions(node, value, automaton);
  const conditions = [
    typeCondition(node, value),
    ...(beyond.length > 0 ? [join('&&', beyond)] : []),
  ];
  return conditions.map((condition) => ({ condition, message }));
}

const TYPE_TESTS = {
  string: 'std.isString',
  integer: 'std.isNumber',
  number: 'std.isNumber',
  boolean: 'std.isBoolean',
  object: 'std.isObject',
  map: 'std.isObject',
} as const;

function typeTest(node: Node): string {
  if (node.type in TYPE_TESTS) return TYPE_TESTS[node.type as keyof typeof TYPE_TESTS];
  throw new Error(`the meta-schema of declarations let the type ${node.type} through`);
}

function typeCondition(node: Node, value: Expression): Expression {
  if (node.type === 'map')
    return join('&&', [
      call('std.isObject', value),
      allAre(node.values, call('std.objectValues', value)),
    ]);
  if (node.type !== 'array') return call(typeTest(node), value);
  const array = join('&&', [call('std.isArray', value), allAre(node.items, value)]);
  return join('||', [call(typeTest(node.items), value), array]);
}

function allAre(items: Node, array: Expression): Expression {
  const [std = '', test = ''] = typeTest(items).split('.');
  const predicate: Expression = { type: 'index', target: identifier(std), field: test };
  return call('std.all', call('std.map', predicate, array));
}

function constraintConditions(
  node: Node,
  value: Expression,
  automaton: AutomatonImport,
): Expression[] {
  switch (node.type) {
    case 'string':
      return stringConditions(node, value, automaton);
    case 'integer':
    case 'number':
      return numericConditions(node, value);
    case 'array':
      return arrayConditions(node, value, automaton);
    default:
      return [];
  }
}

function stringConditions(
  node: StringNode,
  value: Expression,
  automaton: AutomatonImport,
): Expression[] {
  const conditions: Expression[] = [];
  if (node.enum !== undefined) conditions.push(anyOf(node.enum as readonly string[], value));
  const length = call('std.length', value);
  if (node.minLength !== undefined) conditions.push(compare(length, '>=', node.minLength));
  if (node.maxLength !== undefined) conditions.push(compare(length, '<=', node.maxLength));
  if (node.pattern !== undefined)
    conditions.push(call('check.matches', literal(node.pattern), automaton(node.pattern), value));
  return conditions;
}

function anyOf(values: readonly string[], value: Expression): Expression {
  return join(
    '||',
    values.map((one) => ({ type: 'binary', operator: '==', operands: [value, literal(one)] })),
  );
}

function numericConditions(node: NumericNode, value: Expression): Expression[] {
  const conditions: Expression[] = [];
  if (node.type === 'integer')
    conditions.push({
      type: 'binary',
      operator: '==',
      operands: [call('std.floor', value), value],
    });
  if (node.minimum !== undefined) conditions.push(compare(value, '>=', node.minimum));
  if (node.maximum !== undefined) conditions.push(compare(value, '<=', node.maximum));
  return conditions;
}

function arrayConditions(
  node: Extract<Node, { type: 'array' }>,
  value: Expression,
  automaton: AutomatonImport,
): Expression[] {
  const items = asArray(value);
  const conditions: Expression[] = [];
  if (node.minItems !== undefined)
    conditions.push(compare(call('std.length', items), '>=', node.minItems));
  if (node.maxItems !== undefined)
    conditions.push(compare(call('std.length', items), '<=', node.maxItems));
  const each = constraintConditions(node.items, identifier('item'), automaton);
  if (each.length > 0) {
    const body = join('&&', each);
    conditions.push(
      call('std.all', { type: 'comprehension', body, variable: 'item', source: items }),
    );
  }
  return conditions;
}

function compare(left: Expression, operator: '<=' | '>=', right: number): Expression {
  return { type: 'binary', operator, operands: [left, literal(right)] };
}

/** A single value stands for an array of one, as in k8s-libsonnet. */
export function asArray(value: Expression): Expression {
  return {
    type: 'conditional',
    test: call('std.isArray', value),
    consequent: value,
    alternate: { type: 'array', items: [value] },
  };
}
