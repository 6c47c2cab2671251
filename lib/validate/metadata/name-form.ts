/**
 * The forms that Kubernetes asks of names, keys and label values.
 * Source: k8s.io/apimachinery v0.36.3 pkg/api/validate/content and pkg/util/validation/validation.go.
 */
export interface NameForm {
  /** What a text of the form is, for a message. */
  readonly words: string;
  /** In bytes, as Go counts. */
  readonly maxLength: number;
  readonly pattern: RegExp;
}

const LABEL = '[a-z0-9](?:[-a-z0-9]*[a-z0-9])?';
const QUALIFIED = '[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?';

/** DNS subdomain of RFC 1123: the names of most objects. */
export const SUBDOMAIN: NameForm = {
  words:
    'lower case letters, digits, "-" and ".", with a letter or digit at both ends of each part',
  maxLength: 253,
  pattern: new RegExp(`^${LABEL}(?:\\.${LABEL})*$`),
};

/** DNS label of RFC 1123. */
export const DNS_LABEL: NameForm = {
  words: 'lower case letters, digits and "-", with a letter or digit at both ends',
  maxLength: 63,
  pattern: new RegExp(`^${LABEL}$`),
};

/** DNS label of RFC 1035, which begins with a letter. */
export const DNS_1035_LABEL: NameForm = {
  words: 'lower case letters, digits and "-", with a letter first and a letter or digit at the end',
  maxLength: 63,
  pattern: /^[a-z](?:[-a-z0-9]*[a-z0-9])?$/,
};

/** Anything that can be one part of a URL path: the names of roles and bindings. */
export const PATH_SEGMENT: NameForm = {
  words: 'any characters but "/" and "%", and neither "." nor ".."',
  maxLength: Infinity,
  pattern: /^(?!\.{1,2}$)[^/%]*$/s,
};

/** The keys of a ConfigMap, and the names of a LeaseCandidate. */
export const CONFIG_KEY: NameForm = {
  words: 'letters, digits, "-", "_" and "."; not "." alone, and no ".." at the beginning',
  maxLength: 253,
  pattern: /^(?!\.\.|\.$)[-._a-zA-Z0-9]+$/,
};

/** A label value. */
export const LABEL_VALUE: NameForm = {
  words: 'letters, digits, "-", "_" and ".", with a letter or digit at both ends; or empty',
  maxLength: 63,
  pattern: new RegExp(`^(?:${QUALIFIED})?$`),
};

/** The part of a label key after the slash, or the whole of a key without one. */
const KEY_NAME: NameForm = {
  words: 'letters, digits, "-", "_" and ".", with a letter or digit at both ends',
  maxLength: 63,
  pattern: new RegExp(`^${QUALIFIED}$`),
};

/**
 * What is wrong with a text of a form.
 *
 * @returns undefined when nothing is, else such as `is longer than 63 characters`.
 */
export function faultOf(text: string, form: NameForm): string | undefined {
  // The length first: on a short text no pattern can take long.
  if (text.length > form.maxLength) return `is longer than ${form.maxLength} characters`;
  return form.pattern.test(text) ? undefined : `may have only ${form.words}`;
}

/**
 * What is wrong with the key of a label, the name of a finalizer, or the key of an annotation in lower case.
 *
 * @returns undefined when nothing is.
 */
export function keyFault(key: string): string | undefined {
  if (right.has(key)) return undefined;
  const fault = findKeyFault(key);
  if (fault === undefined && right.size < MOST_REMEMBERED) right.add(key);
  return fault;
}

/** The same few keys stand on thousands of objects. */
const right = new Set<string>();
const MOST_REMEMBERED = 1000;

function findKeyFault(key: string): string | undefined {
  const slash = key.indexOf('/');
  if (slash === -1) return faultOf(key, KEY_NAME);
  const name = key.slice(slash + 1);
  if (name.includes('/')) return 'has more than one "/"';
  const prefix = faultOf(key.slice(0, slash), SUBDOMAIN);
  if (prefix !== undefined) return `has a prefix before the "/" that ${prefix}`;
  const fault = faultOf(name, KEY_NAME);
  return fault === undefined ? undefined : `has a name after the "/" that ${fault}`;
}
