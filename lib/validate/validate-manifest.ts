import type { AjvError, Validate } from '../emit/validator/ajv-error.ts';
import type { Finding } from '../finding/finding.ts';
import { valueAt } from '../manifest/secret-fields.ts';
import type { Manifest } from '../manifest/parse-manifests.ts';
import type { UpstreamKind } from '../sources/upstream.ts';
import { parsePointer } from './instance-path.ts';
import { pathKey, stripNulls } from './prepare.ts';
import { schemaFindings } from './schema-findings.ts';
import { quoted } from './words.ts';

/** Holds one manifest to the schema of its kind. */
export function validateManifest(
  manifest: Manifest,
  kind: UpstreamKind,
  validate: Validate,
): Finding[] {
  const errors = validationErrors(manifest.value, validate);
  if (errors.length === 0) return [];
  if (kind.dialect === 'crd')
    return schemaFindings(manifest, withNullableKept(manifest.value, validate, errors));
  return builtInFindings(manifest, validate, errors);
}

/**
 * What is wrong with an object of Kubernetes' own. A null item of a list is decoded as the zero value of its type, so
 * the object is judged with that; of the null itself a warning is left, since nobody means it.
 */
function builtInFindings(
  manifest: Manifest,
  validate: Validate,
  errors: readonly AjvError[],
): Finding[] {
  const nulls = errors.filter((error) => isNullItem(manifest.value, error));
  if (nulls.length === 0) return schemaFindings(manifest, errors);
  const zeros = new Map(
    nulls.map(({ instancePath, params }) => [
      pathKey(parsePointer(instancePath, manifest.value)),
      zeroOf(params['type']),
    ]),
  );
  const rest = validate(stripNulls(manifest.value, new Set(), zeros))
    ? []
    : (validate.errors ?? []);
  const warnings = schemaFindings(manifest, nulls).map((finding) => ({
    ...finding,
    severity: 'warning' as const,
    message: `${finding.message}, which is read as ${quoted(zeros.get(pathKey(finding.path ?? [])))}`,
  }));
  return [...schemaFindings(manifest, rest), ...warnings];
}

function isNullItem(value: unknown, { keyword, instancePath }: AjvError): boolean {
  if (keyword !== 'type') return false;
  const path = parsePointer(instancePath, value);
  return typeof path.at(-1) === 'number' && valueAt(value, path) === null;
}

/** What Go decodes null into. */
function zeroOf(type: unknown): unknown {
  const zeros: { readonly [type: string]: unknown } = {
    object: {},
    array: [],
    string: '',
    boolean: false,
    integer: 0,
    number: 0,
  };
  return zeros[String(Array.isArray(type) ? type[0] : type)];
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
