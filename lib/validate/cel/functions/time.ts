import { Arguments, type FunctionTable } from '../call.ts';
import { CelError, Duration, Timestamp, type Value } from '../value.ts';

const SECOND = 1_000_000_000n;
const UNITS: { readonly [unit: string]: bigint } = {
  ns: 1n,
  us: 1000n,
  µs: 1000n,
  μs: 1000n,
  ms: 1_000_000n,
  s: SECOND,
  m: 60n * SECOND,
  h: 3600n * SECOND,
};
const GO_DURATION = /^([+-]?)((?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/;
const GO_PART = /(\d*)(?:\.(\d*))?(ns|us|µs|μs|ms|s|m|h)/g;
const RFC3339 =
  /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:[.,](\d+))?(?:Z|([+-])(\d\d):(\d\d))$/;
const LEAST_DURATION = -(2n ** 63n);

/**
 * Go's time.ParseDuration, such as `1h30m`.
 *
 * @returns nanoseconds; undefined when the text is no duration or longer than 292 years.
 */
export function parseGoDuration(text: string): bigint | undefined {
  const known = durations.get(text);
  if (known !== undefined) return known;
  const nanos = readGoDuration(text);
  if (nanos === undefined || text.length > LONGEST_REMEMBERED) return nanos;
  if (durations.size >= MOST_REMEMBERED) durations.clear();
  durations.set(text, nanos);
  return nanos;
}

/** Rules compare with the same durations for every object. */
const durations = new Map<string, bigint>();
const MOST_REMEMBERED = 1000;
const LONGEST_REMEMBERED = 32;

function readGoDuration(text: string): bigint | undefined {
  if (/^[+-]?0$/.test(text)) return 0n;
  const [, sign, parts = ''] = GO_DURATION.exec(text) ?? [];
  if (sign === undefined) return undefined;
  let nanos = 0n;
  for (const [, whole = '', fraction = '', unit = ''] of parts.matchAll(GO_PART)) {
    const size = UNITS[unit] ?? 0n;
    nanos += BigInt(whole || '0') * size;
    nanos += (BigInt(fraction || '0') * size) / 10n ** BigInt(fraction.length);
  }
  const signed = sign === '-' ? -nanos : nanos;
  return signed < LEAST_DURATION || signed >= -LEAST_DURATION ? undefined : signed;
}

/** The spellings of units that strfmt knows beside Go's, by prefix or whole. Source: kube-openapi, strfmt/duration.go. */
const LONG_UNITS: readonly (readonly [RegExp, bigint])[] = [
  [/^(?:ns|nano.*)$/, 1n],
  [/^(?:us|µs|micro.*)$/, 1000n],
  [/^(?:ms|milli.*)$/, 1_000_000n],
  [/^(?:s|sec.*)$/, SECOND],
  [/^(?:m|min.*)$/, 60n * SECOND],
  [/^(?:h|hr|hour.*)$/, 3600n * SECOND],
  [/^(?:d|day.*)$/, 86_400n * SECOND],
  [/^(?:w|wk|week.*)$/, 604_800n * SECOND],
];

/** A string of the format `duration`: Go's, or numbers with units such as `2 days`. Nanoseconds, or undefined. */
export function parseFormatDuration(text: string): bigint | undefined {
  const nanos = parseGoDuration(text);
  if (nanos !== undefined) return nanos;
  let sum: bigint | undefined;
  for (const [, count = '', unit = ''] of text.matchAll(/(\d+)\s*([A-Za-zµ]+)/g)) {
    const size = LONG_UNITS.find(([name]) => name.test(unit.toLowerCase()))?.[1];
    if (size !== undefined) sum = (sum ?? 0n) + BigInt(count) * size;
  }
  return sum;
}

/** A moment as RFC 3339 writes it, in nanoseconds since 1970; undefined when the text is none. */
export function parseRfc3339(text: string): bigint | undefined {
  const match = RFC3339.exec(text);
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map(Number);
  const [fraction = '', sign, offsetHours = '0', offsetMinutes = '0'] = match.slice(7);
  const milliseconds = utcMilliseconds([year, month, day], [hour, minute, second]);
  if (milliseconds === undefined || Number(offsetHours) > 24 || Number(offsetMinutes) > 59)
    return undefined;
  const offset = BigInt(Number(offsetHours) * 3600 + Number(offsetMinutes) * 60) * SECOND;
  const nanos = BigInt(milliseconds) * 1_000_000n + BigInt(fraction.slice(0, 9).padEnd(9, '0'));
  return sign === '-' ? nanos + offset : nanos - offset;
}

function utcMilliseconds(
  [year, month, day]: readonly [number, number, number],
  [hour, minute, second]: readonly [number, number, number],
): number | undefined {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const isDate = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  if (!isDate || hour > 23 || minute > 59 || second > 59) return undefined;
  return date.getTime() + ((hour * 60 + minute) * 60 + second) * 1000;
}

/** A string of the format `date-time`; nanoseconds since 1970, or undefined. */
export function parseFormatDateTime(text: string): bigint | undefined {
  if (text === '') return 0n;
  // Without a zone it is UTC: ISO8601LocalTime of strfmt.
  return parseRfc3339(text) ?? parseRfc3339(`${text}Z`);
}

/** A string of the format `date`; nanoseconds since 1970, or undefined. */
export function parseFormatDate(text: string): bigint | undefined {
  return /^\d{4}-\d\d-\d\d$/.test(text) ? parseRfc3339(`${text}T00:00:00Z`) : undefined;
}

/** Go's RFC3339Nano in UTC: no zeros at the end of a fraction. */
export function formatTimestamp({ nanos }: Timestamp): string {
  const fraction = ((nanos % SECOND) + SECOND) % SECOND;
  const seconds = (nanos - fraction) / SECOND;
  const base = new Date(Number(seconds) * 1000).toISOString().slice(0, 19);
  const digits = String(fraction).padStart(9, '0').replace(/0+$/, '');
  return digits === '' ? `${base}Z` : `${base}.${digits}Z`;
}

type Part = (date: Date) => number;

const DAY = 86_400_000;

const DATE_PARTS: { readonly [method: string]: Part } = {
  getFullYear: (date) => date.getUTCFullYear(),
  getMonth: (date) => date.getUTCMonth(),
  getDate: (date) => date.getUTCDate(),
  getDayOfMonth: (date) => date.getUTCDate() - 1,
  getDayOfWeek: (date) => date.getUTCDay(),
  getDayOfYear: (date) =>
    Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / DAY),
};

const CLOCK_PARTS: { readonly [method: string]: { date: Part; duration: bigint } } = {
  getHours: { date: (date) => date.getUTCHours(), duration: 3600n * SECOND },
  getMinutes: { date: (date) => date.getUTCMinutes(), duration: 60n * SECOND },
  getSeconds: { date: (date) => date.getUTCSeconds(), duration: SECOND },
  getMilliseconds: { date: (date) => date.getUTCMilliseconds(), duration: 1_000_000n },
};

/** The methods of timestamps and durations. */
export const TIME_METHODS: FunctionTable = {
  ...Object.fromEntries(
    Object.entries(DATE_PARTS).map(([name, part]) => [
      name,
      (values: readonly Value[]) => datePart(name, part, values),
    ]),
  ),
  ...Object.fromEntries(
    Object.entries(CLOCK_PARTS).map(([name, { date, duration }]) => [
      name,
      (values: readonly Value[]) => {
        const [first] = values;
        if (!(first instanceof Duration)) return datePart(name, date, values);
        return new Arguments(name, values, [1]).of(Duration, 0).nanos / duration;
      },
    ]),
  ),
};

function datePart(name: string, part: Part, values: readonly Value[]): Value {
  const args = new Arguments(name, values, [1, 2]);
  const { nanos } = args.of(Timestamp, 0);
  const zone = args.count === 2 ? args.text(1) : 'UTC';
  const remainder = ((nanos % 1_000_000n) + 1_000_000n) % 1_000_000n;
  const utc = Number((nanos - remainder) / 1_000_000n);
  return BigInt(part(new Date(utc + zoneOffset(zone, utc))));
}

/** Milliseconds to add to UTC: a zone is a name, or an offset such as `-08:00`. */
function zoneOffset(zone: string, utc: number): number {
  if (zone === 'UTC' || zone === '') return 0;
  const [, sign, hours, minutes] = /^([+-]?)(\d\d?):(\d\d)$/.exec(zone) ?? [];
  if (hours !== undefined)
    return (Number(hours) * 60 + Number(minutes)) * 60_000 * (sign === '-' ? -1 : 1);
  try {
    const local = new Date(utc).toLocaleString('sv-SE', { timeZone: zone });
    const whole = Math.floor(utc / 1000) * 1000;
    return Date.parse(`${local.replace(' ', 'T')}Z`) - whole;
  } catch {
    throw new CelError(`unknown time zone ${zone}`);
  }
}
