import type { Budget } from './budget.ts';
import { areEqual, compareValues, includes, keyedListOf, markKeyedList } from './compare.ts';
import type { BinaryOperator } from './expression.ts';
import {
  CelError,
  Duration,
  isList,
  MapValue,
  noSuchOverload,
  Timestamp,
  Uint,
  type Value,
} from './value.ts';

const MOST_INT = 2n ** 63n - 1n;
const LEAST_INT = -(2n ** 63n);
const MOST_UINT = 2n ** 64n - 1n;
/** The years 1 to 9999, in nanoseconds since 1970. Source: cel-go, common/types/timestamp.go. */
const LEAST_TIME = -62_135_596_800_000_000_000n;
const MOST_TIME = 253_402_300_799_999_999_999n;

/** @throws CelError when it is no int of 64 bits. */
export function checkedInt(value: bigint): bigint {
  if (value > MOST_INT || value < LEAST_INT) throw new CelError('integer overflow');
  return value;
}

/** @throws CelError when it is no uint of 64 bits. */
export function checkedUint(value: bigint): Uint {
  if (value > MOST_UINT || value < 0n) throw new CelError('unsigned integer overflow');
  return new Uint(value);
}

/** @throws CelError when it is outside the years 1 to 9999. */
export function checkedTime(nanos: bigint): Timestamp {
  if (nanos < LEAST_TIME || nanos > MOST_TIME) throw new CelError('timestamp overflow');
  return new Timestamp(nanos);
}

/** @throws CelError when it has more nanoseconds than an int holds: 292 years. */
export function checkedDuration(nanos: bigint): Duration {
  if (nanos > MOST_INT || nanos < LEAST_INT) throw new CelError('duration overflow');
  return new Duration(nanos);
}

/**
 * Applies an operator.
 *
 * @throws CelError for types that it does not take, an overflow or a division by zero.
 */
export function applyBinary(
  operator: BinaryOperator,
  left: Value,
  right: Value,
  budget: Budget,
): Value {
  switch (operator) {
    case '==':
      return equal(left, right, budget);
    case '!=':
      return !equal(left, right, budget);
    case '+':
      return add(left, right, budget);
    case '-':
      return subtract(left, right);
    case 'in':
      return isIn(left, right, budget);
    case '*':
    case '/':
    case '%':
      return multiply(operator, left, right);
    default:
      return isOrdered(operator, left, right, budget);
  }
}

function equal(left: Value, right: Value, budget: Budget): boolean {
  budget.spend(1 + Math.min(weightOf(left), weightOf(right)));
  return areEqual(left, right, budget);
}

function weightOf(value: Value): number {
  if (typeof value === 'string') return value.length / 10;
  if (isList(value)) return value.length;
  return value instanceof MapValue ? value.size : 0;
}

function isOrdered(
  operator: '<' | '<=' | '>' | '>=',
  left: Value,
  right: Value,
  budget: Budget,
): boolean {
  budget.spend(1 + Math.min(weightOf(left), weightOf(right)));
  const order = compareValues(left, right, operator);
  if (order === undefined) throw new CelError('NaN values cannot be ordered');
  if (order === 0) return operator.length === 2;
  return order < 0 === operator.startsWith('<');
}

function isIn(left: Value, right: Value, budget: Budget): boolean {
  if (right instanceof MapValue) return right.find(left) !== undefined;
  if (!isList(right)) throw noSuchOverload('@in', [left, right]);
  return includes(right, left, budget);
}

function add(left: Value, right: Value, budget: Budget): Value {
  if (typeof left === 'bigint' && typeof right === 'bigint') return checkedInt(left + right);
  if (typeof left === 'number' && typeof right === 'number') return left + right;
  if (left instanceof Uint && right instanceof Uint) return checkedUint(left.value + right.value);
  if (typeof left === 'string' && typeof right === 'string') {
    budget.spendText(left.length + right.length);
    return left + right;
  }
  if (isList(left) && isList(right)) return joinLists(left, right, budget);
  if (left instanceof Uint8Array && right instanceof Uint8Array) {
    budget.spendText(left.length + right.length);
    return Uint8Array.from([...left, ...right]);
  }
  return addTime(left, right);
}

function addTime(left: Value, right: Value): Value {
  if (left instanceof Duration && right instanceof Duration)
    return checkedDuration(left.nanos + right.nanos);
  const isSum =
    (left instanceof Timestamp && right instanceof Duration) ||
    (left instanceof Duration && right instanceof Timestamp);
  if (isSum) return checkedTime(left.nanos + right.nanos);
  throw noSuchOverload('_+_', [left, right]);
}

/** A set or a map keeps its items: those of the other with the same key take their places, new ones follow. */
function joinLists(left: readonly Value[], right: readonly Value[], budget: Budget): Value {
  budget.spend(1 + left.length + right.length);
  const keyed = keyedListOf(left);
  if (keyed === undefined) return [...left, ...right];
  const items = new Map(left.map((item) => [keyed.keyOf(item), item]));
  for (const item of right) items.set(keyed.keyOf(item), item);
  const joined = [...items.values()];
  markKeyedList(joined, keyed);
  return joined;
}

function subtract(left: Value, right: Value): Value {
  if (typeof left === 'bigint' && typeof right === 'bigint') return checkedInt(left - right);
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  if (left instanceof Uint && right instanceof Uint) return checkedUint(left.value - right.value);
  if (left instanceof Timestamp && right instanceof Timestamp)
    return checkedDuration(left.nanos - right.nanos);
  if (left instanceof Timestamp && right instanceof Duration)
    return checkedTime(left.nanos - right.nanos);
  if (left instanceof Duration && right instanceof Duration)
    return checkedDuration(left.nanos - right.nanos);
  throw noSuchOverload('_-_', [left, right]);
}

function multiply(operator: '*' | '/' | '%', left: Value, right: Value): Value {
  if (typeof left === 'bigint' && typeof right === 'bigint')
    return checkedInt(multiplyInts(operator, left, right));
  if (left instanceof Uint && right instanceof Uint)
    return checkedUint(multiplyInts(operator, left.value, right.value));
  if (typeof left === 'number' && typeof right === 'number' && operator !== '%')
    return operator === '*' ? left * right : left / right;
  throw noSuchOverload(`_${operator}_`, [left, right]);
}

function multiplyInts(operator: '*' | '/' | '%', left: bigint, right: bigint): bigint {
  if (operator === '*') return left * right;
  if (right === 0n) throw new CelError(operator === '/' ? 'division by zero' : 'modulus by zero');
  return operator === '/' ? left / right : left % right;
}

/**
 * Applies `!` or `-`.
 *
 * @throws CelError for a type that it does not take, or an overflow.
 */
export function applyUnary(operator: '!' | '-', value: Value): Value {
  if (operator === '!' && typeof value === 'boolean') return !value;
  if (operator === '-' && typeof value === 'bigint') return checkedInt(-value);
  if (operator === '-' && typeof value === 'number') return -value;
  if (operator === '-' && value instanceof Duration) return checkedDuration(-value.nanos);
  throw noSuchOverload(operator === '!' ? '!_' : '-_', [value]);
}
