import { Arguments, type FunctionTable } from '../call.ts';
import { CelError, ExtensionValue, MapLiteral, type Value } from '../value.ts';
import { isIpLiteral } from './network.ts';

/** A URL as Go's url.ParseRequestURI reads it, which takes more than JavaScript's own URL: `oci://r/i`, `http://`. */
export class Url extends ExtensionValue {
  readonly typeName = 'kubernetes.URL';
  readonly scheme: string;
  readonly user: string | undefined;
  /** With the port. */
  readonly host: string;
  /** Percent-encoded. */
  readonly path: string;
  readonly query: string;
  readonly rest: string;

  constructor(parts: Omit<Url, 'typeName' | 'equals' | 'port' | 'hostname'>) {
    super();
    this.scheme = parts.scheme;
    this.user = parts.user;
    this.host = parts.host;
    this.path = parts.path;
    this.query = parts.query;
    this.rest = parts.rest;
  }

  equals(other: Url): boolean {
    const keys = ['scheme', 'user', 'host', 'path', 'query', 'rest'] as const;
    return keys.every((key) => this[key] === other[key]);
  }

  get port(): string {
    return /:(\d*)$/.exec(this.host)?.[1] ?? '';
  }

  get hostname(): string {
    const name = this.host.replace(/:\d*$/, '');
    return /^\[.*\]$/.test(name) ? name.slice(1, -1) : name;
  }
}

// oxlint-disable-next-line no-control-regex -- they are what is looked for
const CONTROL = /[\u0000-\u001f\u007f]/;
const BAD_ESCAPE = /%(?![\dA-Fa-f]{2})/;
const USER_INFO = /^[\w\-.:~!$&'()*+,;=%@]*$/;
/** ASCII that Go takes in a host; of escapes only those of other bytes, and of the percent sign. */
const HOST = /^(?:[\w\-.~!$&'()*+,;=:[\]<>"\u0080-\u{10ffff}]|%25|%[89A-Fa-f][\dA-Fa-f])*$/u;

/** Reads a URL; undefined where Go's url.ParseRequestURI fails. */
export function parseUrl(text: string): Url | undefined {
  if (text === '' || CONTROL.test(text) || text.startsWith(':')) return undefined;
  if (text === '*') return new Url({ ...EMPTY, path: '*' });
  const [, name = '', rest = ''] = /^(?:([A-Za-z][A-Za-z\d+.-]*):)?(.*)$/s.exec(text) ?? [];
  const at = rest.indexOf('?');
  const scheme = name.toLowerCase();
  return at === -1
    ? readPlace({ ...EMPTY, scheme }, rest)
    : readPlace({ ...EMPTY, scheme, query: rest.slice(at) }, rest.slice(0, at));
}

/** What is between scheme and query. */
function readPlace(base: Omit<Parts, 'path'>, place: string): Url | undefined {
  const hasScheme = base.scheme !== '';
  if (!place.startsWith('/'))
    return hasScheme ? new Url({ ...base, path: '', rest: place }) : undefined;
  if (!hasScheme || !place.startsWith('//')) return withPath(base, place);
  const [authority = ''] = /^[^/]*/.exec(place.slice(2)) ?? [];
  const parts = readAuthority(base.scheme, authority);
  return parts && withPath({ ...base, ...parts, rest: '//' }, place.slice(2 + authority.length));
}

const EMPTY = { scheme: '', user: undefined, host: '', query: '', rest: '' };

type Parts = ConstructorParameters<typeof Url>[0];

function withPath(parts: Omit<Parts, 'path'>, raw: string): Url | undefined {
  const path = escapedPath(raw);
  return path === undefined ? undefined : new Url({ ...parts, path });
}

/** What is encoded as it may be stays as it is; else all of it is decoded and encoded again. */
function escapedPath(raw: string): string | undefined {
  if (BAD_ESCAPE.test(raw)) return undefined;
  if (/^[\w\-.~$&+,/:;=@!'()*[\]%]*$/.test(raw)) return raw;
  return [...percentDecode(raw)].map(escapedByte).join('');
}

function escapedByte(byte: number): string {
  const character = String.fromCharCode(byte);
  if (/[\w\-.~$&+,/:;=@]/.test(character)) return character;
  return `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}

function percentDecode(text: string): Buffer {
  const parts = text
    .split(/(%[\dA-Fa-f]{2})/)
    .map((part, index) =>
      index % 2 === 1 ? Buffer.from(part.slice(1), 'hex') : Buffer.from(part),
    );
  return Buffer.concat(parts);
}

function readAuthority(scheme: string, text: string): Pick<Url, 'user' | 'host'> | undefined {
  const at = text.lastIndexOf('@');
  const host = readHost(scheme, text.slice(at + 1));
  if (host === undefined) return undefined;
  if (at === -1) return { user: undefined, host };
  const user = text.slice(0, at);
  return USER_INFO.test(user) && !BAD_ESCAPE.test(user) ? { user, host } : undefined;
}

function readHost(scheme: string, host: string): string | undefined {
  const open = host.lastIndexOf('[');
  if (open > 0) return undefined;
  if (open === 0) return readIpLiteral(host);
  const isStrict = scheme === 'http' || scheme === 'https';
  const colon = isStrict ? host.indexOf(':') : host.lastIndexOf(':');
  if (colon !== -1 && !/^:\d*$/.test(host.slice(colon))) return undefined;
  return HOST.test(host) ? percentDecode(host).toString() : undefined;
}

function readIpLiteral(host: string): string | undefined {
  const [, name = '', zone, port = ''] = /^\[(.*?)(?:%25(.*))?\](:\d*)?$/s.exec(host) ?? [];
  if (!HOST.test(name) || !isIpLiteral(name) || zone === '') return undefined;
  return `[${name}${zone === undefined ? '' : `%${percentDecode(zone).toString()}`}]${port}`;
}

function urlOf(text: string): Url {
  const url = parseUrl(text);
  if (url === undefined)
    throw new CelError(`URL parse error during conversion from string: ${JSON.stringify(text)}`);
  return url;
}

/** Kubernetes' functions of URLs. */
export const URL_FUNCTIONS: FunctionTable = {
  url: (values) => urlOf(new Arguments('url', values, [1]).text(0)),
  isURL: (values) => parseUrl(new Arguments('isURL', values, [1]).text(0)) !== undefined,
};

/** Kubernetes' methods of URLs. */
export const URL_METHODS: FunctionTable = {
  getScheme: (values) => receiver('getScheme', values).scheme,
  getHost: (values) => receiver('getHost', values).host,
  getHostname: (values) => receiver('getHostname', values).hostname,
  getPort: (values) => receiver('getPort', values).port,
  getEscapedPath: (values) => receiver('getEscapedPath', values).path,
  getQuery: (values) => readQuery(receiver('getQuery', values).query.slice(1)),
};

function receiver(name: string, values: readonly Value[]): Url {
  return new Arguments(name, values, [1]).of(Url, 0);
}

/** Go's url.ParseQuery, which passes over what it cannot read. */
function readQuery(query: string): Value {
  const read = new Map<string, string[]>();
  for (const pair of query.split('&')) {
    if (pair === '' || pair.includes(';')) continue;
    const [name = '', ...rest] = pair.split('=');
    const value = rest.join('=');
    if (BAD_ESCAPE.test(name) || BAD_ESCAPE.test(value)) continue;
    const key = queryText(name);
    read.set(key, [...(read.get(key) ?? []), queryText(value)]);
  }
  const map = new MapLiteral();
  for (const [key, texts] of read) map.insert(key, texts);
  return map;
}

function queryText(text: string): string {
  return percentDecode(text.replaceAll('+', ' ')).toString();
}
