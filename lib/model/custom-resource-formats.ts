/** A day of the calendar, with February 29 in leap years. */
const DATE =
  '(?:[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|' +
  '02-(?:0[1-9]|1[0-9]|2[0-8]))|' +
  '(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)';

/** The point before the fraction is not escaped in strfmt either. */
const TIME = '(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:.[0-9]+)?(?:z|[+-][0-9]{2}:[0-9]{2})';

/**
 * The formats of strings as the API server checks them in custom resources, as regular expressions; by their names
 * without hyphens, which it passes over. In its own kinds it decodes into Go types instead, for which
 * `string-formats.ts` stands; so `byte` may be empty there, and here it may not.
 *
 * Not told: the check digit of `creditcard`, `isbn10` and `isbn13`, and lengths in bytes of what is not ASCII.
 *
 * Sources: supportedVersionedFormats in k8s.io/apiextensions-apiserver v0.36.3 pkg/apiserver/validation/formats.go;
 * k8s.io/kube-openapi pkg/validation/strfmt and pkg/internal/third_party/govalidator at 43fb72c5454a, which call Go's
 * net, net/mail, net/url and time.
 */
const FORMATS: ReadonlyMap<string, RegExp> = new Map(Object.entries(formats()));

const PREFIX = 'custom-resource-';

/**
 * The name under which a validator checks a format of a custom resource.
 *
 * @param format as the CRD writes it.
 * @returns undefined when the API server does not check it.
 */
export function customResourceFormat(format: string): string | undefined {
  const name = format.replaceAll('-', '');
  return FORMATS.has(name) ? `${PREFIX}${name}` : undefined;
}

/** @returns the name that a CRD gives to a format, without hyphens; other formats stay as they are. */
export function plainFormat(format: string): string {
  return format.startsWith(PREFIX) ? format.slice(PREFIX.length) : format;
}

/** All of them, by the names that {@link customResourceFormat} gives. */
export const CUSTOM_RESOURCE_FORMATS: { readonly [format: string]: RegExp } = Object.fromEntries(
  [...FORMATS].map(([name, pattern]) => [`${PREFIX}${name}`, pattern]),
);

function formats(): { [name: string]: RegExp } {
  const hex = '[0-9a-f]';
  const uuid = (third: string, fourth: string): RegExp =>
    new RegExp(`^${hex}{8}-?${hex}{4}-?${third}-?${fourth}-?${hex}{12}$`, 'iu');
  const any = `${hex}{4}`;
  const shortName = '[a-z0-9](?:[-a-z0-9]*[a-z0-9])?';
  const ipv4 = sloppyIpv4();
  const ipv6 = parsedIpv6();
  return {
    bsonobjectid: /^[0-9a-fA-F]{24}$/u,
    byte: /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})$/u,
    cidr: new RegExp(
      `^(?:${ipv4}/0*(?:[12]?[0-9]|3[0-2])|${ipv6}/0*(?:[1-9]?[0-9]|1[01][0-9]|12[0-8]))$`,
      'u',
    ),
    creditcard: /^(?:[^0-9]*[0-9]){13,16}[^0-9]*$/u,
    date: new RegExp(`^${DATE}$`, 'u'),
    datetime: new RegExp(`^${DATE}t${TIME}(?:t|$)`, 'isu'),
    duration: durationPattern(),
    email: emailPattern(),
    hexcolor: /^#?(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})$/u,
    hostname: hostnamePattern(),
    ipv4: new RegExp(`^(?:${ipv4}|(?=.*\\.)${ipv6})$`, 'u'),
    ipv6: new RegExp(`^${ipv6}$`, 'u'),
    isbn: /^[\s-]*(?:[0-9][\s-]*){9}(?:[0-9X]|(?:[0-9][\s-]*){4})[\s-]*$/u,
    isbn10: /^[\s-]*(?:[0-9][\s-]*){9}[0-9X][\s-]*$/u,
    isbn13: /^[\s-]*(?:[0-9][\s-]*){13}$/u,
    k8slongname: new RegExp(`^(?=.{1,253}$)${shortName}(?:\\.${shortName})*$`, 'u'),
    k8sshortname: new RegExp(`^(?=.{1,63}$)${shortName}$`, 'u'),
    mac: macPattern(),
    rgbcolor: rgbPattern(),
    ssn: /^[0-9]{3}[- ][0-9]{2}[- ][0-9]{4}$/u,
    uri: uriPattern(),
    uuid: uuid(any, any),
    uuid3: uuid(`3${hex}{3}`, any),
    uuid4: uuid(`4${hex}{3}`, `[89ab]${hex}{3}`),
    uuid5: uuid(`5${hex}{3}`, `[89ab]${hex}{3}`),
  };
}

/** What Go's ParseDuration takes; else anything that has a number with a unit somewhere, as Scala writes them. */
function durationPattern(): RegExp {
  const go = '[-+]?(?:0|(?:(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[nu\\u00b5\\u03bcm]s|[smh]))+)';
  const letters = '[A-Za-z\\u00b5]';
  const whole = '(?:[nu\\u00b5m]s|[smhdw]|hr|wk)';
  const begin = '(?:nano|micro|milli|sec|min|hour|day|week)';
  return new RegExp(`^(?:${go}$|.*[0-9]\\s*(?:${whole}(?!${letters})|${begin}))`, 'isu');
}

/** Addresses of RFC 5322 as Go's net/mail reads them, but for comments and folded lines. */
function emailPattern(): RegExp {
  const letters = "A-Za-z0-9!#$%&'*+/=?^_`{|}~\\u0080-\\u{10ffff}-";
  const atom = `[${letters}]+`;
  const dotAtom = `${atom}(?:\\.${atom})*`;
  const quoted = '"(?:[^"\\\\\\r\\n]|\\\\[^\\r\\n])*"';
  const domain = `(?:${dotAtom}|\\[[^\\[\\]\\\\\\s]*\\])`;
  const address = `(?:${dotAtom}|${quoted})\\s*@\\s*${domain}`;
  return new RegExp(
    `^(?:(?:[ \\t.${letters}]|${quoted})*<\\s*${address}\\s*>|\\s*${address})\\s*$`,
    'u',
  );
}

/** strfmt's HostnamePattern, with its lengths. */
function hostnamePattern(): RegExp {
  const inner = '[a-zA-Z0-9\\p{S}\\p{L}]';
  const withDash = '[a-zA-Z0-9\\-\\p{S}\\p{L}]';
  return new RegExp(
    `^(?=.{1,255}$)(?!.*[^.]{64})(?:${inner}(?:-?${inner}{0,62})?|(?:${inner}(?:${withDash}{0,61}${inner})?\\.)+[a-zA-Z\\p{L}]{2,63})$`,
    'u',
  );
}

/** Go's ParseMAC: 6, 8 or 20 bytes with one separator all through. */
function macPattern(): RegExp {
  const hex = '[0-9a-fA-F]';
  const bytes = (separator: string): string =>
    `${hex}{2}(?:(?:${separator}${hex}{2}){5}|(?:${separator}${hex}{2}){7}|(?:${separator}${hex}{2}){19})`;
  const words = `${hex}{4}(?:(?:\\.${hex}{4}){2}|(?:\\.${hex}{4}){3}|(?:\\.${hex}{4}){9})`;
  return new RegExp(`^(?:${bytes(':')}|${bytes('-')}|${words})$`, 'u');
}

function rgbPattern(): RegExp {
  const part = '\\s*(?:0|[1-9][0-9]?|1[0-9][0-9]?|2[0-4][0-9]|25[0-5])\\s*';
  return new RegExp(`^rgb\\(${part},${part},${part}\\)$`, 'u');
}

/** Go's ParseRequestURI: a URI with its scheme, or an absolute path. A fragment counts as part of the path. */
function uriPattern(): RegExp {
  const escaped = '%[0-9A-Fa-f]{2}';
  const path = `(?:\\/(?:[^%?]|${escaped})*)`;
  const query = '(?:\\?.*)?';
  const scheme = '[A-Za-z][A-Za-z0-9+.\\-]*:';
  const user = "(?:[A-Za-z0-9\\-._:~!$&'()*+,;=%@]*@)?";
  const host =
    '(?:\\[[^\\]]*\\]|(?:[A-Za-z0-9\\-._~!$&\'()*+,;=<>"\\u0080-\\u{10ffff}]|%[89A-Fa-f][0-9A-Fa-f]|%25)*)';
  const authority = `\\/\\/${user}${host}(?::[0-9]*)?`;
  return new RegExp(
    `^(?!.*[\\u0000-\\u001f\\u007f])(?:\\*|${scheme}(?!\\/).*|${scheme}${authority}${path}?${query}|${scheme}(?!\\/\\/)${path}${query}|${path}${query})$`,
    'su',
  );
}

/** Zeros in front are allowed, as before Go 1.17. */
function sloppyIpv4(): string {
  const octet = '0*(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])';
  return `(?:${octet}(?:\\.${octet}){3})`;
}

/** Eight groups, or fewer around one `::`; the last two may be an IPv4 address. */
function parsedIpv6(): string {
  const group = '[0-9A-Fa-f]{1,4}';
  const octet = '(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])';
  const lastTwo = `(?:${group}:${group}|${octet}(?:\\.${octet}){3})`;
  const upTo = (count: number): string =>
    count === 0 ? '' : `(?:(?:${group}:){0,${count - 1}}${group})?`;
  const shortened = [0, 1, 2, 3, 4, 5].map(
    (before) => `${upTo(before)}::(?:${group}:){${5 - before}}${lastTwo}`,
  );
  const all = [`(?:${group}:){6}${lastTwo}`, ...shortened, `${upTo(6)}::${group}`, `${upTo(7)}::`];
  return `(?:${all.join('|')})`;
}
