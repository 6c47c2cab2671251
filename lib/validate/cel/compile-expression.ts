import type { Budget } from './budget.ts';
import type { CelFunction } from './call.ts';
import { type Call, type Expression, type Select } from './expression.ts';
import { TYPE_NAMES } from './functions/conversions.ts';
import { FUNCTIONS, METHODS } from './functions/function-tables.ts';
import { compileMacro } from './macros.ts';
import { applyBinary, applyUnary } from './operators.ts';
import {
  CelError,
  isList,
  MapLiteral,
  MapValue,
  noSuchOverload,
  NotEvaluated,
  Optional,
  shown,
  TypeValue,
  Uint,
  type Value,
} from './value.ts';

/** The variables that an expression sees, the innermost first. */
export interface Scope {
  readonly name: string;
  readonly value: Value;
  readonly outer: Scope | undefined;
  readonly budget: Budget;
}

/** An expression that is ready to run. Throws CelError for its own errors, NotEvaluated when it has to stop. */
export type Evaluate = (scope: Scope) => Value;

/** Compiles an expression that stands inside another; passed in, so that macros do not import their caller. */
export type Compile = (expression: Expression, names: ReadonlySet<string>) => Evaluate;

/** Types whose names have dots. */
const QUALIFIED_TYPES: ReadonlySet<string> = new Set([
  'google.protobuf.Duration',
  'google.protobuf.Timestamp',
  'net.CIDR',
  'net.IP',
]);

/**
 * Makes an expression ready to run.
 *
 * @param names the variables that the scope will have.
 * @throws NotEvaluated when it needs a function or a variable that is not there.
 */
export function compileExpression(expression: Expression, names: ReadonlySet<string>): Evaluate {
  const inner = (part: Expression): Evaluate => compileExpression(part, names);
  switch (expression.op) {
    case 'literal': {
      const value = literalValue(expression);
      return () => value;
    }
    case 'identifier':
      return compileIdentifier(expression.name, names);
    case 'select':
      return compileSelect(expression, names);
    case 'index': {
      const [operand, index] = [inner(expression.operand), inner(expression.index)];
      const isOptional = expression.optional === true;
      return (scope) => access(operand(scope), index(scope), isOptional);
    }
    case 'call':
      return compileCall(expression, names);
    case 'list': {
      const items = expression.items.map(inner);
      return (scope) => items.map((item) => item(scope));
    }
    case 'map':
      return compileMap(expression.entries.map(([key, value]) => [inner(key), inner(value)]));
    case 'unary': {
      const operand = inner(expression.operand);
      return (scope) => applyUnary(expression.operator, operand(scope));
    }
    case 'binary': {
      const [left, right] = [inner(expression.left), inner(expression.right)];
      return (scope) => applyBinary(expression.operator, left(scope), right(scope), scope.budget);
    }
    case 'logical':
      return compileLogical(expression.operator, inner(expression.left), inner(expression.right));
    case 'conditional':
      return compileConditional(
        inner(expression.condition),
        inner(expression.yes),
        inner(expression.no),
      );
  }
}

function literalValue({ type, value }: Expression & { op: 'literal' }): Value {
  switch (type) {
    case 'int':
      return BigInt(String(value));
    case 'uint':
      return new Uint(BigInt(String(value)));
    case 'bytes':
      return Buffer.from(String(value), 'base64');
    default:
      return value;
  }
}

function compileIdentifier(name: string, names: ReadonlySet<string>): Evaluate {
  if (names.has(name)) return (scope) => lookUp(name, scope);
  if (!TYPE_NAMES.has(name)) throw new NotEvaluated(`there is no variable ${name}`);
  const type = new TypeValue(name);
  return () => type;
}

function lookUp(name: string, scope: Scope): Value {
  let current: Scope | undefined = scope;
  while (current !== undefined && current.name !== name) current = current.outer;
  return current?.value ?? null;
}

function compileSelect(expression: Select, names: ReadonlySet<string>): Evaluate {
  const qualified = qualifiedName(expression, names);
  if (qualified !== undefined && QUALIFIED_TYPES.has(qualified)) {
    const type = new TypeValue(qualified);
    return () => type;
  }
  const operand = compileExpression(expression.operand, names);
  const isOptional = expression.optional === true;
  return (scope) => access(operand(scope), expression.field, isOptional);
}

/** `a.b.c` when `a` is no variable. */
function qualifiedName(expression: Expression, names: ReadonlySet<string>): string | undefined {
  if (expression.op === 'identifier')
    return names.has(expression.name) ? undefined : expression.name;
  if (expression.op !== 'select' || expression.optional === true) return undefined;
  const outer = qualifiedName(expression.operand, names);
  return outer === undefined ? undefined : `${outer}.${expression.field}`;
}

function access(operand: Value, key: Value, isOptional: boolean): Value {
  if (operand instanceof Optional) {
    const found = operand.value === undefined ? undefined : find(operand.value, key);
    return new Optional(found);
  }
  const found = find(operand, key);
  if (isOptional) return new Optional(found);
  if (found !== undefined) return found;
  throw new CelError(
    isList(operand) ? `index out of bounds: ${shown(key)}` : `no such key: ${shown(key)}`,
  );
}

function find(operand: Value, key: Value): Value | undefined {
  if (operand instanceof MapValue) return operand.find(key);
  if (!isList(operand)) throw noSuchOverload('_[_]', [operand, key]);
  const index = key instanceof Uint ? key.value : key;
  if (typeof index === 'bigint' || Number.isInteger(index)) return operand[Number(index)];
  throw noSuchOverload('_[_]', [operand, key]);
}

function compileMap(entries: readonly (readonly [Evaluate, Evaluate])[]): Evaluate {
  return (scope) => {
    const map = new MapLiteral();
    for (const [key, value] of entries) map.set(key(scope), value(scope));
    return map;
  };
}

/** An error on one side does not count when the other side decides. */
function compileLogical(operator: '&&' | '||', left: Evaluate, right: Evaluate): Evaluate {
  const decisive = operator === '||';
  return (scope) => {
    const first = attempt(left, scope);
    if (first === decisive) return decisive;
    const second = attempt(right, scope);
    if (second === decisive) return decisive;
    if (first instanceof CelError) throw first;
    if (second instanceof CelError) throw second;
    if (typeof first === 'boolean' && typeof second === 'boolean') return !decisive;
    throw noSuchOverload(`_${operator}_`, [first, second]);
  };
}

function attempt(evaluate: Evaluate, scope: Scope): Value | CelError {
  try {
    return evaluate(scope);
  } catch (error) {
    if (error instanceof CelError) return error;
    throw error;
  }
}

function compileConditional(condition: Evaluate, yes: Evaluate, no: Evaluate): Evaluate {
  return (scope) => {
    const chosen = condition(scope);
    if (typeof chosen !== 'boolean') throw noSuchOverload('_?_:_', [chosen]);
    return chosen ? yes(scope) : no(scope);
  };
}

function compileCall(call: Call, names: ReadonlySet<string>): Evaluate {
  const macro = compileMacro(call, names, compileExpression);
  if (macro !== undefined) return macro;
  const { target, name } = call;
  if (target === undefined) return applyFunction(call, FUNCTIONS.get(name), call.args, names);
  const namespace = qualifiedName(target, names);
  const qualified = namespace === undefined ? undefined : FUNCTIONS.get(`${namespace}.${name}`);
  if (qualified !== undefined) return applyFunction(call, qualified, call.args, names);
  const method = METHODS.get(name);
  if (method === undefined && namespace !== undefined)
    throw new NotEvaluated(`there is no function ${namespace}.${name}`);
  return applyFunction(call, method, [target, ...call.args], names);
}

function applyFunction(
  { name }: Call,
  implementation: CelFunction | undefined,
  parts: readonly Expression[],
  names: ReadonlySet<string>,
): Evaluate {
  if (implementation === undefined) throw new NotEvaluated(`there is no function ${name}`);
  const args = parts.map((part) => compileExpression(part, names));
  return (scope) =>
    implementation(
      args.map((arg) => arg(scope)),
      scope,
    );
}
