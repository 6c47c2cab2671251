import { Arguments, type CelFunction, type FunctionTable } from '../call.ts';
import { ExtensionValue, Optional } from '../value.ts';
import { parseFormatDate } from './time.ts';
import { parseUrl } from './url.ts';

const LABEL = '[a-z0-9](?:[-a-z0-9]*[a-z0-9])?';
const DNS_LABEL = new RegExp(`^${LABEL}$`);
const DNS_SUBDOMAIN = new RegExp(`^${LABEL}(?:\\.${LABEL})*$`);
const DNS_1035_LABEL = /^[a-z](?:[-a-z0-9]*[a-z0-9])?$/;
const LABEL_NAME = /^(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const UUID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})$/;
const TIME = /^(\d{2}):(\d{2}):(\d{2})(?:.\d+)?(?:z|[+-]\d{2}:\d{2})$/;
const MOST_LABEL = 63;
const MOST_SUBDOMAIN = 253;

type Check = (text: string) => readonly string[];

/** What is wrong with a text, in the words of the API server, shortened to one for each mistake. */
const CHECKS: { readonly [name: string]: Check } = {
  dns1123Label: (text) => check(text, DNS_LABEL, MOST_LABEL, 'a lowercase RFC 1123 label'),
  dns1123Subdomain: checkSubdomain,
  dns1035Label: (text) => check(text, DNS_1035_LABEL, MOST_LABEL, 'a DNS-1035 label'),
  qualifiedName: checkQualifiedName,
  dns1123LabelPrefix: (text) => CHECKS['dns1123Label']?.(withoutDash(text)) ?? [],
  dns1123SubdomainPrefix: (text) => checkSubdomain(withoutDash(text)),
  dns1035LabelPrefix: (text) => CHECKS['dns1035Label']?.(withoutDash(text)) ?? [],
  labelValue: (text) => (text === '' ? [] : check(text, LABEL_NAME, MOST_LABEL, 'a valid label')),
  uri: (text) => (parseUrl(text) === undefined ? ['invalid URI for request'] : []),
  uuid: (text) => (UUID.test(text) ? [] : ['does not match the UUID format']),
  byte: (text) => (BASE64.test(text) ? [] : ['invalid base64']),
  date: (text) => (parseFormatDate(text) === undefined ? ['invalid date'] : []),
  datetime: (text) => (isDateTime(text) ? [] : ['invalid datetime']),
};

/** A named format, as `format.dns1123Label()` gives it. */
export class NamedFormat extends ExtensionValue {
  readonly typeName = 'kubernetes.NamedFormat';
  readonly name: string;

  constructor(name: string) {
    super();
    this.name = name;
  }

  equals(other: NamedFormat): boolean {
    return this.name === other.name;
  }
}

function check(text: string, pattern: RegExp, most: number, what: string): string[] {
  const tooLong = Buffer.byteLength(text) > most ? [`must be no more than ${most} bytes`] : [];
  return pattern.test(text) ? tooLong : [...tooLong, `${what} must match ${pattern.source}`];
}

function checkSubdomain(text: string): string[] {
  return check(text, DNS_SUBDOMAIN, MOST_SUBDOMAIN, 'a lowercase RFC 1123 subdomain');
}

function checkQualifiedName(text: string): string[] {
  const [prefix = '', ...rest] = text.split('/');
  if (rest.length > 1) return ['a qualified name has at most one slash'];
  const name = rest[0] ?? prefix;
  const prefixErrors = rest.length === 0 ? [] : checkSubdomain(prefix);
  return [...prefixErrors, ...check(name, LABEL_NAME, MOST_LABEL, 'the name part')];
}

/** Source: maskTrailingDash of apimachinery, which takes two characters away for one. */
function withoutDash(text: string): string {
  return text.length > 1 && text.endsWith('-') ? `${text.slice(0, -2)}a` : text;
}

function isDateTime(text: string): boolean {
  const [date = '', time] = text.toLowerCase().split('t');
  const [, hours = '', minutes = '', seconds = ''] = TIME.exec(time ?? '') ?? [];
  if (hours === '' || parseFormatDate(date) === undefined) return false;
  return hours <= '23' && minutes <= '59' && seconds <= '59';
}

const constructors: [string, CelFunction][] = Object.keys(CHECKS).map((name) => [
  `format.${name}`,
  (values) => {
    const { count } = new Arguments(`format.${name}`, values, [0]);
    return count === 0 ? new NamedFormat(name) : null;
  },
]);

/** Kubernetes' named formats. */
export const FORMAT_FUNCTIONS: FunctionTable = {
  ...Object.fromEntries(constructors),
  'format.named'(values) {
    const name = new Arguments('format.named', values, [1]).text(0);
    return Object.hasOwn(CHECKS, name) ? new Optional(new NamedFormat(name)) : new Optional();
  },
};

/** The method of a named format. */
export const FORMAT_METHODS: FunctionTable = {
  validate(values, { budget }) {
    const args = new Arguments('validate', values, [2]);
    const text = args.text(1);
    budget.spendText(text.length * 8);
    const errors = CHECKS[args.of(NamedFormat, 0).name]?.(text) ?? [];
    return errors.length === 0 ? new Optional() : new Optional(errors);
  },
};
