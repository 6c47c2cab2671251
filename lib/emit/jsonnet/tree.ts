/** A Jsonnet expression as data. Text from outside enters it only as strings and field names, which are quoted. */
export type Expression =
  | { readonly type: 'literal'; readonly value: string | number | boolean | null }
  | { readonly type: 'identifier'; readonly name: string }
  | { readonly type: 'import'; readonly path: string }
  | { readonly type: 'index'; readonly target: Expression; readonly field: string }
  | { readonly type: 'call'; readonly callee: Expression; readonly args: readonly Expression[] }
  | {
      readonly type: 'binary';
      readonly operator: BinaryOperator;
      readonly operands: readonly Expression[];
    }
  | {
      readonly type: 'conditional';
      readonly test: Expression;
      readonly consequent: Expression;
      /** Without it the value is null. */
      readonly alternate?: Expression;
    }
  | {
      readonly type: 'array';
      readonly items: readonly Expression[];
      /** On one line, also with objects in it. */
      readonly inline?: boolean;
    }
  | { readonly type: 'not'; readonly operand: Expression }
  | { readonly type: 'element'; readonly target: Expression; readonly key: Expression }
  | {
      readonly type: 'comprehension';
      readonly body: Expression;
      readonly variable: string;
      readonly source: Expression;
      readonly filter: Expression;
    }
  | {
      readonly type: 'object';
      readonly fields: readonly Field[];
      /** On one line. */
      readonly inline?: boolean;
    };

/** Operators in the order of their binding strength, weakest last. */
export type BinaryOperator = '+' | '<=' | '>=' | '==' | '!=' | 'in' | '&&' | '||';

/** A field of an object: a value, a method with its asserts, or one that is written already. */
export type Field = ValueField | MethodField | VerbatimField;

/** A field as text, from a hand-written file; its lines are indented as those of an object that is a whole file. */
export interface VerbatimField {
  readonly type: 'verbatim';
  readonly name: string;
  /** Without the comma at its end. */
  readonly text: string;
}

/** `name: value`, `name:: value` or `name+: value`; `[name]: value` when the name is an expression. */
export interface ValueField {
  readonly type: 'value';
  readonly name: string | Expression;
  readonly hidden?: boolean;
  readonly merge?: boolean;
  readonly value: Expression;
}

/** `name(parameters):: assert ...; body`; always hidden. */
export interface MethodField {
  readonly type: 'method';
  readonly name: string;
  readonly parameters: readonly { readonly name: string; readonly default?: Expression }[];
  readonly asserts: readonly Assert[];
  readonly body: Expression;
}

/** `assert condition : message;` */
export interface Assert {
  readonly condition: Expression;
  /** Absent when the condition itself fails with a message. */
  readonly message?: Expression;
}

/** `local name = value;`, or `local name(parameters) = value;` */
export interface Local {
  readonly name: string;
  readonly parameters?: readonly string[];
  readonly value: Expression;
}

/** A whole file: a comment, locals, and the value. */
export interface JsonnetFile {
  readonly banner: string;
  readonly locals: readonly Local[];
  readonly value: Expression;
}

/** A string, number, boolean or null. */
export function literal(value: string | number | boolean | null): Expression {
  return { type: 'literal', value };
}

/** A variable. */
export function identifier(name: string): Expression {
  return { type: 'identifier', name };
}

/** `a.b.c`, or `callee(args)` when there are args. */
export function call(dotted: string, ...args: readonly Expression[]): Expression {
  return { type: 'call', callee: member(dotted), args };
}

/** `a.b.c`. */
export function member(dotted: string): Expression {
  const [first = '', ...rest] = dotted.split('.');
  return rest.reduce<Expression>(
    (target, field) => ({ type: 'index', target, field }),
    identifier(first),
  );
}

/** The operands joined by one operator; a single operand is itself. What `&&` and `||` join is one row, however nested. */
export function join(operator: BinaryOperator, operands: readonly Expression[]): Expression {
  const isLogical = operator === '&&' || operator === '||';
  const row = isLogical ? operands.flatMap((one) => operandsOf(operator, one)) : operands;
  const [first] = row;
  if (first === undefined) throw new Error(`no operands for ${operator}`);
  return row.length === 1 ? first : { type: 'binary', operator, operands: row };
}

function operandsOf(operator: BinaryOperator, one: Expression): readonly Expression[] {
  return one.type === 'binary' && one.operator === operator ? one.operands : [one];
}
