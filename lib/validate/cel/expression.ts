/**
 * A CEL expression as it is kept in the cache: plain JSON, macros and operators as written. Integers are decimal texts,
 * bytes are base64.
 */
export type Expression =
  | { readonly op: 'literal'; readonly type: LiteralType; readonly value: LiteralJson }
  | { readonly op: 'identifier'; readonly name: string }
  | Select
  | {
      readonly op: 'index';
      readonly operand: Expression;
      readonly index: Expression;
      readonly optional?: true;
    }
  | Call
  | { readonly op: 'list'; readonly items: readonly Expression[] }
  | { readonly op: 'map'; readonly entries: readonly (readonly [Expression, Expression])[] }
  | { readonly op: 'unary'; readonly operator: '!' | '-'; readonly operand: Expression }
  | {
      readonly op: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly op: 'logical';
      readonly operator: '&&' | '||';
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly op: 'conditional';
      readonly condition: Expression;
      readonly yes: Expression;
      readonly no: Expression;
    };

/** A field of an object or a key of a map, written `operand.field` or `operand.?field`. */
export interface Select {
  readonly op: 'select';
  readonly operand: Expression;
  readonly field: string;
  readonly optional?: true;
}

/** A call of a function or a macro, of a method when it has a target. */
export interface Call {
  readonly op: 'call';
  readonly name: string;
  readonly target?: Expression;
  readonly args: readonly Expression[];
}

/** The types of literals. */
export type LiteralType = 'null' | 'bool' | 'int' | 'uint' | 'double' | 'string' | 'bytes';

/** How JSON holds a literal. */
export type LiteralJson = string | number | boolean | null;

/** The operators that need both of their operands. */
export type BinaryOperator =
  '+' | '-' | '*' | '/' | '%' | '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in';

/** The expressions that an expression consists of. */
export function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.op) {
    case 'literal':
    case 'identifier':
      return [];
    case 'select':
    case 'unary':
      return [expression.operand];
    case 'index':
      return [expression.operand, expression.index];
    case 'call':
      return expression.target === undefined
        ? expression.args
        : [expression.target, ...expression.args];
    case 'list':
      return expression.items;
    case 'map':
      return expression.entries.flat();
    case 'binary':
    case 'logical':
      return [expression.left, expression.right];
    case 'conditional':
      return [expression.condition, expression.yes, expression.no];
  }
}
