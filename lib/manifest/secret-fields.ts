import type { Path } from '../finding/finding.ts';

/** Where `kubectl apply` keeps the whole object as last applied, values of a Secret included. */
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

const LAST_APPLIED_PATH: Path = ['metadata', 'annotations', LAST_APPLIED];

// By kind alone, so that a mistake in apiVersion shows no value. What a SealedSecret has in `encryptedData`
// is safe to show; what is written into its template is not encrypted.
const SECRET_FIELDS: ReadonlyMap<unknown, readonly Path[]> = new Map([
  ['Secret', [['data'], ['stringData'], LAST_APPLIED_PATH]],
  [
    'SealedSecret',
    [['spec', 'template', 'data'], ['spec', 'template', 'stringData'], LAST_APPLIED_PATH],
  ],
]);

/**
 * Finds the fields whose values are secret: `data` and `stringData` of every Secret, at any depth (a List, a
 * template), those of a SealedSecret's template, and the copy that kubectl keeps in an annotation of them.
 *
 * @param value a manifest, or any part of one.
 * @returns the paths of the fields that exist, from `value` inwards; all below them is secret.
 */
export function secretFields(value: unknown): Path[] {
  const found: Path[] = [];
  collect(value, [], found);
  return found;
}

function collect(value: unknown, at: Path, found: Path[]): void {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value))
    for (const field of SECRET_FIELDS.get((value as { kind?: unknown }).kind) ?? [])
      if (valueAt(value, field) !== undefined) found.push([...at, ...field]);
  for (const [key, inner] of Object.entries(value))
    collect(inner, [...at, Array.isArray(value) ? Number(key) : key], found);
}

/**
 * Follows a path into a value.
 *
 * @returns what is there; undefined when there is nothing.
 */
export function valueAt(value: unknown, path: Path): unknown {
  let current = value;
  for (const step of path) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, step))
      return undefined;
    current = (current as Record<string | number, unknown>)[step];
  }
  return current;
}
