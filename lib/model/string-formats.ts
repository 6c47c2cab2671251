/** The name that a quantity has as a format of JSON Schema; a number is a quantity too. */
export const QUANTITY_FORMAT = 'quantity';

/**
 * The formats of strings that validators check, as regular expressions with the `u` flag. All other formats
 * are notes to the reader, as they are for the API server.
 *
 * - `byte`: base64 with padding; line breaks are skipped, as Go's encoding/base64 does
 * - `date-time`: RFC 3339, the letters in either case (k8s.io/kube-openapi pkg/validation/strfmt/time.go)
 * - `quantity`: the pattern that controller-gen writes for resource.Quantity into CRDs
 */
export const STRING_FORMATS: { readonly [format: string]: RegExp } = {
  byte: /^[\r\n]*(?:(?:[A-Za-z0-9+/][\r\n]*){4})*(?:(?:[A-Za-z0-9+/][\r\n]*){2}(?:=[\r\n]*){2}|(?:[A-Za-z0-9+/][\r\n]*){3}=[\r\n]*)?$/u,
  'date-time':
    /^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])[Tt](?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?(?:[Zz]|[+-][0-9]{2}:[0-9]{2})$/u,
  [QUANTITY_FORMAT]:
    /^[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[KMGTPE]i|[numkMGTPE]|[eE][+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+))?$/u,
};
