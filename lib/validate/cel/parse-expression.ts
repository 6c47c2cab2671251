import { type ASTNode, Environment } from '@marcbachmann/cel-js';
import type { BinaryOperator, Expression } from './expression.ts';

/** What a rule may be, so that none takes more than milliseconds to read. The longest rule known has 1,300 characters. */
export const LIMITS = { sourceBytes: 10_000, nodes: 5_000, depth: 400 };

/** Only its grammar is used: it does not let built-in functions be replaced, and never stops an evaluation. */
const environment = new Environment({
  enableOptionalTypes: true,
  limits: { maxAstNodes: LIMITS.nodes, maxCallArguments: 64 },
});

/**
 * Parses a CEL expression.
 *
 * @returns the expression, or why there is none: it is no CEL, or larger than `LIMITS`.
 */
export function parseExpression(source: string): Expression | { readonly refused: string } {
  const size = Buffer.byteLength(source);
  if (size > LIMITS.sourceBytes)
    return { refused: `it has ${size} bytes; at most ${LIMITS.sourceBytes} are read` };
  try {
    return toExpression(environment.parse(source).ast, 0);
  } catch (error) {
    return { refused: reasonOf(error) };
  }
}

class TooDeep extends Error {}

function reasonOf(error: unknown): string {
  // A RangeError is the parser's own recursion that found no end.
  if (error instanceof TooDeep || error instanceof RangeError)
    return `it is nested more than ${LIMITS.depth} levels deep`;
  const [line = ''] = error instanceof Error ? error.message.split('\n') : [];
  return `it cannot be parsed: ${line}`;
}

function toExpression(node: ASTNode, depth: number): Expression {
  if (depth > LIMITS.depth) throw new TooDeep();
  const inner: Inner = (part) => toExpression(part, depth + 1);
  switch (node.op) {
    case 'value':
      return literal(node.args);
    case 'id':
      return { op: 'identifier', name: node.args };
    case '.':
    case '.?':
    case '[]':
    case '[?]':
      return access(node, inner);
    case 'call':
      return { op: 'call', name: node.args[0], args: node.args[1].map(inner) };
    case 'rcall': {
      const [name, target, args] = node.args;
      return { op: 'call', name, target: inner(target), args: args.map(inner) };
    }
    case 'list':
      return { op: 'list', items: node.args.map(inner) };
    case 'map':
      return { op: 'map', entries: node.args.map(([key, value]) => [inner(key), inner(value)]) };
    default:
      return operation(node, inner);
  }
}

type Inner = (part: ASTNode) => Expression;
type Operator = BinaryOperator | '&&' | '||' | '!_' | '-_' | '?:';

function access(node: ASTNode & { op: '.' | '.?' | '[]' | '[?]' }, inner: Inner): Expression {
  const isOptional = node.op.endsWith('?') || node.op === '[?]';
  const optional = isOptional ? { optional: true as const } : {};
  if (node.op === '.' || node.op === '.?')
    return { op: 'select', operand: inner(node.args[0]), field: node.args[1], ...optional };
  return { op: 'index', operand: inner(node.args[0]), index: inner(node.args[1]), ...optional };
}

function operation(node: ASTNode & { op: Operator }, inner: Inner): Expression {
  switch (node.op) {
    case '!_':
    case '-_':
      return { op: 'unary', operator: node.op === '!_' ? '!' : '-', operand: inner(node.args) };
    case '?:': {
      const [condition, yes, no] = node.args;
      return { op: 'conditional', condition: inner(condition), yes: inner(yes), no: inner(no) };
    }
    case '&&':
    case '||': {
      const [left, right] = node.args;
      return { op: 'logical', operator: node.op, left: inner(left), right: inner(right) };
    }
    default: {
      const [left, right] = node.args;
      return { op: 'binary', operator: node.op, left: inner(left), right: inner(right) };
    }
  }
}

function literal(value: (ASTNode & { op: 'value' })['args']): Expression {
  if (value === null) return { op: 'literal', type: 'null', value };
  if (value instanceof Uint8Array)
    return { op: 'literal', type: 'bytes', value: Buffer.from(value).toString('base64') };
  // The only other class of literals is that of unsigned integers.
  if (typeof value === 'object')
    return { op: 'literal', type: 'uint', value: String(value.valueOf()) };
  switch (typeof value) {
    case 'bigint':
      return { op: 'literal', type: 'int', value: String(value) };
    case 'number':
      return { op: 'literal', type: 'double', value };
    case 'boolean':
      return { op: 'literal', type: 'bool', value };
    default:
      return { op: 'literal', type: 'string', value };
  }
}
