import { type Call, type Expression, partsOf } from './expression.ts';
import type { Compile, Evaluate, Scope } from './compile-expression.ts';
import { sortByKeys } from './functions/lists.ts';
import {
  CelError,
  isList,
  MapLiteral,
  MapValue,
  noSuchOverload,
  NotEvaluated,
  Optional,
  type Value,
} from './value.ts';

/** A comprehension: what runs for each item of a list, or each key of a map. */
interface Loop {
  readonly range: Evaluate;
  /** One variable: the item or the key. Two: index and item, or key and value. */
  readonly variables: readonly string[];
  readonly bodies: readonly Evaluate[];
  /** What one turn costs: the size of the bodies. */
  readonly weight: number;
}

type Turn = (scope: Scope) => boolean;

const QUANTIFIERS = new Set(['all', 'exists', 'exists_one', 'existsOne']);
const TRANSFORMS = new Set(['transformList', 'transformMap', 'transformMapEntry']);
const LAZY_OPTIONALS = new Set(['or', 'orValue']);

/**
 * Compiles a call of a macro, whose arguments are not all evaluated as those of a function are.
 *
 * @returns undefined when the call is of no macro.
 * @throws NotEvaluated when an argument is not what the macro needs.
 */
export function compileMacro(
  call: Call,
  names: ReadonlySet<string>,
  compile: Compile,
): Evaluate | undefined {
  const { name, target, args } = call;
  if (target === undefined)
    return name === 'has' && args.length === 1 ? compileHas(args[0], names, compile) : undefined;
  const receiver = { ...call, target };
  if ((name === 'optMap' || name === 'optFlatMap') && args.length === 2)
    return compileOptMap(receiver, names, compile);
  if (LAZY_OPTIONALS.has(name) && args.length === 1) return compileOr(receiver, names, compile);
  const variables = variablesOf(call);
  if (variables === 0) return undefined;
  return loopOf(name, compileLoop(receiver, variables, names, compile));
}

type MethodCall = Call & { readonly target: Expression };

/** How many variables the macro of that name and arity binds; 0 when there is none. */
function variablesOf({ name, args: { length } }: Call): 0 | 1 | 2 {
  if (QUANTIFIERS.has(name)) return length === 2 ? 1 : length === 3 ? 2 : 0;
  if (TRANSFORMS.has(name)) return length === 3 || length === 4 ? 2 : 0;
  if (name === 'map') return length === 2 || length === 3 ? 1 : 0;
  return (name === 'filter' || name === 'sortBy') && length === 2 ? 1 : 0;
}

function compileHas(
  argument: Expression | undefined,
  names: ReadonlySet<string>,
  compile: Compile,
): Evaluate {
  if (argument?.op !== 'select') throw new NotEvaluated('has() takes a field');
  const operand = compile(argument.operand, names);
  return (scope) => {
    const value = operand(scope);
    const object = value instanceof Optional ? value.value : value;
    if (object === undefined) return false;
    if (object instanceof MapValue) return object.find(argument.field) !== undefined;
    throw noSuchOverload('has', [object]);
  };
}

function compileOptMap(
  { name, target, args }: MethodCall,
  names: ReadonlySet<string>,
  compile: Compile,
): Evaluate {
  const variable = variableName(args[0]);
  const receiver = compile(target, names);
  const body = compile(args[1] as Expression, new Set([...names, variable]));
  return (scope) => {
    const optional = optionalOf(name, receiver(scope));
    if (optional.value === undefined) return optional;
    const result = body(bind(scope, variable, optional.value));
    return name === 'optMap' ? new Optional(result) : optionalOf(name, result);
  };
}

function compileOr(
  { name, target, args }: MethodCall,
  names: ReadonlySet<string>,
  compile: Compile,
): Evaluate {
  const receiver = compile(target, names);
  const other = compile(args[0] as Expression, names);
  return (scope) => {
    const optional = optionalOf(name, receiver(scope));
    if (optional.value === undefined) return other(scope);
    return name === 'or' ? optional : optional.value;
  };
}

function optionalOf(name: string, value: Value): Optional {
  if (value instanceof Optional) return value;
  throw noSuchOverload(name, [value]);
}

function compileLoop(
  { target, args }: MethodCall,
  count: 1 | 2,
  names: ReadonlySet<string>,
  compile: Compile,
): Loop {
  const variables = args.slice(0, count).map(variableName);
  const inside = new Set([...names, ...variables]);
  const bodies = args.slice(count);
  return {
    range: compile(target, names),
    variables,
    bodies: bodies.map((body) => compile(body, inside)),
    weight: bodies.reduce((sum, body) => sum + sizeOf(body), 1),
  };
}

function variableName(argument: Expression | undefined): string {
  if (argument?.op === 'identifier') return argument.name;
  throw new NotEvaluated('the variable of a macro has to be a name');
}

function sizeOf(expression: Expression): number {
  return partsOf(expression).reduce((sum, part) => sum + sizeOf(part), 1);
}

function bind(outer: Scope, name: string, value: Value): Scope {
  return { name, value, outer, budget: outer.budget };
}

/** Runs `turn` for each item until it returns false. */
function run(loop: Loop, outer: Scope, turn: Turn): void {
  const range = loop.range(outer);
  const isOfList = isList(range);
  if (!isOfList && !(range instanceof MapValue)) throw noSuchOverload('comprehension', [range]);
  const [first = '', second] = loop.variables;
  for (const [index, item] of (isOfList ? range : range.keys()).entries()) {
    outer.budget.spend(loop.weight);
    const key = second !== undefined && isOfList ? BigInt(index) : item;
    const scope = bind(outer, first, key);
    const value = isOfList ? item : second === undefined ? item : (range.find(item) as Value);
    if (!turn(second === undefined ? scope : bind(scope, second, value))) return;
  }
}

function loopOf(name: string, loop: Loop): Evaluate {
  switch (name) {
    case 'all':
      return quantifier(loop, false);
    case 'exists':
      return quantifier(loop, true);
    case 'exists_one':
    case 'existsOne':
      return existsOne(loop);
    case 'sortBy':
      return sortBy(loop);
    case 'filter':
      return (scope) => collect({ ...loop, bodies: [...loop.bodies, firstVariable(loop)] }, scope);
    case 'transformMap':
    case 'transformMapEntry':
      return transformMap(name, loop);
    default:
      return (scope) => collect(loop, scope);
  }
}

/** The value that the first variable has in a turn. */
function firstVariable({ variables: [name = ''] }: Loop): Evaluate {
  return (scope) => {
    let current: Scope | undefined = scope;
    while (current !== undefined && current.name !== name) current = current.outer;
    return current?.value ?? null;
  };
}

/** `decisive` ends the loop. An error counts only when no other item decides. */
function quantifier(loop: Loop, decisive: boolean): Evaluate {
  const [predicate] = loop.bodies as [Evaluate];
  return (outer) => {
    let found = false;
    let failure: CelError | undefined;
    run(loop, outer, (scope) => {
      try {
        found = holds(predicate(scope)) === decisive;
      } catch (error) {
        if (!(error instanceof CelError)) throw error;
        failure ??= error;
      }
      return !found;
    });
    if (!found && failure !== undefined) throw failure;
    return found === decisive;
  };
}

function holds(value: Value): boolean {
  if (typeof value === 'boolean') return value;
  throw noSuchOverload('predicate', [value]);
}

function existsOne(loop: Loop): Evaluate {
  const [predicate] = loop.bodies as [Evaluate];
  return (outer) => {
    let count = 0;
    run(loop, outer, (scope) => {
      if (holds(predicate(scope))) count += 1;
      return true;
    });
    return count === 1;
  };
}

/** With two bodies, the first says which items count. */
function collect(loop: Loop, outer: Scope): readonly Value[] {
  const [filter, transform] = loop.bodies.length === 2 ? loop.bodies : [undefined, loop.bodies[0]];
  const items: Value[] = [];
  run(loop, outer, (scope) => {
    if (filter === undefined || holds(filter(scope))) items.push((transform as Evaluate)(scope));
    return true;
  });
  return items;
}

function sortBy(loop: Loop): Evaluate {
  return (outer) => {
    const keys = collect(loop, outer);
    const range = loop.range(outer);
    return isList(range) ? sortByKeys(range, keys) : range;
  };
}

function transformMap(name: string, loop: Loop): Evaluate {
  const [filter, transform] = loop.bodies.length === 2 ? loop.bodies : [undefined, loop.bodies[0]];
  const key = firstVariable(loop);
  return (outer) => {
    const map = new MapLiteral();
    run(loop, outer, (scope) => {
      if (filter !== undefined && !holds(filter(scope))) return true;
      const value = (transform as Evaluate)(scope);
      if (name === 'transformMapEntry') insertAll(map, value);
      else map.insert(key(scope), value);
      return true;
    });
    return map;
  };
}

function insertAll(map: MapLiteral, entries: Value): void {
  if (!(entries instanceof MapValue)) throw noSuchOverload('cel.@mapInsert', [map, entries]);
  for (const key of entries.keys()) map.insert(key, entries.find(key) as Value);
}
