import type { Argument } from '../../../model/library/members.ts';
import type { ArrayNode, IntOrStringNode, Node, NumericNode } from '../../../model/node.ts';
import { STRING_FORMATS } from '../../../model/string-formats.ts';
import { call, identifier, join, literal, type Assert, type Expression } from '../tree.ts';
import type { FileScope } from './file-scope.ts';
import { itemType, typeExpression, type TypeWriter } from './type-expression.ts';
import { placeOfProperty, type TypePlace } from './type-place.ts';

/** Where an argument is checked. */
export interface ArgumentContext {
  /** What the message starts with: `deployment.spec.withReplicas`. */
  readonly owner: string;
  /** Where the type of the object is that has the property. */
  readonly place: TypePlace;
  readonly scope: FileScope;
  readonly writer: TypeWriter;
  /** Whether the value is added to what is there. */
  readonly adds: boolean;
}

/**
 * The assert of an argument. Scalars are tested in place, in the plain form that type-inferring checkers read; what has
 * parts by a function that fails with the message itself: written out, the assert of an array took 2.7 times as long to
 * load (400 such functions, under tk 0.38).
 *
 * @returns none when any value will do.
 */
export function argumentAsserts(argument: Argument, context: ArgumentContext): Assert[] {
  const { node } = argument;
  const value = identifier(argument.argument);
  const start = `${context.owner}: ${argument.argument}`;
  if (isAnything(node)) return [];
  const plain = isPlain(node) ? plainTest(node, value) : undefined;
  if (plain !== undefined) return [plainAssert(start, plain, node, value)];
  if (isPlain(node) && node.type === 'array') {
    const items = itemsCheck(node, argument, context);
    if (items !== undefined)
      return [{ condition: call('check.items', literal(start), items, value) }];
  }
  const type = argumentType(argument, context);
  const checked = node.type === 'array' ? call('check.asArray', value) : value;
  return [{ condition: call('check.fits', literal(start), type, checked) }];
}

function isAnything({ type, junctors, enum: values, const: value }: Node): boolean {
  return type === 'any' && [junctors, values, value].every((one) => one === undefined);
}

function isPlain(node: Node): boolean {
  return node.nullable !== true && node.junctors === undefined;
}

function plainAssert(start: string, test: PlainTest, node: Node, value: Expression): Assert {
  const got =
    node.writeOnly === true
      ? join('+', [literal(`${start} must be ${test.words}, got `), call('std.type', value)])
      : join('+', [literal(`${start} must be ${test.words}`), call('check.got', value)]);
  return { condition: test.condition, message: got };
}

/** The type of the items, when nothing is asked of the array itself. */
function itemsCheck(
  node: ArrayNode,
  { property }: Argument,
  { place, scope, writer, adds }: ArgumentContext,
): Expression | undefined {
  const at = placeOfProperty(place, property);
  if (!adds && hasLimits(node, place)) return undefined;
  return itemType(node.items, at, scope, writer);
}

function hasLimits(node: ArrayNode, { listTypes }: TypePlace): boolean {
  const differs = node.listType === 'set' || node.listType === 'map';
  const sizes = node.minItems !== undefined || node.maxItems !== undefined;
  return sizes || node.uniqueItems === true || (listTypes && differs);
}

function argumentType(
  { node, property, definition }: Argument,
  { place, scope, writer, adds }: ArgumentContext,
): Expression {
  const at = placeOfProperty(place, property);
  if (adds) return typeExpression(withoutLowerLimits(node), at, scope, writer);
  const whole: Node = definition === undefined ? node : { type: 'ref', name: definition };
  return itemType(whole, at, scope, writer);
}

/** What is added may lack what the whole needs. */
function withoutLowerLimits(node: Node): Node {
  if (node.type !== 'map' && node.type !== 'object') return node;
  const { minProperties: _least, ...rest } = node;
  return rest.type === 'object' ? { ...rest, required: [] } : rest;
}

interface PlainTest {
  readonly condition: Expression;
  /** Completes "must be". */
  readonly words: string;
}

function plainTest(node: Node, value: Expression): PlainTest | undefined {
  if (node.const !== undefined) return enumTest([node.const], value);
  if (node.enum !== undefined) return enumTest(node.enum, value);
  switch (node.type) {
    case 'boolean':
      return { condition: call('std.isBoolean', value), words: 'true or false' };
    case 'integer':
    case 'number':
      return numericTest(node, value);
    case 'int-or-string':
      return intOrStringTest(node, value);
    case 'string':
      return hasTextLimits(node)
        ? undefined
        : { condition: call('std.isString', value), words: 'a string' };
    case 'object':
      return Object.keys(node.properties).length === 0 && !node.closed && !hasSizes(node)
        ? { condition: call('std.isObject', value), words: 'an object' }
        : undefined;
    default:
      return undefined;
  }
}

function hasTextLimits(node: Extract<Node, { type: 'string' }>): boolean {
  const isChecked = Object.hasOwn(STRING_FORMATS, node.format ?? '');
  return isChecked || ['pattern', 'minLength', 'maxLength'].some((key) => key in node);
}

function hasSizes(node: Node): boolean {
  return 'minProperties' in node || 'maxProperties' in node;
}

function enumTest(values: readonly unknown[], value: Expression): PlainTest | undefined {
  if (!values.every((one) => typeof one === 'string')) return undefined;
  const last = values.length - 1;
  const words = values.map((one) => JSON.stringify(one));
  return {
    condition: join(
      '||',
      values.map((one) => equals(value, literal(one))),
    ),
    words: last === 0 ? `${words[0]}` : `${words.slice(0, last).join(', ')} or ${words[last]}`,
  };
}

function numericTest(node: NumericNode, value: Expression): PlainTest | undefined {
  const others = ['multipleOf', 'exclusiveMinimum', 'exclusiveMaximum'];
  if (others.some((key) => key in node)) return undefined;
  const isBounded = node.minimum !== undefined && node.maximum !== undefined;
  if (node.format === 'int32' && !isBounded) return undefined;
  const tests = [call('std.isNumber', value)];
  if (node.type === 'integer') tests.push(equals(call('std.floor', value), value));
  const words: string[] = [];
  for (const [limit, operator, text] of BOUNDS) {
    const bound = node[limit];
    if (bound === undefined) continue;
    tests.push({ type: 'binary', operator, operands: [value, literal(bound)] });
    words.push(`${text} ${bound}`);
  }
  const type = node.type === 'integer' ? 'an integer' : 'a number';
  return {
    condition: join('&&', tests),
    words: [type, words.join(' and ')].join(' ').trim(),
  };
}

const BOUNDS = [
  ['minimum', '>=', 'of at least'],
  ['maximum', '<=', 'of at most'],
] as const;

function intOrStringTest(node: IntOrStringNode, value: Expression): PlainTest | undefined {
  if (['pattern', 'minimum', 'maximum', 'maxLength'].some((key) => key in node)) return undefined;
  const isInteger = [
    call('std.isNumber', value),
    equals(call('std.floor', value), value),
  ];
  return {
    condition: join('||', [call('std.isString', value), join('&&', isInteger)]),
    words: 'an integer or a string',
  };
}

function equals(left: Expression, right: Expression): Expression {
  return { type: 'binary', operator: '==', operands: [left, right] };
}
