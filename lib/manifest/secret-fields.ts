import type { Path } from '../finding/finding.ts';
import { isRecord } from './is-record.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Finds the secret fields of one object, from the object inwards. */
type Find = (object: Fields) => Path[];

/** Where `kubectl apply` keeps the whole object as last applied, values of a Secret included. */
const LAST_APPLIED: Path = [
  'metadata',
  'annotations',
  'kubectl.kubernetes.io/last-applied-configuration',
];

// By kind alone, so that a mistake in apiVersion shows no value. What a SealedSecret has in `encryptedData`
// is safe to show; all else that is written into it is not encrypted.
const FIND: ReadonlyMap<string, Find> = new Map<string, Find>([
  ['secret', wholeSecret],
  ['sealedsecret', dataOf([], ['spec'], ['spec', 'template'])],
  ['externalsecret', templateOf(['spec', 'target', 'template'])],
  ['clusterexternalsecret', templateOf(['spec', 'externalSecretSpec', 'target', 'template'])],
  ['pushsecret', templateOf(['spec', 'template'])],
]);

/**
 * Finds the fields whose values are secret, at any depth (a List, a template):
 * - all of a Secret but `apiVersion`, `kind`, `metadata`, a string as `type` and a boolean as `immutable`: a
 *   misspelt field has values no less than `data` and `stringData`;
 * - what was written in clear into a SealedSecret or its template;
 * - what the template of an ExternalSecret (ClusterExternalSecret, PushSecret) says literally;
 * - the copy that kubectl keeps of them in an annotation.
 *
 * The kind counts whatever its case, and with an s at its end. What only refers to a Secret, by kind and name,
 * has no value but in `data` and `stringData`.
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
  if (isRecord(value)) found.push(...fieldsOf(value, at).map((field) => [...at, ...field]));
  for (const [key, inner] of Object.entries(value))
    collect(inner, [...at, Array.isArray(value) ? Number(key) : key], found);
}

function fieldsOf(object: Fields, at: Path): Path[] {
  const { kind } = object;
  if (typeof kind !== 'string') return [];
  const name = kind.trim().toLowerCase();
  const find = FIND.get(name) ?? FIND.get(name.replace(/s$/, ''));
  if (find === undefined) return [];
  const isItemOfList = at.length === 2 && at[0] === 'items';
  const isObject = at.length === 0 || isItemOfList || isRecord(object['metadata']);
  const fields = (isObject ? find : dataOf([]))(object);
  return valueAt(object, LAST_APPLIED) === undefined ? fields : [...fields, LAST_APPLIED];
}

function wholeSecret(object: Fields): Path[] {
  return Object.entries(object)
    .filter(([key, value]) => !isPublic(key, value))
    .map(([key]) => [key]);
}

function isPublic(key: string, value: unknown): boolean {
  if (key === 'type') return typeof value === 'string';
  if (key === 'immutable') return typeof value === 'boolean';
  return key === 'apiVersion' || key === 'kind' || key === 'metadata';
}

/** `data` and `stringData`, in any spelling, of what stands at the places. */
function dataOf(...places: readonly Path[]): Find {
  return (object) =>
    places.flatMap((place) => {
      const fields = valueAt(object, place);
      const keys = isRecord(fields) ? Object.keys(fields) : [];
      return keys
        .filter((key) => /^(?:string)?data$/i.test(key.trim()))
        .map((key) => [...place, key]);
    });
}

/** The literal values of a template of External Secrets; the other values come from the store. */
function templateOf(place: Path): Find {
  const dataFields = dataOf([], place);
  return (object) => {
    const values = dataFields(object).flatMap((field) => membersOf(object, field));
    const texts = membersOf(object, [...place, 'templateFrom'])
      .filter((item) => !isMetadataTarget(valueAt(object, [...item, 'target'])))
      .map((item) => [...item, 'literal']);
    return [...values, ...texts].filter((path) => isLiteral(valueAt(object, path)));
  };
}

/** A template whose result becomes annotations or labels, which are no secret. */
function isMetadataTarget(target: unknown): boolean {
  return target === 'Annotations' || target === 'Labels';
}

/** The paths of the members of what stands at a path; of a scalar its own. */
function membersOf(object: Fields, path: Path): Path[] {
  const value = valueAt(object, path);
  if (typeof value !== 'object' || value === null) return [path];
  return Object.keys(value).map((key) => [...path, Array.isArray(value) ? Number(key) : key]);
}

/**
 * An action of Go's text/template that says no value itself: a comment; or names, functions, the key of an `index`, and
 * strings without a letter or digit but those of a printf verb.
 */
const ACTION = new RegExp(
  [
    String.raw`\{\{-?\s*`,
    String.raw`(?:/\*.*?\*/|`,
    String.raw`(?=[.$(A-Za-z])(?:\bindex\s+[.$\w]+\s+"[^"]*"|"(?:%[a-zA-Z]|[^"\p{L}\p{N}])*"|[^{}"'\x60])*)`,
    String.raw`\s*-?\}\}`,
  ].join(''),
  'gsu',
);

/** Whether a value says something itself: `{{ .user }}:{{ .password }}` does not. */
function isLiteral(value: unknown): boolean {
  if (value === undefined) return false;
  return typeof value !== 'string' || /[\p{L}\p{N}]/u.test(value.replaceAll(ACTION, ''));
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
