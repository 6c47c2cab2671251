import type { Path } from '../finding/finding.ts';
import { secretFields, valueAt } from './secret-fields.ts';

// Names end in what they are: AWS_WEB_IDENTITY_TOKEN_FILE is a path and AWS_ACCESS_KEY_ID is public.
const CREDENTIAL_NAME =
  /(?:^|[_.-])(?:pass(?:word|wd|phrase)?|pwd|tokens?|secrets?|credentials?|(?:api|access|secret|private|signing|encryption|auth|master|license)[_.-]?key)$/i;

// user:password@host, as in the URL of a database.
const CREDENTIAL_URL = /:\/\/[^/\s:@]*:[^/\s@]+@/;

/**
 * Whether a message about a place in a manifest must not repeat the value there: it is, is part of, or
 * contains
 * - a value of a Secret (see `secretFields`),
 * - a literal `value` beside a `name` that ends like a credential's (`AWS_SECRET_ACCESS_KEY`, `DB_PASSWORD`),
 *   as in the `env` of a container,
 * - a URL with a password in it.
 *
 * @param manifest the whole manifest.
 * @param path the place, from the root of the manifest inwards; `[]` is the manifest itself.
 */
export function isSecretPath(manifest: unknown, path: Path): boolean {
  const fields = secretFields(manifest);
  if (fields.some((field) => isPrefix(field, path) || isPrefix(path, field))) return true;
  const last = path.length - 1;
  if (path[last] === 'value' && isCredential(valueAt(manifest, path.slice(0, last)))) return true;
  return containsCredential(valueAt(manifest, path));
}

function containsCredential(value: unknown): boolean {
  if (typeof value === 'string') return CREDENTIAL_URL.test(value);
  if (typeof value !== 'object' || value === null) return false;
  return isCredential(value) || Object.values(value).some(containsCredential);
}

/** Such as `{name: 'DB_PASSWORD', value: 'x'}`; with `valueFrom` instead of `value` nothing secret stands there. */
function isCredential(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { name, value: literal } = value as { name?: unknown; value?: unknown };
  return (
    typeof name === 'string' &&
    CREDENTIAL_NAME.test(name) &&
    literal !== undefined &&
    literal !== ''
  );
}

function isPrefix(short: Path, long: Path): boolean {
  return short.length <= long.length && short.every((step, index) => step === long[index]);
}
