import type { Budget } from '../budget.ts';
import { Arguments, type CelFunction, type FunctionTable } from '../call.ts';
import { areEqual, compareValues, includes } from '../compare.ts';
import { applyBinary } from '../operators.ts';
import { CelError, isList, Optional, type Value } from '../value.ts';

/** Kubernetes' own methods of lists and cel-go's ext.Lists, version 3, which CRDs have from Kubernetes 1.34 on. */
export const LIST_METHODS: FunctionTable = {
  isSorted: overList('isSorted', (list) =>
    list.every((item, index) => {
      const next = list[index + 1];
      return next === undefined || orderOf(item, next) !== 1;
    }),
  ),
  sum(values, context) {
    const list = new Arguments('sum', values, [1]).list(0);
    context.budget.spend(list.length);
    const [first = 0n, ...rest] = list;
    return rest.reduce((total, item) => applyBinary('+', total, item, context.budget), first);
  },
  min: overList('min', (list) => extreme('min', list, 1)),
  max: overList('max', (list) => extreme('max', list, -1)),
  slice(values, context) {
    const args = new Arguments('slice', values, [3]);
    const list = args.list(0);
    const [start, end] = [args.int(1), args.int(2)];
    context.budget.spend(list.length);
    if (start < 0n || end < 0n || start > end || end > list.length)
      throw new CelError(`cannot slice(${start}, ${end}), list is length ${list.length}`);
    return list.slice(Number(start), Number(end));
  },
  flatten(values, context) {
    const args = new Arguments('flatten', values, [1, 2]);
    const depth = args.count === 2 ? args.int(1) : 1n;
    if (depth < 0n) throw new CelError('level must be non-negative');
    const flat = flatten(args.list(0), depth);
    context.budget.spend(flat.length);
    return flat;
  },
  distinct(values, context) {
    const list = new Arguments('distinct', values, [1]).list(0);
    const unique: Value[] = [];
    for (const item of list) {
      if (!includes(unique, item, context.budget)) unique.push(item);
    }
    return unique;
  },
  reverse: overList('reverse', (list) => list.toReversed()),
  sort: overList('sort', (list) => sortByKeys(list, list)),
};

/** Functions of lists in a namespace. */
export const LIST_FUNCTIONS: FunctionTable = {
  'lists.range'(values, context) {
    const count = new Arguments('lists.range', values, [1]).int(0);
    const length = Math.max(0, Number(count));
    context.budget.spend(length);
    return Array.from({ length }, (_, index) => BigInt(index));
  },
};

/** `list.indexOf(item)`. */
export function indexOfItem(list: readonly Value[], item: Value, budget: Budget): Value {
  return BigInt(list.findIndex((each) => areEqual(each, item, budget)));
}

/** `list.lastIndexOf(item)`. */
export function lastIndexOfItem(list: readonly Value[], item: Value, budget: Budget): Value {
  return BigInt(list.findLastIndex((each) => areEqual(each, item, budget)));
}

/**
 * The items in the order of their keys.
 *
 * @throws CelError when the keys are of several types, or of one that has no order.
 */
export function sortByKeys(items: readonly Value[], keys: readonly Value[]): readonly Value[] {
  const places = items.map((_, index) => index);
  places.sort((left, right) => {
    const [a, b] = [keys[left] as Value, keys[right] as Value];
    if (typeof a !== typeof b) throw new CelError('list elements must have the same type');
    return compareValues(a, b, '<') ?? 0;
  });
  return places.map((place) => items[place] as Value);
}

function overList(name: string, apply: (list: readonly Value[]) => Value): CelFunction {
  return (values, { budget }) => {
    const list = new Arguments(name, values, [1]).list(0);
    budget.spend(1 + list.length);
    return apply(list);
  };
}

function extreme(name: string, list: readonly Value[], worse: number): Value {
  const [first, ...rest] = list;
  if (first === undefined) throw new CelError(`${name} called on empty list`);
  return rest.reduce((best, item) => (orderOf(best, item) === worse ? item : best), first);
}

/** Undefined also for values that have no order, which the API server takes for being in order here. */
function orderOf(left: Value, right: Value): number | undefined {
  try {
    return compareValues(left, right, '<');
  } catch (error) {
    if (error instanceof CelError) return undefined;
    throw error;
  }
}

function flatten(list: readonly Value[], depth: bigint): readonly Value[] {
  if (depth === 0n) return list;
  return list.flatMap((item) => (isList(item) ? flatten(item, depth - 1n) : [item]));
}

/** cel-go's ext.Sets: lists as sets. */
export const SET_FUNCTIONS: FunctionTable = {
  'sets.contains': overSets('sets.contains', (list, other, budget) =>
    other.every((item) => includes(list, item, budget)),
  ),
  'sets.equivalent': overSets(
    'sets.equivalent',
    (list, other, budget) =>
      list.every((item) => includes(other, item, budget)) &&
      other.every((item) => includes(list, item, budget)),
  ),
  'sets.intersects': overSets('sets.intersects', (list, other, budget) =>
    list.some((item) => includes(other, item, budget)),
  ),
};

function overSets(
  name: string,
  apply: (list: readonly Value[], other: readonly Value[], budget: Budget) => boolean,
): CelFunction {
  return (values, { budget }) => {
    const args = new Arguments(name, values, [2]);
    return apply(args.list(0), args.list(1), budget);
  };
}

/** The functions and methods of optional values that are no macros. */
export const OPTIONAL_FUNCTIONS: FunctionTable = {
  'optional.of': (values) => new Optional(new Arguments('optional.of', values, [1]).value(0)),
  'optional.none': () => new Optional(),
  'optional.unwrap': (values) => unwrap(new Arguments('optional.unwrap', values, [1]).list(0)),
  'optional.ofNonZeroValue'(values) {
    const value = new Arguments('optional.ofNonZeroValue', values, [1]).value(0);
    return isZero(value) ? new Optional() : new Optional(value);
  },
};

/** Methods that take or give optional values. */
export const OPTIONAL_METHODS: FunctionTable = {
  first: (values) => new Optional(new Arguments('first', values, [1]).list(0)[0]),
  last: (values) => new Optional(new Arguments('last', values, [1]).list(0).at(-1)),
  unwrapOpt: (values) => unwrap(new Arguments('unwrapOpt', values, [1]).list(0)),
  hasValue: (values) => receiver('hasValue', values).value !== undefined,
  value(values) {
    const { value } = receiver('value', values);
    if (value === undefined) throw new CelError('optional.none() dereference');
    return value;
  },
};

function unwrap(list: readonly Value[]): Value {
  return list.flatMap((item) =>
    item instanceof Optional ? (item.value === undefined ? [] : [item.value]) : [item],
  );
}

function receiver(name: string, values: readonly Value[]): Optional {
  return new Arguments(name, values, [1]).of(Optional, 0);
}

function isZero(value: Value): boolean {
  if (value === null || value === false || value === 0n || value === 0 || value === '') return true;
  if (isList(value) || value instanceof Uint8Array) return value.length === 0;
  return typeof value === 'object' && sizeIsZero(value);
}

function sizeIsZero(value: Value & object): boolean {
  if ('nanos' in value) return value.nanos === 0n;
  if (value instanceof Optional) return value.value === undefined;
  return 'size' in value && value.size === 0;
}
