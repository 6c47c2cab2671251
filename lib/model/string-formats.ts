/** The name that a quantity has as a format of JSON Schema; a number is a quantity too. */
export const QUANTITY_FORMAT = 'quantity';

const OCTET = '(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])';
const IPV4 = `${OCTET}(?:\\.${OCTET}){3}`;

/**
 * The formats of strings that validators check, as regular expressions with the `u` flag. All other formats
 * are notes to the reader. Of a CRD the API server checks more, see {@link isUncheckedFormat}; those are here that
 * the known CRDs use.
 *
 * - `byte`: base64 with padding; line breaks are skipped, as Go's encoding/base64 does
 * - `date-time`: RFC 3339, the letters in either case (k8s.io/kube-openapi pkg/validation/strfmt/time.go)
 * - `ipv4`, `ipv6`: RFC 3986, section 3.2.2, which is what Go's net.ParseIP reads
 * - `quantity`: the pattern that controller-gen writes for resource.Quantity into CRDs
 */
export const STRING_FORMATS: { readonly [format: string]: RegExp } = {
  byte: /^[\r\n]*(?:(?:[A-Za-z0-9+/][\r\n]*){4})*(?:(?:[A-Za-z0-9+/][\r\n]*){2}(?:=[\r\n]*){2}|(?:[A-Za-z0-9+/][\r\n]*){3}=[\r\n]*)?$/u,
  'date-time':
    /^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])[Tt](?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?(?:[Zz]|[+-][0-9]{2}:[0-9]{2})$/u,
  ipv4: new RegExp(`^${IPV4}$`, 'u'),
  ipv6: ipv6(),
  [QUANTITY_FORMAT]:
    /^[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[KMGTPE]i|[numkMGTPE]|[eE][+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+))?$/u,
};

/**
 * The formats of strings that the API server checks in a CRD, without hyphens; `password`, which any string is, is left
 * out. Source: supportedVersionedFormats in k8s.io/apiextensions-apiserver v0.36.3, pkg/apiserver/validation/formats.go.
 */
const SERVER_FORMATS = new Set(
  (
    'bsonobjectid uri email hostname ipv4 ipv6 cidr mac uuid uuid3 uuid4 uuid5 isbn isbn10 isbn13 creditcard ssn ' +
    'hexcolor rgbcolor byte date duration datetime k8sshortname k8slongname'
  ).split(' '),
);

/**
 * Whether the API server checks a format of strings in a CRD, and {@link STRING_FORMATS} has it not.
 *
 * @param format as a schema writes it; the server passes over its hyphens.
 */
export function isUncheckedFormat(format: string): boolean {
  return !Object.hasOwn(STRING_FORMATS, format) && SERVER_FORMATS.has(format.replaceAll('-', ''));
}

/** Eight groups, or fewer around one `::`; the last two may be an IPv4 address. */
function ipv6(): RegExp {
  const group = '[0-9A-Fa-f]{1,4}';
  const lastTwo = `(?:${group}:${group}|${IPV4})`;
  const upTo = (count: number): string =>
    count === 0 ? '' : `(?:(?:${group}:){0,${count - 1}}${group})?`;
  const shortened = [0, 1, 2, 3, 4, 5].map(
    (before) => `${upTo(before)}::(?:${group}:){${5 - before}}${lastTwo}`,
  );
  const all = [`(?:${group}:){6}${lastTwo}`, ...shortened, `${upTo(6)}::${group}`, `${upTo(7)}::`];
  return new RegExp(`^(?:${all.join('|')})$`, 'u');
}
