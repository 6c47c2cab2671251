import type { Path } from '../finding/finding.ts';
import { looksSecret } from './looks-secret.ts';
import { secrecyOf } from './secret-paths.ts';
import { secretFields, valueAt } from './secret-fields.ts';

/** Shorter parts of a secret are found in texts that have nothing to do with it. */
const SHORTEST_PART = 4;
/** Shorter texts are a part of a secret by chance. */
const SHORTEST_INSIDE = 6;
/** How often base64 and JSON are looked into: a registry's password stands in JSON in base64 in JSON in base64. */
const DEPTH = 4;

/** Knows the texts that are secret in some manifests, whatever they are named in the code that made them. */
export interface SecretTexts {
  /** Whether a text is one of them, has one of them inside, or is a longer part of one. */
  readonly has: (text: string) => boolean;
  /** Whether `has` is true of a text, or of what it was before base64 and JSON: the strings in it, those in them. */
  readonly hasWithin: (text: string) => boolean;
}

interface Texts {
  /** Values, as they stand and decoded. */
  readonly whole: Set<string>;
  /** What containers have in `env`, of which most is no secret. */
  readonly variables: Set<string>;
  /** Values of which a part is secret as well. */
  readonly divisible: Set<string>;
  /** Words of these. */
  readonly parts: Set<string>;
}

/** By manifest: of thousands a save changes a few. Nothing changes a manifest once it is parsed. */
const KNOWN = new WeakMap<object, Texts>();

/**
 * Collects the values of Secrets and the credentials of other objects (see `isSecretPath`), as they stand in the
 * manifests and as they were before base64 and JSON.
 *
 * @param options.variables whether the variables of containers count as credentials, whatever their names. @default true
 */
export function secretTexts(
  manifests: readonly unknown[],
  { variables = true }: { readonly variables?: boolean } = {},
): SecretTexts {
  const texts = join(manifests.map(textsOf), variables);
  const divisible = [...texts.divisible].join('\n');
  const long = [...texts.whole].filter((text) => text.length >= SHORTEST_PART);
  const known = new Map<string, boolean>();
  // All at once: the JSON of a dashboard has ten thousand texts.
  const search = (all: readonly string[]): boolean => {
    const joined = all.join('\n');
    return (
      all.some((text) => texts.whole.has(text) || texts.parts.has(text)) ||
      all.some((text) => text.length >= SHORTEST_INSIDE && divisible.includes(text)) ||
      long.some((secret) => joined.includes(secret))
    );
  };
  return {
    has: (text) => {
      const answer = known.get(text) ?? search([text]);
      known.set(text, answer);
      return answer;
    },
    hasWithin: (text) => search([...formsOf(text)]),
  };
}

/**
 * Collects the texts of a manifest ahead of time: for thousands of manifests that takes a tenth of a second.
 *
 * @param manifest parsed; nothing changes it later.
 */
export function learnSecretTexts(manifest: object): void {
  textsOf(manifest);
}

/**
 * Says that two manifests are equal, so that the texts of both are collected once.
 *
 * @param one a manifest, parsed; nothing changes it later.
 * @param other one that is equal to it.
 */
export function shareSecretTexts(one: object, other: object): void {
  const texts = KNOWN.get(other) ?? textsOf(one);
  KNOWN.set(one, texts);
  KNOWN.set(other, texts);
}

function noTexts(): Texts {
  return { whole: new Set(), variables: new Set(), divisible: new Set(), parts: new Set() };
}

function textsOf(manifest: unknown): Texts {
  const known = typeof manifest === 'object' && manifest !== null ? KNOWN.get(manifest) : undefined;
  if (known !== undefined) return known;
  const texts = noTexts();
  collect(manifest, texts);
  if (typeof manifest === 'object' && manifest !== null) KNOWN.set(manifest, texts);
  return texts;
}

function join(all: readonly Texts[], variables: boolean): Texts {
  const joined = noTexts();
  for (const one of new Set(all)) {
    for (const text of one.whole) joined.whole.add(text);
    for (const text of one.divisible) joined.divisible.add(text);
    for (const text of one.parts) joined.parts.add(text);
    if (variables) for (const text of one.variables) joined.whole.add(text);
  }
  return joined;
}

function collect(manifest: unknown, texts: Texts): void {
  for (const field of secretFields(manifest))
    for (const { value } of leaves(valueAt(manifest, field), [])) addForms(String(value), texts);
  for (const { path, value } of leaves(manifest, [])) {
    const text = String(value);
    const secrecy = secrecyOf(manifest, path);
    if (secrecy === 'credential' || looksSecret(text)) addForms(text, texts);
    // What only resembles a variable may be shown, and a port number or a switch too.
    else if (secrecy === 'variable' && !/^(?:\d{1,5}|true|false)$/i.test(text))
      texts.variables.add(text);
  }
}

function leaves(value: unknown, path: Path): { path: Path; value: unknown }[] {
  if (value === null || value === undefined || value === '') return [];
  if (typeof value !== 'object') return [{ path, value }];
  return Object.entries(value).flatMap(([key, inner]) =>
    leaves(inner, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

function addForms(text: string, texts: Texts): void {
  for (const form of formsOf(text)) {
    texts.whole.add(form);
    texts.divisible.add(form);
    // Of several words or lines, such as a private key, code may have each in a literal of its own.
    for (const part of form.split(/[\s:,;&=@]+/))
      if (part.length >= SHORTEST_PART) texts.parts.add(part);
  }
}

/** A text, and what it was before base64 and JSON: the strings in it, those in them, and so on; each once. */
function formsOf(text: string, depth = DEPTH, forms = new Set<string>()): Set<string> {
  if (forms.has(text)) return forms;
  forms.add(text);
  if (depth > 0)
    for (const inner of [...decoded(text), ...stringsOfJson(text)])
      formsOf(inner, depth - 1, forms);
  return forms;
}

function decoded(text: string): string[] {
  if (text.length < SHORTEST_PART || !/^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(text)) return [];
  const inner = Buffer.from(text, 'base64').toString('utf8');
  // With bytes that are no UTF-8 it was no text, or no base64.
  return inner.includes('\ufffd') || inner === '' ? [] : [inner];
}

function stringsOfJson(text: string): Iterable<string> {
  if (!/^\s*[[{]/.test(text)) return [];
  try {
    return scalarTexts(JSON.parse(text), new Set());
  } catch {
    return [];
  }
}

function scalarTexts(value: unknown, texts: Set<string>): Set<string> {
  if (typeof value === 'object' && value !== null)
    for (const inner of Object.values(value)) scalarTexts(inner, texts);
  else if (value !== null && value !== '')
    texts.add(typeof value === 'string' ? value : JSON.stringify(value));
  return texts;
}
