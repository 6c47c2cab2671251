import type { Finding } from '../finding/finding.ts';
import { nearestName } from '../finding/nearest-name.ts';

/** What is wrong with a spec.json, before it is located. */
export type SpecProblem = Pick<Finding, 'severity' | 'message' | 'expected' | 'hint'> &
  Required<Pick<Finding, 'path' | 'fault'>>;

type Field =
  | { readonly kind: 'string'; readonly values?: readonly string[] }
  | { readonly kind: 'boolean' | 'strings' | 'labels' | 'any' }
  | { readonly kind: 'object'; readonly fields: Readonly<Record<string, Field>> };

const STRING: Field = { kind: 'string' };
const LABELS: Field = { kind: 'labels' };

/** What Tanka v0.38.0 reads. Source: grafana/tanka, pkg/spec/v1alpha1/environment.go. */
const SPEC: Field = {
  kind: 'object',
  fields: {
    apiVersion: { kind: 'string', values: ['tanka.dev/v1alpha1'] },
    kind: { kind: 'string', values: ['Environment'] },
    metadata: { kind: 'object', fields: { name: STRING, namespace: STRING, labels: LABELS } },
    spec: {
      kind: 'object',
      fields: {
        apiServer: STRING,
        contextNames: { kind: 'strings' },
        namespace: STRING,
        diffStrategy: { kind: 'string', values: ['native', 'server', 'validate', 'subset'] },
        applyStrategy: { kind: 'string', values: ['client', 'server'] },
        injectLabels: { kind: 'boolean' },
        tankaEnvLabelFromFields: { kind: 'strings' },
        resourceDefaults: { kind: 'object', fields: { annotations: LABELS, labels: LABELS } },
        expectVersions: { kind: 'object', fields: { tanka: STRING } },
        exportJsonnetImplementation: STRING,
      },
    },
    data: { kind: 'any' },
  },
};

/** Keys of old at the top, and where they belong. Source: grafana/tanka, pkg/spec/spec.go. */
const MOVED: Readonly<Record<string, string>> = {
  namespace: 'spec.namespace',
  server: 'spec.apiServer',
  team: 'metadata.labels.team',
};

/** Compares a parsed spec.json with the fields that Tanka reads. */
export function specProblems(spec: unknown): SpecProblem[] {
  return [...check(spec, SPEC, []), ...exclusiveProblems(spec)];
}

function check(value: unknown, field: Field, path: readonly (string | number)[]): SpecProblem[] {
  // Go reads null as absent.
  if ((value === null && path.length > 0) || field.kind === 'any') return [];
  switch (field.kind) {
    case 'object':
      return isObject(value)
        ? checkObject(value, field.fields, path)
        : [wrongType(path, 'an object', value)];
    case 'labels':
      return isObject(value)
        ? Object.entries(value).flatMap(([key, entry]) => check(entry, STRING, [...path, key]))
        : [wrongType(path, 'an object of strings', value)];
    case 'strings':
      return Array.isArray(value)
        ? value.flatMap((entry, index) => check(entry, STRING, [...path, index]))
        : [wrongType(path, 'an array of strings', value)];
    case 'boolean':
      return typeof value === 'boolean' ? [] : [wrongType(path, 'true or false', value)];
    case 'string':
      return typeof value === 'string'
        ? checkValue(value, field.values, path)
        : [wrongType(path, 'a string', value)];
  }
}

function checkObject(
  value: Readonly<Record<string, unknown>>,
  fields: Readonly<Record<string, Field>>,
  path: readonly (string | number)[],
): SpecProblem[] {
  return Object.entries(value).flatMap(([key, entry]) => {
    const name = fieldName(key, fields);
    const field = name === undefined ? undefined : fields[name];
    return field === undefined
      ? [unknownKey([...path, key], Object.keys(fields))]
      : check(entry, field, [...path, key]);
  });
}

/** Go matches the names of fields without regard to case. */
function fieldName(key: string, fields: Readonly<Record<string, Field>>): string | undefined {
  return Object.keys(fields).find((name) => name.toLowerCase() === key.toLowerCase());
}

function checkValue(
  value: string,
  values: readonly string[] | undefined,
  path: readonly (string | number)[],
): SpecProblem[] {
  if (values === undefined || values.includes(value) || value === '') return [];
  const expected = values.map((text) => `"${text}"`).join(' or ');
  return [
    {
      severity: 'error',
      path,
      fault: 'value',
      message: `${path.join('.')} is "${value}"`,
      expected,
      hint: `Write ${expected}.`,
    },
  ];
}

function unknownKey(path: readonly (string | number)[], known: readonly string[]): SpecProblem {
  const key = String(path.at(-1));
  const moved = path.length === 1 ? MOVED[key] : undefined;
  const near = moved ?? nearestName(key, known);
  return {
    severity: 'error',
    path,
    fault: 'key',
    message: `spec.json has an unknown key ${path.join('.')}; Tanka does not read it`,
    hint: near === undefined ? `Known here: ${known.join(', ')}.` : `Did you mean ${near}?`,
  };
}

function wrongType(
  path: readonly (string | number)[],
  expected: string,
  value: unknown,
): SpecProblem {
  const name = path.length === 0 ? 'spec.json' : path.join('.');
  return {
    severity: 'error',
    path,
    fault: 'value',
    message: `${name} must be ${expected}, got ${typeName(value)}`,
    expected,
  };
}

function exclusiveProblems(spec: unknown): SpecProblem[] {
  const inner = isObject(spec) ? spec['spec'] : undefined;
  if (!isObject(inner) || typeof inner['apiServer'] !== 'string' || inner['apiServer'] === '')
    return [];
  if (!Array.isArray(inner['contextNames']) || inner['contextNames'].length === 0) return [];
  return [
    {
      severity: 'error',
      path: ['spec', 'contextNames'],
      fault: 'key',
      message: 'spec.apiServer and spec.contextNames exclude each other',
      hint: 'Keep one: with both, `tk diff` and `tk apply` refuse the environment.',
    },
  ];
}

function typeName(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
