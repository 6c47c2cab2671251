import type { AjvError } from '../emit/validator/ajv-error.ts';
import type { Path } from '../finding/finding.ts';
import { nearestName } from '../finding/nearest-name.ts';

/** An error with its path into the manifest. */
export interface PlacedError {
  readonly error: AjvError;
  readonly path: Path;
}

/**
 * Leaves one error for each mistake. Of an `anyOf` over whole shapes ajv reports every branch: errors inside
 * the value speak for the branch that was meant, and without any the `anyOf` itself says what was expected.
 * Errors that say the same about the same place are one.
 */
export function oneErrorForEachMistake(placed: readonly PlacedError[]): PlacedError[] {
  const unions = placed.filter(({ error }) => error.keyword === 'anyOf' && isShapes(error));
  const merged = unions.reduce<readonly PlacedError[]>(mergeUnion, placed);
  const byMistake = new Map<string, PlacedError>();
  for (const each of merged) {
    const key = JSON.stringify([each.path, each.error.keyword, subjectOf(each.error)]);
    if (!byMistake.has(key)) byMistake.set(key, each);
  }
  return withoutMisspelt(withoutConsequences([...byMistake.values()]));
}

/** A field that is there under a misspelt name is not missing as well. */
function withoutMisspelt(placed: readonly PlacedError[]): PlacedError[] {
  return placed.filter(
    ({ error }) =>
      error.keyword !== 'required' ||
      !placed.some(({ error: other }) => isMisspelling(other, error)),
  );
}

function isMisspelling(unknown: AjvError, missing: AjvError): boolean {
  if (unknown.keyword !== 'additionalProperties') return false;
  if (unknown.instancePath !== missing.instancePath) return false;
  const name = String(unknown.params['additionalProperty']);
  const known = (unknown.params['known'] ?? []) as string[];
  return nearestName(name, known) === missing.params['missingProperty'];
}

/** A union of shapes has branches that need more than a few words, such as a reference. */
function isShapes(error: AjvError): boolean {
  const { alternatives = [] } = error.params;
  return (alternatives as object[]).some(
    (branch) => !('required' in branch || 'values' in branch || 'type' in branch),
  );
}

function mergeUnion(placed: readonly PlacedError[], union: PlacedError): readonly PlacedError[] {
  const key = union.error.instancePath;
  const isInside = placed.some(({ error }) => error.instancePath.startsWith(`${key}/`));
  return placed.filter((each) => {
    if (each.error.instancePath !== key) return true;
    if (each === union) return !isInside;
    return each.error.keyword !== 'type';
  });
}

/** What can be wrong with a scalar, the most telling first. */
const SCALAR = ['type', 'enum', 'const', 'minLength', 'maxLength', 'format', 'pattern'];

/** An empty string fails the pattern as well, a value of a wrong type the enum: one error says enough. */
function withoutConsequences(placed: readonly PlacedError[]): PlacedError[] {
  const first = new Map<string, number>();
  for (const { error } of placed) {
    const rank = SCALAR.indexOf(error.keyword);
    if (rank === -1) continue;
    const { instancePath } = error;
    first.set(instancePath, Math.min(rank, first.get(instancePath) ?? rank));
  }
  return placed.filter(({ error }) => {
    const telling = first.get(error.instancePath);
    const rank = SCALAR.indexOf(error.keyword);
    // Nothing but its type can be wrong with a value of a wrong type.
    return telling === undefined || rank === telling || (rank === -1 && telling > 0);
  });
}

function subjectOf(error: AjvError): unknown {
  return error.params['additionalProperty'] ?? error.params['missingProperty'];
}
