import fc from 'fast-check';
import type { BinaryOperator, Expression, Field } from '../../../lib/emit/jsonnet/tree.ts';
import { call, identifier, join, literal } from '../../../lib/emit/jsonnet/tree.ts';

/** A Jsonnet expression, and the value that it has to have. */
export interface Sample<Value = unknown> {
  readonly expression: Expression;
  readonly value: Value;
}

/** Strings that a printer gets wrong when it quotes carelessly, and any others. */
const text = fc.oneof(
  fc.constantFrom('', "'", '"', `'"`, '\\', '\0', '\u001f', '\u007f', '\u0085', '\u2028', '\ufeff'),
  fc.constantFrom('|||', '%s', '$', '\\u0041', '//', '/* */', '#', 'a\r\nb\tc\b\f', '😀'),
  fc.string({ unit: 'binary' }),
  fc.string(),
);

/** Names that are no identifiers, or only look like one, and any others. */
const fieldName = fc.oneof(
  fc.constantFrom('self', 'super', 'function', 'importbin', 'tailstrict', '$', 'a/b', 'a-b', 'é'),
  fc.constantFrom('', '__proto__', '_', '9', '1a', 'a b', "a'b", '#new', 'true', 'toString'),
  text,
);

const number = fc
  .double({ noNaN: true, noDefaultInfinity: true })
  // JSON does not tell -0 from 0.
  .map((value) => value + 0);

const scalar: fc.Arbitrary<Sample> = fc
  .oneof(text, number, fc.integer(), fc.boolean(), fc.constant(null))
  .map((value) => ({ expression: literal(value), value }));

/** Any JSON value, written as literals, arrays and objects. */
export const constants: fc.Arbitrary<Sample> = fc.letrec<{ value: Sample }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    scalar,
    fc.array(tie('value'), { maxLength: 4 }).map(arrayOf),
    fc
      .uniqueArray(fc.tuple(fieldName, tie('value')), { selector: ([name]) => name, maxLength: 4 })
      .map(objectOf),
  ),
})).value;

/** An array of samples as one sample. */
export function arrayOf<Value>(items: readonly Sample<Value>[]): Sample<Value[]> {
  return {
    expression: { type: 'array', items: items.map((item) => item.expression) },
    value: items.map((item) => item.value),
  };
}

function objectOf(entries: readonly (readonly [string, Sample])[]): Sample {
  const fields = entries.map(
    ([name, { expression }]): Field => ({ type: 'value', name, value: expression }),
  );
  return {
    expression: { type: 'object', fields },
    value: Object.fromEntries(entries.map(([name, { value }]) => [name, value])),
  };
}

// A type, not an interface: letrec wants an index signature.
type Typed = {
  readonly number: Sample<number>;
  readonly boolean: Sample<boolean>;
};

/**
 * Expressions of numbers and booleans with every operator, conditionals, calls and comprehensions. Emitters write
 * objects as values of fields and items of arrays, never inside an operator, so there are none in these.
 */
export const computed = fc.letrec<Typed>((tie) => ({
  number: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.integer({ min: -9, max: 9 }).map((value) => ({ expression: literal(value), value })),
    operation('+', tie('number'), (left, right) => left + right),
    conditional(tie('boolean'), tie('number')),
    fc.array(tie('number'), { maxLength: 2 }).map(lengthOf),
    fc.tuple(tie('boolean'), tie('number'), tie('number')).map(element),
  ),
  boolean: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.boolean().map((value) => ({ expression: literal(value), value })),
    operation('&&', tie('boolean'), (left, right) => left && right),
    operation('||', tie('boolean'), (left, right) => left || right),
    operation('==', tie('boolean'), (left, right) => left === right),
    comparison('==', tie('number'), (left, right) => left === right),
    comparison('<=', tie('number'), (left, right) => left <= right),
    comparison('>=', tie('number'), (left, right) => left >= right),
    conditional(tie('boolean'), tie('boolean')),
    membership(tie('boolean')),
    tie('boolean').map(negation),
    fc.tuple(fc.array(tie('number'), { maxLength: 3 }), tie('number')).map(allAtMost),
  ),
}));

type Combine<In, Out> = (left: In, right: In) => Out;

function operation<Value>(
  operator: BinaryOperator,
  operand: fc.Arbitrary<Sample<Value>>,
  combine: Combine<Value, Value>,
): fc.Arbitrary<Sample<Value>> {
  return fc.array(operand, { minLength: 2, maxLength: 3 }).map((operands) => ({
    expression: join(
      operator,
      operands.map((one) => one.expression),
    ),
    value: operands.map((one) => one.value).reduce(combine),
  }));
}

function comparison<Value>(
  operator: BinaryOperator,
  operand: fc.Arbitrary<Sample<Value>>,
  compare: Combine<Value, boolean>,
): fc.Arbitrary<Sample<boolean>> {
  return fc.tuple(operand, operand).map(([left, right]) => ({
    expression: join(operator, [left.expression, right.expression]),
    value: compare(left.value, right.value),
  }));
}

function conditional<Value>(
  test: fc.Arbitrary<Sample<boolean>>,
  branch: fc.Arbitrary<Sample<Value>>,
): fc.Arbitrary<Sample<Value>> {
  return fc.tuple(test, branch, branch).map(([condition, yes, no]) => ({
    expression: {
      type: 'conditional',
      test: condition.expression,
      consequent: yes.expression,
      alternate: no.expression,
    },
    value: condition.value ? yes.value : no.value,
  }));
}

/** `(if test then 'length' else 'nothing') in std`. */
function membership(test: fc.Arbitrary<Sample<boolean>>): fc.Arbitrary<Sample<boolean>> {
  return test.map(({ expression, value }) => ({
    expression: join('in', [
      {
        type: 'conditional',
        test: expression,
        consequent: literal('length'),
        alternate: literal('nothing'),
      },
      identifier('std'),
    ]),
    value,
  }));
}

/** `std.length(numbers)`. */
function lengthOf(items: readonly Sample<number>[]): Sample<number> {
  const { expression, value } = arrayOf(items);
  return { expression: call('std.length', expression), value: value.length };
}

/** `std.length([item for item in numbers if !(item <= limit)]) == 0`. */
function allAtMost([items, limit]: readonly [Sample<number>[], Sample<number>]): Sample<boolean> {
  const item = identifier('item');
  const { expression: source, value } = arrayOf(items);
  const wrong: Expression = { type: 'not', operand: join('<=', [item, limit.expression]) };
  const found: Expression = {
    type: 'comprehension',
    body: item,
    variable: 'item',
    source,
    filter: wrong,
  };
  return {
    expression: join('==', [call('std.length', found), literal(0)]),
    value: value.every((one) => one <= limit.value),
  };
}

function negation({ expression, value }: Sample<boolean>): Sample<boolean> {
  return { expression: { type: 'not', operand: expression }, value: !value };
}

/** `[first, second][if test then 0 else 1]`. */
function element([test, first, second]: readonly [
  Sample<boolean>,
  Sample<number>,
  Sample<number>,
]): Sample<number> {
  const key: Expression = {
    type: 'conditional',
    test: test.expression,
    consequent: literal(0),
    alternate: literal(1),
  };
  const target = arrayOf([first, second]).expression;
  return {
    expression: { type: 'element', target, key },
    value: test.value ? first.value : second.value,
  };
}
