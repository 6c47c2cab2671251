import type { Budget } from '../budget.ts';
import { compareTexts } from '../compare.ts';
import { CelError, isList, MapValue, typeName, TypeValue, Uint, type Value } from '../value.ts';
import { toText } from './conversions.ts';

const DEFAULT_PRECISION = 6;
const MOST_PRECISION = 1000;
/** That JavaScript writes behind a point; the linter knows the limit of older engines. */
const MOST_DIGITS = 100;
const CLAUSE = /%(?:\.(\d+))?(.?)/gsu;

/** `text.format(list)`, as version 2 of cel-go's string extension writes it: numbers in the way of en-US. */
export function formatText(text: string, values: readonly Value[], budget: Budget): string {
  let next = 0;
  const result = text.replaceAll(CLAUSE, (_all, precision: string | undefined, verb: string) => {
    if (verb === '%' && precision === undefined) return '%';
    if (next >= values.length) throw new CelError(`index ${next} out of range`);
    const written = writeClause(verb, precision, values[next] as Value);
    next += 1;
    budget.spendText(written.length);
    return written;
  });
  if (next < values.length)
    throw new CelError(
      `too many arguments supplied to string.format (expected ${next}, got ${values.length})`,
    );
  return result;
}

function writeClause(verb: string, precision: string | undefined, value: Value): string {
  const digits = precision === undefined ? DEFAULT_PRECISION : Number(precision);
  if (digits > MOST_PRECISION) throw new CelError('precision is too large');
  switch (verb) {
    case 's':
      return writeString(value);
    case 'd':
      return writeInteger(value, 10, 'decimal');
    case 'f':
      return writeFixed(writtenNumber(value, 'fixed-point'), digits);
    case 'e':
      return writeScientific(writtenNumber(value, 'scientific'), digits);
    case 'b':
      return typeof value === 'boolean' ? String(Number(value)) : writeInteger(value, 2, 'binary');
    case 'o':
      return writeInteger(value, 8, 'octal');
    case 'x':
      return writeHex(value);
    case 'X':
      return writeHex(value).toUpperCase();
    default:
      throw new CelError(
        `could not parse formatting clause: unrecognized formatting clause "${verb}"`,
      );
  }
}

function writeInteger(value: Value, radix: number, clause: string): string {
  if (typeof value === 'bigint') return value.toString(radix);
  if (value instanceof Uint) return value.value.toString(radix);
  throw new CelError(`${clause} clause can only be used on integers, was given ${typeName(value)}`);
}

function writeHex(value: Value): string {
  if (typeof value === 'string') return Buffer.from(value).toString('hex');
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  return writeInteger(value, 16, 'hex');
}

function writtenNumber(value: Value, clause: string): number {
  if (typeof value === 'number') return value;
  if (value === 'NaN' || value === 'Infinity' || value === '-Infinity') return Number(value);
  throw new CelError(`${clause} clause can only be used on doubles, was given ${typeName(value)}`);
}

function writeFixed(value: number, digits: number): string {
  if (!Number.isFinite(value)) return writeInfinite(value);
  const [whole = '', fraction] = fixed(value, digits).split('.');
  const grouped = whole.replaceAll(/\B(?=(?:\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** Go rounds what lies in the middle to an even digit, toFixed away from zero; toFixed takes 100 digits at most. */
function fixed(value: number, digits: number): string {
  const [whole = '', fraction = ''] = value.toFixed(MOST_DIGITS).split('.');
  const kept = digits === 0 ? whole : `${whole}.${fraction.slice(0, digits)}`;
  if (/^50*$/.test(fraction.slice(digits)) && /[02468]$/.test(kept)) return kept;
  return digits <= MOST_DIGITS
    ? value.toFixed(digits)
    : value.toFixed(MOST_DIGITS) + '0'.repeat(digits - MOST_DIGITS);
}

function writeScientific(value: number, digits: number): string {
  if (!Number.isFinite(value)) return writeInfinite(value);
  const [mantissa = '', exponent = ''] = value
    .toExponential(Math.min(digits, MOST_DIGITS))
    .split('e');
  const sign = exponent.startsWith('-') ? '-' : '+';
  // The printer of golang.org/x/text writes 1.5 × 10⁰³, with no-break spaces.
  const superscript = exponent
    .slice(1)
    .padStart(2, '0')
    .replaceAll(/\d/g, (digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)] ?? '');
  return `${mantissa}\u202f×\u202f10${sign === '-' ? '⁻' : ''}${superscript}`;
}

function writeInfinite(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  return value > 0 ? '∞' : '-∞';
}

function writeString(value: Value): string {
  if (isList(value)) return `[${value.map(writeMember).join(', ')}]`;
  if (value instanceof MapValue) return writeMap(value);
  return value === null ? 'null' : toText(value);
}

function writeMap(map: MapValue): string {
  const entries = map
    .keys()
    .map((key): [string, string] => [writeMember(key), writeMember(map.find(key) as Value)]);
  entries.sort(([left], [right]) => compareTexts(left, right));
  return `{${entries.map((entry) => entry.join(':')).join(', ')}}`;
}

function writeMember(value: Value): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (value instanceof Uint8Array) return `b${JSON.stringify(Buffer.from(value).toString())}`;
  if (typeof value === 'number')
    return Number.isFinite(value) ? value.toFixed(DEFAULT_PRECISION) : `"${infinity(value)}"`;
  if (value instanceof TypeValue) return `type(${value.name})`;
  return writeString(value);
}

function infinity(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  return value > 0 ? '+Inf' : '-Inf';
}
