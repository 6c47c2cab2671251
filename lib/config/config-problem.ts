import type { tankard } from '../gen/tankard.js';
import { nearestName } from '../finding/nearest-name.ts';

type ConfigError = NonNullable<typeof tankard.errors>[number];

const DURATION = 'a duration such as 1h, 5m or 1m30s';

/** What a setting must be, by its place with `[]` for every index. Source: schemas/tankard.schema.json. */
const EXPECTED: Readonly<Record<string, string>> = {
  timeoutSeconds: 'an integer from 1 to 86400',
  imports: 'an object',
  'unknownKinds[]': 'APIVERSION/KIND, such as example.com/v1/Widget',
  'rules[].rule': 'the code of a rule, such as secrets/missing, or AREA/*',
  'rules[].severity': 'error, warning or off',
  'export.flux.source.kind': 'GitRepository, OCIRepository, Bucket or ExternalArtifact',
  'export.flux.interval': DURATION,
  'export.flux.retryInterval': DURATION,
  'export.flux.timeout': DURATION,
  'export.argocd.syncPolicy.syncOptions[]': 'NAME=VALUE, such as CreateNamespace=true',
  'generate.schemas[]': 'the path of a file NAME.schema.json',
};

const TYPES: Readonly<Record<string, string>> = {
  string: 'a string',
  array: 'a list',
  object: 'an object',
  boolean: 'true or false',
};

/**
 * One mistake in tankard.yaml in words: where, what it must be, and what came.
 *
 * @param error of the validator of tankard.yaml.
 * @param config what tankard.yaml holds.
 * @returns without the name of the file.
 */
export function configProblem(error: ConfigError, config: unknown): string {
  const steps = error.instancePath.split('/').slice(1);
  const where = placeOf(steps) || 'the file';
  const { additionalProperty, known, missingProperty, i, j } = error.params;
  switch (error.keyword) {
    case 'additionalProperties':
      return `${where} has the unknown key ${unknownKey(String(additionalProperty), known)}`;
    case 'required':
      return `${where} lacks the key ${JSON.stringify(missingProperty)}`;
    case 'minLength':
      return `${where} must not be empty`;
    case 'uniqueItems': {
      const [later, earlier] = [Number(i), Number(j)].sort((left, right) => right - left);
      return `${where}[${later}] repeats ${where}[${earlier}]`;
    }
    default:
      return `${where} must be ${expected(where, error)}, got ${found(valueAt(config, steps))}`;
  }
}

function placeOf(steps: readonly string[]): string {
  return steps
    .map((step) => (/^\d+$/.test(step) ? `[${step}]` : `.${step}`))
    .join('')
    .slice(1);
}

function unknownKey(key: string, known: unknown): string {
  const names = Array.isArray(known) ? known.map(String) : [];
  const near = nearestName(key, names);
  const help =
    near === undefined ? `; known keys: ${names.join(', ')}` : ` (did you mean ${near}?)`;
  return `${JSON.stringify(key)}${help}`;
}

function expected(where: string, { keyword, params, message }: ConfigError): string {
  // Without quotes YAML reads 1.36 as a number, and 1.30 as 1.3.
  if (where === 'kubernetes')
    return `${keyword === 'type' ? 'a string in quotes' : 'a minor version'}, such as '1.36'`;
  const type = TYPES[String(params['type'])];
  return EXPECTED[where.replaceAll(/\[\d+\]/g, '[]')] ?? type ?? `right: ${message}`;
}

function found(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'number') return `the number ${value}`;
  return typeof value === 'object' && value !== null ? 'an object' : JSON.stringify(value);
}

function valueAt(config: unknown, steps: readonly string[]): unknown {
  // The schema has errors inside objects and lists only.
  return steps.reduce((value, step) => (value as Record<string, unknown>)[step], config);
}
