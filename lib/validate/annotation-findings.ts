import type { Finding, Path, ResourceId } from '../finding/finding.ts';
import { BINDINGS, KEY_PREFIXES } from '../gen/bindings.ts';
import type { Validate } from '../emit/validator/ajv-error.ts';
import type { Binding } from '../model/binding.ts';
import { isRecord } from '../manifest/is-record.ts';
import { looksSecret } from '../manifest/looks-secret.ts';
import type { KeyPrefix } from '../model/family.ts';
import { decodeAnnotation } from './decode-annotation.ts';
import { KnownKeys } from './known-keys.ts';
import { metadataPlaces, SECRET_TEMPLATES, type MetadataPlace } from './metadata-places.ts';
import { makesPods } from './pod-template.ts';

const bindings: readonly Binding[] = BINDINGS;
const prefixes: readonly KeyPrefix[] = KEY_PREFIXES;

const FIELDS = ['annotations', 'labels'] as const;

const byKey = {
  annotations: new Map(keysOf('annotations')),
  labels: new Map(keysOf('labels')),
};

const knownKeys = {
  annotations: new KnownKeys([...byKey.annotations.keys()]),
  labels: new KnownKeys([...byKey.labels.keys()]),
};

function keysOf(field: Binding['field']): [string, Binding][] {
  return bindings.filter((binding) => binding.field === field).map((one) => [one.key, one]);
}

interface Entry {
  readonly place: MetadataPlace;
  readonly field: Binding['field'];
  readonly key: string;
  readonly value: unknown;
}

/**
 * What is wrong with the annotations and labels that a controller reads: keys that it does not know, values that
 * it ignores, and keys on an object where it does not look. Kubernetes itself accepts all of these.
 */
export async function annotationFindings(manifest: {
  readonly resource: ResourceId;
  readonly value: Readonly<Record<string, unknown>>;
}): Promise<Finding[]> {
  const entries = entriesOf(manifest.value);
  if (entries.length === 0) return [];
  const findings: Finding[] = [];
  for (const entry of entries) {
    const found = await entryFinding(entry, entries);
    if (found !== undefined) findings.push({ ...found, resource: manifest.resource });
  }
  return findings;
}

/** Whether `annotationFindings` has to look at a manifest: nearly all keys of most concern no controller. */
export function mayConcernControllers(manifest: Readonly<Record<string, unknown>>): boolean {
  for (const { metadata } of metadataPlaces(manifest))
    for (const field of FIELDS) {
      const members = metadata[field];
      if (!isRecord(members)) continue;
      for (const key in members) if (isOfController(field, key)) return true;
    }
  return false;
}

/** The entries that there may be something to say of: most keys are nobody's, wherever they stand. */
function entriesOf(manifest: Readonly<Record<string, unknown>>): Entry[] {
  const entries: Entry[] = [];
  for (const place of metadataPlaces(manifest))
    for (const field of FIELDS) {
      const members = place.metadata[field];
      if (!isRecord(members)) continue;
      for (const key of Object.keys(members))
        if (isOfController(field, key)) entries.push({ place, field, key, value: members[key] });
    }
  return entries;
}

/** An environment has a few dozen keys of its own, each on many objects. */
const MOST_REMEMBERED = 1000;

const ofController = {
  annotations: new Map<string, boolean>(),
  labels: new Map<string, boolean>(),
};

/** Whether a controller reads the key, or was probably meant to. */
function isOfController(field: Binding['field'], key: string): boolean {
  const remembered = ofController[field];
  const known = remembered.get(key);
  if (known !== undefined) return known;
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  const found =
    byKey.annotations.has(key) ||
    byKey.labels.has(key) ||
    prefixOf(field, key) !== undefined ||
    knownKeys[field].meant(key) !== undefined;
  remembered.set(key, found);
  return found;
}

/** Labels under a controller's prefix are also set by other parts of the cloud, so only a near miss counts there. */
function prefixOf(field: Binding['field'], key: string): KeyPrefix | undefined {
  return field === 'annotations'
    ? prefixes.find(({ prefix }) => key.startsWith(prefix))
    : undefined;
}

async function entryFinding(entry: Entry, all: readonly Entry[]): Promise<Finding | undefined> {
  const binding = byKey[entry.field].get(entry.key);
  if (binding === undefined) return unknownKey(entry, all);
  if (isRead(entry.place, binding)) return wrongValue(entry, binding);
  return isRepeated(entry, binding, all) ? undefined : misplaced(entry, binding);
}

function isRead(place: MetadataPlace, binding: Binding): boolean {
  return place.kinds.some((kind) => binding.kinds.includes(kind));
}

/** What stands in several places, such as the labels of a workload and its Pods, does its work where it is read. */
function isRepeated(entry: Entry, binding: Binding, all: readonly Entry[]): boolean {
  return all.some(
    ({ place, field, key, value }) =>
      isRead(place, binding) && field === entry.field && key === entry.key && value === entry.value,
  );
}

function at(entry: Entry): { path: Path } {
  return { path: [...entry.place.path, entry.field, entry.key] };
}

function unknownKey(entry: Entry, all: readonly Entry[]): Finding | undefined {
  const other = entry.field === 'annotations' ? 'labels' : 'annotations';
  const moved = byKey[other].get(entry.key);
  if (moved !== undefined) {
    const isThereToo = isRepeated({ ...entry, field: other }, moved, all);
    return { ...wrongField(entry, moved), ...(isThereToo && { severity: 'warning' }) };
  }
  const prefix = prefixOf(entry.field, entry.key);
  const known = knownKeys[entry.field];
  const meant = known.meant(entry.key);
  if (meant === undefined && prefix === undefined) return undefined;
  const sure = meant !== undefined || prefix?.closed === true;
  const noun = entry.field === 'annotations' ? 'annotation' : 'label';
  return {
    code: 'annotation/unknown-key',
    severity: sure ? 'error' : 'warning',
    message: `no controller reads the ${noun} ${entry.key}`,
    ...at(entry),
    fault: 'key',
    ...(meant === undefined
      ? { hint: `Known here: ${keysUnder(prefix?.prefix ?? '', known.keys)}.` }
      : { expected: meant, hint: `Did you mean ${meant}?` }),
  };
}

function keysUnder(prefix: string, known: readonly string[]): string {
  return known.filter((key) => key.startsWith(prefix)).join(', ');
}

function wrongField(entry: Entry, binding: Binding): Finding {
  return {
    code: 'annotation/misplaced',
    severity: 'error',
    message: `${entry.key} is read from the ${binding.field}, not from the ${entry.field}`,
    ...at(entry),
    fault: 'key',
    hint: `Move it to metadata.${binding.field}.`,
  };
}

function misplaced(entry: Entry, binding: Binding): Finding {
  const kinds = binding.kinds.join(' or ');
  return {
    code: 'annotation/misplaced',
    // Labels that all objects of a set share reach some that nobody reads them from; a workload is meant to be read.
    severity: entry.field === 'labels' && !makesPods(entry.place.kinds[0]) ? 'warning' : 'error',
    message: `${entry.key} is read on a ${kinds}, not on ${withArticle(entry.place.kinds[0])}`,
    ...at(entry),
    fault: 'key',
    hint: placeHint(entry, binding),
  };
}

function withArticle(kind: string): string {
  return `${/^[AEIO]/.test(kind) ? 'an' : 'a'} ${kind}`;
}

function placeHint(entry: Entry, binding: Binding): string {
  const template = SECRET_TEMPLATES.get(entry.place.kinds[0]);
  if (binding.kinds.includes('Secret') && template !== undefined)
    return `Move it to ${[...template, entry.field].join('.')}, from which the Secret is made.`;
  if (binding.kinds.includes('Pod')) return 'Move it to the metadata of the Pod template.';
  return `Move it to the metadata of the ${binding.kinds.join(' or ')}.`;
}

async function wrongValue(entry: Entry, binding: Binding): Promise<Finding | undefined> {
  // A value that is no string is the schema's finding: annotation and label values are strings.
  if (typeof entry.value !== 'string') return undefined;
  const decoded = decodeAnnotation(entry.value, binding);
  if (decoded === 'unset') return undefined;
  if (decoded !== undefined) {
    const validators: Readonly<Record<string, Validate>> =
      await import('../gen/annotation-validators.js');
    if (validators[binding.validator]?.(decoded.value) === true) return undefined;
  }
  const isShown = !looksSecret(entry.value);
  const got = isShown ? JSON.stringify(entry.value) : 'a string that may hold a credential';
  return {
    code: 'annotation/wrong-value',
    severity: 'error',
    message: `${entry.key} must be ${binding.expected}, got ${got}`,
    ...at(entry),
    fault: 'value',
    ...(isShown && { value: entry.value }),
    expected: binding.expected,
  };
}
