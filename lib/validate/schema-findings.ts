import { FINDING_CODES } from '../finding/codes.ts';
import type { Finding, Path, ResourceId } from '../finding/finding.ts';
import { valueAt } from '../manifest/secret-fields.ts';
import { isSecretPath } from '../manifest/secret-paths.ts';
import type { AjvError } from '../emit/validator/ajv-error.ts';
import { MOST_FINDINGS, restOf } from './cap-findings.ts';
import { describeError } from './describe-error.ts';
import { comparePaths, parsePointer } from './instance-path.ts';
import { oneErrorForEachMistake } from './merge-errors.ts';

/**
 * What the errors of a validator mean to the author of a manifest: one finding for each mistake, sorted by
 * path, at most `MOST_FINDINGS` and one that counts the rest. No finding repeats a secret value.
 *
 * @param manifest the object as it was rendered, nulls included.
 * @param errors what the validator left in its `errors`.
 */
export function schemaFindings(
  manifest: { readonly resource: ResourceId; readonly value: { readonly [key: string]: unknown } },
  errors: readonly AjvError[],
): Finding[] {
  const placed = errors.map((error) => ({
    error,
    path: parsePointer(error.instancePath, manifest.value),
  }));
  const mistakes = oneErrorForEachMistake(placed).sort((left, right) =>
    comparePaths(left.path, right.path),
  );
  const findings = mistakes
    .slice(0, MOST_FINDINGS)
    .map(({ error, path }) => toFinding(manifest, error, path));
  const unlisted = mistakes.length - findings.length;
  const last = findings.at(-1);
  if (unlisted > 0 && last !== undefined) findings.push(restOf(last, unlisted));
  return findings.sort((left, right) => comparePaths(left.path ?? [], right.path ?? []));
}

function toFinding(
  manifest: { readonly resource: ResourceId; readonly value: unknown },
  error: AjvError,
  path: Path,
): Finding {
  const found = valueAt(manifest.value, path);
  const secret = isSecretPath(manifest.value, path);
  const { below = [], ...description } = describeError({ error, value: found, secret });
  const place = [...path, ...below];
  const value = valueAt(manifest.value, place);
  // What stands under a misspelt key may be secret without looking so: `stringdata` of a Secret.
  const isShown =
    value !== undefined && description.fault !== 'key' && !isSecretPath(manifest.value, place);
  return {
    ...description,
    severity: FINDING_CODES[description.code].severity,
    resource: manifest.resource,
    path: place,
    ...(isShown && { value }),
  };
}
