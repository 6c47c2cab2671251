/** Source: the Jsonnet specification, "Lexing". */
const KEYWORDS = new Set(
  (
    'assert else error false for function if import importstr importbin in local null tailstrict then ' +
    'self super true'
  ).split(' '),
);

/**
 * The name of a field with its first word in lower case, as k8s-libsonnet has it: `Deployment` becomes `deployment`,
 * `APIService` `apiService`, `CSIDriver` `csiDriver`, `cert-manager` `certManager`.
 *
 * Source: jsonnet-libs/k8s pkg/model/modifiers.go, CamelLower, which splits as github.com/fatih/camelcase does; there
 * signs stay in the name.
 *
 * @returns an identifier of Jsonnet, unless nothing of the name can stand in one: then `_`.
 */
export function camelLower(name: string): string {
  const [first = '', ...rest] = name.split(/[^A-Za-z0-9_]+/).filter((part) => part !== '');
  const words = wordsOf(first);
  const lower = (words[0] ?? '').toLowerCase() + words.slice(1).join('');
  const joined = lower + rest.map(capitalize).join('');
  if (joined === '') return '_';
  return /^[0-9]/.test(joined) ? `_${joined}` : joined;
}

/** Runs of one class of characters; of a run of capitals before small letters, the last one begins the next word. */
function wordsOf(name: string): string[] {
  return name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+|_+|[A-Z]/g) ?? [];
}

/** The text with its first letter in upper case. */
export function capitalize(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** `withReplicas` for `replicas`. */
export function setterName(property: string): string {
  return `with${capitalize(camelLower(property))}`;
}

/**
 * The name of the parameter that takes a property: its own, as far as it can be one.
 *
 * Source for keywords and `error`: jsonnet-libs/k8s pkg/model/modifiers.go, fnArg; `std` would hide the standard
 * library, and the others hide what generated files name so.
 */
export function argumentName(property: string): string {
  const name = camelLower(property);
  if (name === 'error') return 'err';
  return KEYWORDS.has(name) || USED_IN_FILES.has(name) ? capitalize(name) : name;
}

const USED_IN_FILES = new Set(['std', 'check', 'itself']);

/**
 * Names in an order in which they may claim their fields: first those that have the name of their field, so that
 * `fooBar` keeps it beside `foo-bar`, each in code point order.
 */
export function inClaimOrder(names: readonly string[]): string[] {
  const isOwn = (name: string): number => (camelLower(name) === name ? 0 : 1);
  return [...new Set(names)].sort((a, b) => isOwn(a) - isOwn(b) || (a < b ? -1 : 1));
}

/** The field of each name: its own in camel case, with a number where two have the same. */
export function fieldNames(names: readonly string[]): Map<string, string> {
  const taken = new Set<string>();
  return new Map(inClaimOrder(names).map((name) => [name, freeName(camelLower(name), taken)]));
}

/**
 * A name that is not taken: the wanted one, or with the first number from 2 on that makes it free. The answer is
 * taken from then on.
 */
export function freeName(wanted: string, taken: Set<string>): string {
  let name = wanted;
  for (let number = 2; taken.has(name); number += 1) name = `${wanted}${number}`;
  taken.add(name);
  return name;
}

/** Whether a name can stand in Jsonnet without quotes. */
export function isIdentifier(name: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !KEYWORDS.has(name);
}
