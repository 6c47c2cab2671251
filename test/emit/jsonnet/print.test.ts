import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fieldName, printJsonnet, quote } from '../../../lib/emit/jsonnet/print.ts';
import {
  identifier,
  literal,
  type Expression,
  type MethodField,
} from '../../../lib/emit/jsonnet/tree.ts';
import { useEvaluators, valueOf } from './evaluators.ts';
import { arrayOf, computed, constants, type Sample } from './expressions.ts';

const { tanka, plain, format } = useEvaluators();

/** Starting a program costs more than evaluating, so that each run holds many samples. */
const MANY = { minLength: 20, maxLength: 40, size: 'max' } as const;
const RUNS = { numRuns: 12, interruptAfterTimeLimit: 90_000 };

function print(value: Expression): string {
  return printJsonnet({ banner: 'A test.', locals: [], value });
}

/** A method with asserts and a default, and a field that calls it. */
function withMethod(
  condition: Sample<boolean>,
  fallback: Sample<number>,
  result: Sample<number>,
): Sample {
  const assert = { type: 'binary', operator: '==' } as const;
  const method: MethodField = {
    type: 'method',
    name: 'new',
    parameters: [{ name: 'first' }, { name: 'second', default: fallback.expression }],
    asserts: [
      {
        condition: {
          ...assert,
          operands: [identifier('first'), literal(condition.value)],
        },
        message: literal('first'),
      },
      {
        condition: { ...assert, operands: [identifier('second'), literal(fallback.value)] },
        message: { type: 'binary', operator: '+', operands: [literal("it's "), literal('second')] },
      },
    ],
    body: {
      type: 'object',
      fields: [
        { type: 'value', name: 'metadata', merge: true, value: result.expression },
        { type: 'value', name: 'hidden', hidden: true, value: literal(0) },
      ],
    },
  };
  const call: Expression = {
    type: 'call',
    callee: { type: 'index', target: identifier('self'), field: 'new' },
    args: [condition.expression],
  };
  return {
    expression: { type: 'object', fields: [method, { type: 'value', name: 'call', value: call }] },
    value: { call: { metadata: result.value } },
  };
}

describe('printJsonnet', () => {
  it('gives back any JSON value, with any string and any field name, in the form of tk fmt', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(constants, MANY).map(arrayOf), async ({ expression, value }) => {
        const text = print(expression);
        expect(await format(text)).toBe(text);
        expect(valueOf(await tanka(text))).toEqual(value);
        expect(valueOf(await plain(text))).toEqual(value);
      }),
      RUNS,
    );
  }, 300_000);

  it('keeps the meaning of nested operators and conditionals, in the form of tk fmt', async () => {
    const sample = fc.oneof<fc.Arbitrary<Sample>[]>(computed.boolean, computed.number);
    await fc.assert(
      fc.asyncProperty(
        fc.array(sample, MANY).map(arrayOf),
        async ({ expression, value }) => {
          const text = print(expression);
          expect(await format(text)).toBe(text);
          expect(valueOf(await tanka(text))).toEqual(value);
        },
      ),
      RUNS,
    );
  }, 300_000);

  it('prints methods with defaults and asserts, in the form of tk fmt', async () => {
    const sample = fc
      .tuple(computed.boolean, computed.number, computed.number)
      .map((parts) => withMethod(...parts));
    await fc.assert(
      fc.asyncProperty(fc.array(sample, MANY).map(arrayOf), async ({ expression, value }) => {
        const text = print(expression);
        expect(await format(text)).toBe(text);
        expect(valueOf(await tanka(text))).toEqual(value);
      }),
      RUNS,
    );
  }, 300_000);

  it('reads a field by any name', async () => {
    const object: Expression = {
      type: 'object',
      fields: ['a', 'a b', "'", 'self'].map((name) => ({
        type: 'value',
        name,
        value: literal(name),
      })),
    };
    for (const name of ['a', 'a b', "'", 'self']) {
      const text = print({ type: 'index', target: object, field: name });
      expect(valueOf(await plain(text))).toBe(name);
      expect(await format(text)).toBe(text);
    }
  });

  it('parenthesises only what binds weaker than its surroundings', () => {
    const [a, b, c] = ['a', 'b', 'c'].map(identifier) as [Expression, Expression, Expression];
    const or: Expression = { type: 'binary', operator: '||', operands: [a, b] };
    const and: Expression = { type: 'binary', operator: '&&', operands: [a, b] };
    expect(print({ type: 'binary', operator: '&&', operands: [or, c] })).toContain('(a || b) && c');
    expect(print({ type: 'binary', operator: '||', operands: [c, and] })).toContain('c || a && b');
  });
});

describe('quote', () => {
  it.each([
    ['plain', "'plain'"],
    ["it's", `"it's"`],
    ['say "x"', `'say "x"'`],
    [`both ' and "`, String.raw`'both \' and "'`],
    ['\u0000\n\\', String.raw`'\u0000\n\\'`],
  ])('writes %j as tk fmt does', (text, quoted) => {
    expect(quote(text)).toBe(quoted);
  });
});

describe('fieldName', () => {
  it.each([
    ['roleArn', 'roleArn'],
    ['_x1', '_x1'],
    ['self', "'self'"],
    ['', "''"],
    ['9a', "'9a'"],
    ['é', "'é'"],
    ['eks.amazonaws.com/role-arn', "'eks.amazonaws.com/role-arn'"],
  ])('writes %j as %s', (name, printed) => {
    expect(fieldName(name)).toBe(printed);
  });
});
