import type { Budget } from './budget.ts';
import {
  Duration,
  ExtensionValue,
  isList,
  MapValue,
  noSuchOverload,
  Optional,
  Timestamp,
  TypeValue,
  Uint,
  type Value,
} from './value.ts';

/** How a list with `x-kubernetes-list-type` other than atomic is compared and joined. */
export interface KeyedList {
  /** The text that two items with the same key share. */
  readonly keyOf: (item: Value) => string;
}

const keyedLists = new WeakMap<readonly Value[], KeyedList>();

/** Marks a list as one whose order does not count: items are told apart by their keys. */
export function markKeyedList(list: readonly Value[], how: KeyedList): void {
  keyedLists.set(list, how);
}

/** How the list was marked, if it was. */
export function keyedListOf(list: readonly Value[]): KeyedList | undefined {
  return keyedLists.get(list);
}

/** Whether two values are equal as CEL's `==` has it: numbers by value, whatever their type; values of different types never. */
export function areEqual(left: Value, right: Value, budget: Budget): boolean {
  const a = left instanceof Uint ? left.value : left;
  const b = right instanceof Uint ? right.value : right;
  if (typeof a === 'bigint' || typeof a === 'number')
    // oxlint-disable-next-line eqeqeq -- 1n == 1 compares by value
    return (typeof b === 'bigint' || typeof b === 'number') && a == b;
  if (a === null || typeof a !== 'object') return a === b;
  if (isList(a)) return isList(b) && areEqualLists(a, b, budget);
  if (a instanceof MapValue) return b instanceof MapValue && areEqualMaps(a, b, budget);
  return areEqualObjects(a, b, budget);
}

function areEqualObjects(a: Value & object, b: Value, budget: Budget): boolean {
  if (a instanceof Uint8Array) return b instanceof Uint8Array && Buffer.compare(a, b) === 0;
  if (a instanceof Timestamp) return b instanceof Timestamp && a.nanos === b.nanos;
  if (a instanceof Duration) return b instanceof Duration && a.nanos === b.nanos;
  if (a instanceof TypeValue) return b instanceof TypeValue && a.name === b.name;
  if (a instanceof Optional) return b instanceof Optional && areEqualOptionals(a, b, budget);
  return (
    a instanceof ExtensionValue &&
    b instanceof ExtensionValue &&
    a.typeName === b.typeName &&
    a.equals(b)
  );
}

function areEqualOptionals(a: Optional, b: Optional, budget: Budget): boolean {
  if (a.value === undefined || b.value === undefined) return a.value === b.value;
  return areEqual(a.value, b.value, budget);
}

function areEqualLists(a: readonly Value[], b: readonly Value[], budget: Budget): boolean {
  budget.spend(1 + Math.min(a.length, b.length));
  if (a.length !== b.length) return false;
  const keyed = keyedListOf(a);
  if (keyed === undefined)
    return a.every((item, index) => areEqual(item, b[index] as Value, budget));
  const byKey = new Map(a.map((item) => [keyed.keyOf(item), item]));
  return b.every((item) => {
    const other = byKey.get(keyed.keyOf(item));
    return other !== undefined && areEqual(other, item, budget);
  });
}

function areEqualMaps(a: MapValue, b: MapValue, budget: Budget): boolean {
  budget.spend(1 + Math.min(a.size, b.size));
  if (a.size !== b.size) return false;
  return a.keys().every((key) => {
    const other = b.find(key);
    return other !== undefined && areEqual(a.find(key) as Value, other, budget);
  });
}

/**
 * The order of two values.
 *
 * @returns -1, 0 or 1; undefined where NaN has no order.
 * @throws CelError for types that have no order between them.
 */
export function compareValues(left: Value, right: Value, operator: string): number | undefined {
  const a = comparable(left);
  const b = comparable(right);
  const bothNumbers =
    (typeof a === 'bigint' || typeof a === 'number') &&
    (typeof b === 'bigint' || typeof b === 'number') &&
    left instanceof Timestamp === right instanceof Timestamp &&
    left instanceof Duration === right instanceof Duration;
  if (bothNumbers) return orderOf(a, b);
  if (typeof a === 'string' && typeof b === 'string') return compareTexts(a, b);
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b);
  if (a instanceof Uint8Array && b instanceof Uint8Array) return Buffer.compare(a, b);
  throw noSuchOverload(`_${operator}_`, [left, right]);
}

function orderOf(a: bigint | number, b: bigint | number): number | undefined {
  if (a < b) return -1;
  if (a > b) return 1;
  return Number.isNaN(a) || Number.isNaN(b) ? undefined : 0;
}

function comparable(value: Value): Value {
  if (value instanceof Uint) return value.value;
  return value instanceof Timestamp || value instanceof Duration ? value.nanos : value;
}

/** Orders texts by code points, as Go does; JavaScript itself compares UTF-16 units. */
export function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  for (let index = 0; index < a.length && index < b.length; index += 1)
    if (a.charCodeAt(index) !== b.charCodeAt(index))
      return (a.codePointAt(index) ?? 0) < (b.codePointAt(index) ?? 0) ? -1 : 1;
  return a.length < b.length ? -1 : 1;
}

/** Whether a list has an item that is equal. */
export function includes(list: readonly Value[], wanted: Value, budget: Budget): boolean {
  budget.spend(1 + list.length);
  return list.some((item) => areEqual(item, wanted, budget));
}
