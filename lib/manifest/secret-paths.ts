import type { Path } from '../finding/finding.ts';
import { isCredentialFlag, isCredentialName, looksSecret } from './looks-secret.ts';
import { secretFields, valueAt } from './secret-fields.ts';

/** A scalar of a manifest, and where it stands. */
interface Leaf {
  readonly manifest: unknown;
  readonly path: Path;
  readonly value: unknown;
}

/**
 * Whether a message about a place in a manifest must not repeat the value there: it is, is part of, or
 * contains
 * - a value of a Secret (see `secretFields`),
 * - anything that an entry of a container's `env` has beside `name` and `valueFrom`,
 * - a literal `value` beside a `name` that ends like a credential's (`DB_PASSWORD`), or a field with such a name,
 * - the argument after a flag with such a name (`--token`),
 * - a text that looks secret (see `looksSecret`).
 *
 * @param manifest the whole manifest.
 * @param path the place, from the root of the manifest inwards; `[]` is the manifest itself.
 */
export function isSecretPath(manifest: unknown, path: Path): boolean {
  const fields = fieldsOf(manifest);
  if (fields.some((field) => isPrefix(field, path) || isPrefix(path, field))) return true;
  return hasCredential({ manifest, path, value: valueAt(manifest, path) });
}

/**
 * The same for a scalar of a manifest that is shown as a whole: there a variable of a container is secret only when its
 * name or its text says so.
 */
export function isSecretScalarPath(manifest: unknown, path: Path): boolean {
  if (fieldsOf(manifest).some((field) => isPrefix(field, path))) return true;
  const value = valueAt(manifest, path);
  const looksSo = typeof value === 'string' && looksSecret(value);
  return looksSo || secrecyOf(manifest, path) === 'credential';
}

/** By manifest: one with a thousand mistakes is not searched a thousand times. Nothing changes a manifest once it is parsed. */
const KNOWN = new WeakMap<object, readonly Path[]>();

function fieldsOf(manifest: unknown): readonly Path[] {
  if (typeof manifest !== 'object' || manifest === null) return [];
  const fields = KNOWN.get(manifest) ?? secretFields(manifest);
  KNOWN.set(manifest, fields);
  return fields;
}

/**
 * What stands around a scalar says that it is a credential, or that it is part of a container's `env`, of which most
 * is no secret; without a look at the text itself and at Secrets.
 */
export function secrecyOf(manifest: unknown, path: Path): 'credential' | 'variable' | undefined {
  const leaf = { manifest, path, value: valueAt(manifest, path) };
  if (isNamedValue(leaf) || isCredentialField(leaf) || followsFlag(leaf)) return 'credential';
  return isVariable(leaf) ? 'variable' : undefined;
}

function hasCredential(place: Leaf): boolean {
  const { manifest, path, value } = place;
  if (value === undefined || value === null || value === '') return false;
  if (typeof value !== 'object') return isCredential(place);
  return Object.entries(value).some(([key, inner]) => {
    const step = Array.isArray(value) ? Number(key) : key;
    return hasCredential({ manifest, path: [...path, step], value: inner });
  });
}

function isCredential(leaf: Leaf): boolean {
  return (
    (typeof leaf.value === 'string' && looksSecret(leaf.value)) ||
    secrecyOf(leaf.manifest, leaf.path) !== undefined
  );
}

/** Part of a container's `env`: which of its values are credentials, their names do not always say. */
function isVariable({ path }: Leaf): boolean {
  const at = path.indexOf('env');
  if (at === -1) return false;
  const [first, ...rest] = path.slice(at + 1);
  // A scalar in its place; a label may be called env, and does not stand in the item of a list.
  if (first === undefined) return typeof path[at - 1] === 'number';
  const field = typeof first === 'number' ? rest[0] : first;
  return field !== 'name' && field !== 'valueFrom';
}

/** Such as `{name: 'DB_PASSWORD', value: 'x'}`. */
function isNamedValue({ manifest, path }: Leaf): boolean {
  return path.some((step, index) => {
    if (step !== 'value') return false;
    const name = valueAt(manifest, [...path.slice(0, index), 'name']);
    return typeof name === 'string' && isCredentialName(name);
  });
}

/** Such as `{password: 'x'}`, but not `{automountServiceAccountToken: 'no'}`. */
function isCredentialField({ path, value }: Leaf): boolean {
  const field = path.findLast((step): step is string => typeof step === 'string');
  const isSwitch = /^(?:true|false|yes|no|on|off)$/i.test(String(value));
  return field !== undefined && isCredentialName(field) && !isSwitch;
}

/** Such as the second of `['--password', 'x']`. */
function followsFlag({ manifest, path }: Leaf): boolean {
  const last = path.at(-1);
  if (typeof last !== 'number') return false;
  const before = valueAt(manifest, [...path.slice(0, -1), last - 1]);
  return typeof before === 'string' && isCredentialFlag(before);
}

function isPrefix(short: Path, long: Path): boolean {
  return short.length <= long.length && short.every((step, index) => step === long[index]);
}
