import type { Path } from '../finding/finding.ts';
import { isRecord } from './is-record.ts';
import { isCredentialName, looksSecret } from './looks-secret.ts';

/** What only refers to other variables, as Kubernetes expands them: `$(NAME)`. */
const REFERENCES = /^(?:\$\(\w+\))+$/;

/**
 * Finds the variables of containers that have a credential written into them: the name says so (`DB_PASSWORD`), or the
 * value looks like one (see `looksSecret`).
 *
 * @param value a manifest, or any part of one.
 * @returns the paths of their values, from `value` inwards.
 */
export function credentialVariables(value: unknown): Path[] {
  const found: Path[] = [];
  collect(value, [], found);
  return found;
}

function collect(value: unknown, at: Path, found: Path[]): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    const path = [...at, Array.isArray(value) ? Number(key) : key];
    if (key === 'env' && Array.isArray(inner)) found.push(...variablesOf(inner, path));
    collect(inner, path, found);
  }
}

function variablesOf(env: readonly unknown[], at: Path): Path[] {
  return env.flatMap((variable, index) =>
    isRecord(variable) && isCredential(variable) ? [[...at, index, 'value']] : [],
  );
}

function isCredential({ name, value }: Readonly<Record<string, unknown>>): boolean {
  if (value === undefined || value === null || value === '') return false;
  if (typeof value === 'string' && REFERENCES.test(value)) return false;
  return (
    (typeof name === 'string' && isCredentialName(name)) ||
    (typeof value === 'string' && looksSecret(value))
  );
}
