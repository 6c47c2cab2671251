import { Arguments, type FunctionTable } from '../call.ts';
import { checkedDuration, checkedInt, checkedTime, checkedUint } from '../operators.ts';
import {
  CelError,
  Duration,
  isList,
  MapValue,
  noSuchOverload,
  Timestamp,
  typeName,
  TypeValue,
  Uint,
  type Value,
} from '../value.ts';
import { Cidr, IpAddress } from './network.ts';
import { formatTimestamp, parseGoDuration, parseRfc3339 } from './time.ts';

const BILLION = 1_000_000_000n;
const BOOLEANS: { readonly [text: string]: boolean } = {
  ...Object.fromEntries(['1', 't', 'T', 'TRUE', 'true', 'True'].map((text) => [text, true])),
  ...Object.fromEntries(['0', 'f', 'F', 'FALSE', 'false', 'False'].map((text) => [text, false])),
};
/** Digits may have single underscores between them. */
const GO_FLOAT =
  /^[+-]?(?:(?:\d+(?:_\d+)*\.?(?:\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)(?:e[+-]?\d+)?|inf|infinity|nan)$/i;

/** The conversions between types, and `size`, `type` and `dyn`. */
export const CONVERSIONS: FunctionTable = {
  int: (values) => toInt(only('int', values)),
  uint: (values) => toUint(only('uint', values)),
  double: (values) => toDouble(only('double', values)),
  string: (values) => toText(only('string', values)),
  bool: (values) => toBool(only('bool', values)),
  bytes: (values) => toBytes(only('bytes', values)),
  duration: (values) => toDuration(only('duration', values)),
  timestamp: (values) => toTimestamp(only('timestamp', values)),
  type: (values) => new TypeValue(typeName(only('type', values))),
  dyn: (values) => only('dyn', values),
  size: sizeOf,
};

/** The names that stand for types. */
export const TYPE_NAMES: ReadonlySet<string> = new Set([
  'bool',
  'int',
  'uint',
  'double',
  'string',
  'bytes',
  'list',
  'map',
  'null_type',
  'type',
]);

/** `size(x)` and `x.size()`. */
export function sizeOf(values: readonly Value[]): Value {
  const value = only('size', values);
  if (typeof value === 'string') return BigInt(Array.from(value).length);
  if (isList(value) || value instanceof Uint8Array) return BigInt(value.length);
  if (value instanceof MapValue) return BigInt(value.size);
  throw noSuchOverload('size', [value]);
}

function only(name: string, values: readonly Value[]): Value {
  return new Arguments(name, values, [1]).value(0);
}

function conversionError(value: Value, type: string): CelError {
  return new CelError(`type conversion error from '${typeName(value)}' to '${type}'`);
}

function toInt(value: Value): bigint {
  if (typeof value === 'bigint') return value;
  if (value instanceof Uint) return checkedInt(value.value);
  if (typeof value === 'number') return wholeOf(value);
  if (value instanceof Timestamp) return floorDivide(value.nanos, BILLION);
  if (value instanceof Duration) return value.nanos;
  if (typeof value === 'string' && /^[+-]?\d+$/.test(value)) {
    const number = BigInt(value.replace('+', ''));
    if (BigInt.asIntN(64, number) === number) return number;
  }
  throw conversionError(value, 'int');
}

function wholeOf(value: number): bigint {
  if (!(value > -(2 ** 63) && value < 2 ** 63)) throw new CelError('integer overflow');
  return BigInt(Math.trunc(value));
}

function floorDivide(value: bigint, by: bigint): bigint {
  return value >= 0n || value % by === 0n ? value / by : value / by - 1n;
}

function toUint(value: Value): Uint {
  if (value instanceof Uint) return value;
  if (typeof value === 'bigint') return checkedUint(value);
  if (typeof value === 'number') {
    if (!(value >= 0 && value < 2 ** 64)) throw new CelError('unsigned integer overflow');
    return new Uint(BigInt(Math.trunc(value)));
  }
  if (typeof value === 'string' && /^\d+$/.test(value)) {
    const number = BigInt(value);
    if (BigInt.asUintN(64, number) === number) return new Uint(number);
  }
  throw conversionError(value, 'uint');
}

function toDouble(value: Value): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Uint) return Number(value.value);
  if (typeof value === 'string' && GO_FLOAT.test(value)) {
    const number = parseGoFloat(value);
    if (Number.isFinite(number) || /n/i.test(value)) return number;
  }
  throw conversionError(value, 'double');
}

function parseGoFloat(text: string): number {
  if (/nan/i.test(text)) return Number.NaN;
  if (/inf/i.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  return Number(text.replaceAll('_', ''));
}

/** What `string(x)` gives. */
export function toText(value: Value): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return formatDouble(value);
  if (value instanceof Uint) return String(value.value);
  if (value instanceof Uint8Array) return decode(value);
  if (value instanceof Timestamp) return formatTimestamp(value);
  if (value instanceof Duration) return `${formatPlain(Number(value.nanos) / 1e9)}s`;
  if (value instanceof TypeValue) return value.name;
  if (value instanceof IpAddress || value instanceof Cidr) return value.text();
  throw conversionError(value, 'string');
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new CelError('invalid UTF-8 in bytes, cannot convert to string');
  }
}

/** Go's strconv 'g' with the shortest digits: an exponent below -4 and from 6 on, of two digits at least. */
function formatDouble(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e6)) {
    const [mantissa, exponent = ''] = value.toExponential().split('e');
    return `${mantissa}e${exponent[0]}${exponent.slice(1).padStart(2, '0')}`;
  }
  return Object.is(value, -0) ? '-0' : String(value);
}

/** Go's %f with the shortest digits. */
function formatPlain(value: number): string {
  const text = String(value);
  return text.includes('e') ? value.toFixed(9).replace(/\.?0+$/, '') : text;
}

function toBool(value: Value): boolean {
  if (typeof value === 'boolean') return value;
  const read = typeof value === 'string' ? BOOLEANS[value] : undefined;
  if (read === undefined) throw conversionError(value, 'bool');
  return read;
}

function toBytes(value: Value): Uint8Array {
  if (value instanceof Uint8Array) return value;
  if (typeof value === 'string') return Buffer.from(value);
  throw conversionError(value, 'bytes');
}

function toDuration(value: Value): Duration {
  if (value instanceof Duration) return value;
  const nanos = typeof value === 'string' ? parseGoDuration(value) : undefined;
  if (nanos === undefined) throw conversionError(value, 'google.protobuf.Duration');
  return checkedDuration(nanos);
}

function toTimestamp(value: Value): Timestamp {
  if (value instanceof Timestamp) return value;
  if (typeof value === 'bigint') return checkedTime(value * BILLION);
  const nanos = typeof value === 'string' ? parseRfc3339(value) : undefined;
  if (nanos === undefined) throw conversionError(value, 'google.protobuf.Timestamp');
  return checkedTime(nanos);
}
