import { plainFormat } from '../model/custom-resource-formats.ts';

const TYPE_WORDS: { readonly [type: string]: string } = {
  string: 'a string',
  integer: 'an integer',
  number: 'a number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
  null: 'null',
};

const FORMAT_WORDS: { readonly [format: string]: string } = {
  quantity: 'a quantity, such as 500m, 2 or 1Gi',
  byte: 'text in base64',
  'date-time': 'a date and time, such as 2006-01-02T15:04:05Z',
  datetime: 'a date and time, such as 2006-01-02T15:04:05Z',
  date: 'a date, such as 2006-01-02',
  duration: 'a duration, such as 1h30m',
  ipv4: 'an IPv4 address',
  ipv6: 'an IPv6 address',
  cidr: 'a network, such as 10.0.0.0/8',
  uri: 'a URI with its scheme, or an absolute path',
  email: 'an email address',
  hostname: 'a host name',
  mac: 'a MAC address, such as 00:00:5e:00:53:01',
  uuid: 'a UUID',
};

/** @param type one or more JSON Schema types, as in `['integer', 'string']`. */
export function typeWords(type: unknown): string {
  const types = Array.isArray(type) ? type : [type];
  return types.map((name) => TYPE_WORDS[String(name)] ?? String(name)).join(' or ');
}

/** @param format name of a string format that validators check. */
export function formatWords(format: string): string {
  const name = plainFormat(format);
  return FORMAT_WORDS[name] ?? `text of the format ${name}`;
}

/**
 * What a value is, for a message.
 *
 * @param options.secret leave out the value itself and say its type only.
 */
export function valueWords(value: unknown, options: { readonly secret: boolean }): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  if (typeof value === 'boolean') return options.secret ? 'true or false' : String(value);
  const type = typeof value === 'string' ? 'string' : 'number';
  return options.secret ? `a ${type}` : `the ${type} ${quoted(value)}`;
}

const LONGEST = 60;

/** A value as JSON, cut off when it is long. */
export function quoted(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`;
}

/** @returns `1 item`, `2 items`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** @returns `a`, `a or b`, `a, b or c`. */
export function listed(words: readonly string[], conjunction: 'or' | 'and'): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${conjunction} ${words.at(-1)}`;
}
