import type { Path } from '../finding/finding.ts';
import { PLACEHOLDER } from '../manifest/redact.ts';
import { isSecretScalarPath } from '../manifest/secret-paths.ts';
import type { SecretTexts } from '../manifest/secret-texts.ts';

/** Stands for a value inside another one; PLACEHOLDER is written as YAML. */
const HIDDEN = JSON.parse(PLACEHOLDER) as string;

/** A value, the manifest that it is in, and where it stands there. */
export interface Place {
  readonly manifest: unknown;
  readonly path: Path;
  readonly value: unknown;
}

/**
 * A value as it may be shown: undefined for a scalar that is secret, else in a box; what is secret inside it is replaced
 * by `<redacted>`, and names stay.
 */
export function hideSecrets(place: Place, texts: SecretTexts): { value: unknown } | undefined {
  const { value } = place;
  if (typeof value === 'object' && value !== null) return { value: withoutSecrets(place, texts) };
  return isSecretScalar(place, texts) ? undefined : { value };
}

function withoutSecrets({ manifest, path, value }: Place, texts: SecretTexts): unknown {
  const inner = (step: string | number, member: unknown): unknown =>
    withoutSecrets({ manifest, path: [...path, step], value: member }, texts);
  if (Array.isArray(value)) return value.map((item: unknown, index) => inner(index, item));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [name, inner(name, member)]),
    );
  return isSecretScalar({ manifest, path, value }, texts) ? HIDDEN : value;
}

/** A port, a count or a switch: a Secret may have the same by chance. */
const COMMON = /^(?:\d{1,5}|true|false)$/i;

/**
 * Whether a scalar may not be shown: by its place, or because its text is secret wherever it stands. A null and an empty
 * text say nothing.
 */
export function isSecretScalar({ manifest, path, value }: Place, texts: SecretTexts): boolean {
  if (value === undefined || value === '' || typeof value === 'object') return false;
  if (isSecretScalarPath(manifest, path)) return true;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return !COMMON.test(text) && texts.hasWithin(text);
}
