import type { AjvError, Validate } from '../emit/validator/ajv-error.ts';
import type { Finding } from '../finding/finding.ts';
import { valueAt } from '../manifest/secret-fields.ts';
import type { Manifest } from '../manifest/parse-manifests.ts';
import type { UpstreamKind } from '../sources/upstream.ts';
import { parsePointer } from './instance-path.ts';
import { pathKey, stripNulls } from './prepare.ts';
import { schemaFindings } from './schema-findings.ts';

/** Holds one manifest to the schema of its kind. */
export function validateManifest(
  manifest: Manifest,
  kind: UpstreamKind,
  validate: Validate,
): Finding[] {
  const errors = validationErrors(manifest.value, validate);
  if (errors.length === 0) return [];
  const isCustom = kind.dialect === 'crd';
  return schemaFindings(
    manifest,
    isCustom ? withNullableKept(manifest.value, validate, errors) : errors,
  );
}

/**
 * A field of a custom resource that is required and nullable must be there and may be null. So nulls that
 * were removed and are now missed are tried as values; those that the schema takes stay.
 */
function withNullableKept(
  value: unknown,
  validate: Validate,
  errors: readonly AjvError[],
): readonly AjvError[] {
  const missed = missedNulls(value, errors);
  if (missed.size === 0) return errors;
  for (const { instancePath } of validationErrors(value, validate, missed))
    missed.delete(pathKey(parsePointer(instancePath, value)));
  return missed.size === 0 ? errors : validationErrors(value, validate, missed);
}

function validationErrors(
  value: unknown,
  validate: Validate,
  keep?: ReadonlySet<string>,
): readonly AjvError[] {
  return validate(stripNulls(value, keep)) ? [] : (validate.errors ?? []);
}

/** The paths of nulls that were removed and that the schema requires. */
function missedNulls(value: unknown, errors: readonly AjvError[]): Set<string> {
  const paths = errors
    .filter(({ keyword }) => keyword === 'required')
    .map(({ instancePath, params }) => [
      ...parsePointer(instancePath, value),
      String(params['missingProperty']),
    ])
    .filter((path) => valueAt(value, path) === null);
  return new Set(paths.map(pathKey));
}
