import { Arguments, type FunctionTable } from '../call.ts';
import { CelError, ExtensionValue, noSuchOverload, NotEvaluated, type Value } from '../value.ts';
import { BINARY_SUFFIXES, DECIMAL_SUFFIXES } from '../../quantity-suffixes.ts';
import { Semver, SEMVER_METHODS } from './semver.ts';

const MOST_INT = 2n ** 63n - 1n;
/** Quantities are kept to the nano; what is smaller is rounded up. */
const NANO = -9;
/** So many digits always fit into an int. Source: apimachinery, api/resource/amount.go. */
const MOST_DIGITS = 18;
const MOST_EXPONENT = 2000;
const QUANTITY = /^([+-]?)0*(\d*)(?:\.(\d*))?([eEinumkKMGTP]*(?:[+-]?\d*))$/;

/** A quantity: `unscaled * 10 ** scale`. */
export class Quantity extends ExtensionValue {
  readonly typeName = 'kubernetes.Quantity';
  readonly unscaled: bigint;
  readonly scale: number;
  /** Whether Go keeps it in an int and a power of ten; one that it does not is never an integer to CEL. */
  readonly isInt: boolean;
  /** Whether `add` or `sub` made it. */
  readonly isSum: boolean;

  constructor(unscaled: bigint, scale: number, isInt: boolean, isSum = false) {
    super();
    this.isSum = isSum;
    this.unscaled = unscaled;
    this.scale = scale;
    this.isInt = isInt;
  }

  equals(other: Quantity): boolean {
    // The API server has no `==` with a sum at its right (its type is another one in Go).
    if (other.isSum) throw noSuchOverload('_==_', [this, other]);
    return this.compare(other) === 0;
  }

  compare(other: Quantity): number {
    const [a, b] = aligned(this, other);
    return a < b ? -1 : Number(a > b);
  }

  integer(): bigint | undefined {
    if (!this.isInt || this.scale < 0) return undefined;
    const value = this.unscaled * powerOfTen(this.scale);
    return isInt64(value) ? value : undefined;
  }

  plus(other: Quantity, sign: 1n | -1n): Quantity {
    const added = new Quantity(sign * other.unscaled, other.scale, other.isInt, true);
    const { unscaled, scale, isInt } = this;
    if (isInt && other.isInt && other.unscaled === 0n)
      return new Quantity(unscaled, scale, true, true);
    if (isInt && other.isInt && unscaled === 0n) return added;
    const [a, b] = aligned(this, added);
    const fits = [a, b, a + b].every(isInt64);
    return new Quantity(a + b, Math.min(scale, other.scale), isInt && other.isInt && fits, true);
  }
}

/** @throws NotEvaluated for numbers that no quantity has, and that would take long. */
function powerOfTen(exponent: number): bigint {
  if (exponent > MOST_EXPONENT)
    throw new NotEvaluated('it compares quantities of thousands of digits');
  return 10n ** BigInt(exponent);
}

function isInt64(value: bigint): boolean {
  return BigInt.asIntN(64, value) === value;
}

function aligned(left: Quantity, right: Quantity): [bigint, bigint] {
  const scale = Math.min(left.scale, right.scale);
  const at = ({ unscaled, scale: own }: Quantity): bigint => unscaled * powerOfTen(own - scale);
  return [at(left), at(right)];
}

/** Reads a quantity as apimachinery's resource.ParseQuantity; undefined when the text is none. */
export function parseQuantity(text: string): Quantity | undefined {
  const [all = '', sign = '', whole = '', fraction = '', suffix = ''] = QUANTITY.exec(text) ?? [];
  // What has no digits is a zero, as `+` and `Ki` are.
  if (all === '') return undefined;
  const read = { digits: whole || '0', fraction, isNegative: sign === '-' };
  const binary = BINARY_SUFFIXES[suffix];
  if (binary !== undefined) return readBinary(read, binary);
  const exponent = DECIMAL_SUFFIXES[suffix] ?? exponentOf(suffix);
  return exponent === undefined ? undefined : readDecimal(read, exponent);
}

interface Digits {
  readonly digits: string;
  readonly fraction: string;
  readonly isNegative: boolean;
}

function exponentOf(suffix: string): number | undefined {
  const exponent = /^[eE]([+-]?\d+)$/.exec(suffix)?.[1];
  if (exponent === undefined || !isInt64(BigInt(exponent))) return undefined;
  // Go cuts it off to 32 bits.
  return Number(BigInt.asIntN(32, BigInt(exponent)));
}

function readDecimal({ digits, fraction, isNegative }: Digits, exponent: number): Quantity {
  const unscaled = BigInt(digits + fraction) * (isNegative ? -1n : 1n);
  const scale = exponent - fraction.length;
  if (digits.length + fraction.length <= MOST_DIGITS && scale >= NANO)
    return new Quantity(unscaled, scale, true);
  return rounded(unscaled, scale);
}

function readBinary({ digits, fraction, isNegative }: Digits, exponent: number): Quantity {
  const sign = isNegative ? -1n : 1n;
  const value = BigInt(digits + fraction) * 2n ** BigInt(exponent);
  const precision = 15 - digits.length - Math.trunc((exponent * 3) / 10) - 1;
  if (fraction === '' && precision >= 0 && isInt64(value))
    return new Quantity(sign * value, 0, true);
  const { unscaled } = rounded(value, -fraction.length);
  const most = MOST_INT * 10n ** BigInt(-NANO);
  return new Quantity(sign * (unscaled > most ? most : unscaled), NANO, false);
}

function rounded(unscaled: bigint, scale: number): Quantity {
  if (scale >= NANO) return new Quantity(unscaled * powerOfTen(scale - NANO), NANO, false);
  const size = unscaled < 0n ? -unscaled : unscaled;
  // No more digits than there are can be cut off.
  const by = powerOfTen(Math.min(NANO - scale, String(size).length + 1));
  const up = (size + by - 1n) / by;
  return new Quantity(unscaled < 0n ? -up : up, NANO, false);
}

function quantityOf(text: string): Quantity {
  const quantity = parseQuantity(text);
  if (quantity === undefined)
    throw new CelError(
      "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
    );
  return quantity;
}

/** Kubernetes' functions of quantities. */
export const QUANTITY_FUNCTIONS: FunctionTable = {
  quantity: (values) => quantityOf(new Arguments('quantity', values, [1]).text(0)),
  sign(values) {
    const { unscaled } = receiver('sign', values, [1]);
    return unscaled > 0n ? 1n : unscaled < 0n ? -1n : 0n;
  },
  isQuantity: (values) =>
    parseQuantity(new Arguments('isQuantity', values, [1]).text(0)) !== undefined,
};

/** Kubernetes' methods of quantities, some of which versions have as well. */
export const QUANTITY_METHODS: FunctionTable = {
  isInteger: (values) => receiver('isInteger', values, [1]).integer() !== undefined,
  asInteger(values) {
    const value = receiver('asInteger', values, [1]).integer();
    if (value === undefined) throw new CelError('cannot convert value to integer');
    return value;
  },
  asApproximateFloat(values) {
    const { unscaled, scale } = receiver('asApproximateFloat', values, [1]);
    return scale === 0 ? Number(unscaled) : Number(unscaled) * Number(`1e${scale}`);
  },
  add: (values) => receiver('add', values, [2]).plus(operand('add', values), 1n),
  sub: (values) => receiver('sub', values, [2]).plus(operand('sub', values), -1n),
  compareTo: (values, context) =>
    values[0] instanceof Semver
      ? (SEMVER_METHODS['compareTo']?.(values, context) ?? null)
      : BigInt(compare('compareTo', values)),
  isGreaterThan: (values, context) =>
    values[0] instanceof Semver
      ? (SEMVER_METHODS['isGreaterThan']?.(values, context) ?? null)
      : compare('isGreaterThan', values) === 1,
  isLessThan: (values, context) =>
    values[0] instanceof Semver
      ? (SEMVER_METHODS['isLessThan']?.(values, context) ?? null)
      : compare('isLessThan', values) === -1,
};

function receiver(name: string, values: readonly Value[], count: readonly number[]): Quantity {
  return new Arguments(name, values, count).of(Quantity, 0);
}

function operand(name: string, values: readonly Value[]): Quantity {
  const args = new Arguments(name, values, [2]);
  const value = args.value(1);
  return typeof value === 'bigint' ? new Quantity(value, 0, true) : args.of(Quantity, 1);
}

function compare(name: string, values: readonly Value[]): number {
  const args = new Arguments(name, values, [2]);
  return args.of(Quantity, 0).compare(args.of(Quantity, 1));
}
