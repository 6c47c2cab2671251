import { readFile, stat } from 'node:fs/promises';
import { harmless } from '../finding/harmless.ts';
import type { Finding, Location, Position, ResourceId, SourceLine } from '../finding/finding.ts';
import { looksSecret } from '../manifest/looks-secret.ts';
import { isSecretPath } from '../manifest/secret-paths.ts';
import { secretTexts, type SecretTexts } from '../manifest/secret-texts.ts';
import { jsonnetLiterals, type Literal } from './jsonnet-literals.ts';
import { maskLine, type LinePlace } from './mask-line.ts';

/** Larger files are not quoted, in bytes. Jsonnet by hand has a few thousand lines. */
const LARGEST = 8 * 1024 * 1024;

/** A rendered object, as far as it matters here. */
export interface QuotedManifest {
  readonly resource: ResourceId;
  readonly value: unknown;
}

/**
 * Adds to each located finding the line that stands there, and to its positions the column in UTF-16 code units. A line
 * is left out when its finding is about a Secret or a secret place (see `isSecretPath`), and masked as `maskLine` says.
 * Where nothing was rendered, so that nothing is known to be secret, it shows no texts but those that the finding says.
 *
 * @param manifests what the environment of the findings rendered.
 * @returns the findings in the same order; those whose file cannot be read are unchanged.
 */
export async function quoteFindings(
  findings: readonly Finding[],
  manifests: readonly QuotedManifest[],
): Promise<Finding[]> {
  if (findings.every(({ location }) => location === undefined)) return [...findings];
  const sources = new Map<string, Promise<Source | undefined>>();
  const read = (file: string): Promise<Source | undefined> => {
    const source = sources.get(file) ?? readSource(file);
    sources.set(file, source);
    return source;
  };
  const known = new KnownManifests(manifests);
  return Promise.all(findings.map((finding) => quoteFinding(finding, read, known)));
}

/** What is rendered, looked at only when a line is to be shown. */
class KnownManifests {
  readonly #manifests: readonly QuotedManifest[];
  #byResource: Map<string, unknown[]> | undefined;
  #secrets: SecretTexts | undefined;

  constructor(manifests: readonly QuotedManifest[]) {
    this.#manifests = manifests;
  }

  get secrets(): SecretTexts {
    this.#secrets ??= secretTexts(this.#manifests.map(({ value }) => value));
    return this.#secrets;
  }

  /** The manifests of a resource: several when it is rendered twice. */
  of(resource: ResourceId): readonly unknown[] {
    if (this.#byResource === undefined) {
      this.#byResource = new Map();
      for (const { resource: one, value } of this.#manifests) {
        const key = keyOf(one);
        this.#byResource.set(key, [...(this.#byResource.get(key) ?? []), value]);
      }
    }
    return this.#byResource.get(keyOf(resource)) ?? [];
  }
}

function keyOf({ apiVersion, kind, namespace, name }: ResourceId): string {
  return JSON.stringify([apiVersion, kind, namespace, name]);
}

interface Source {
  readonly text: string;
  /** Where each line starts. */
  readonly starts: readonly number[];
  /** Of Jsonnet and JSON; undefined for YAML. */
  readonly literals: readonly Literal[] | undefined;
}

async function readSource(file: string): Promise<Source | undefined> {
  try {
    const { size } = await stat(file);
    if (size > LARGEST) return undefined;
    const text = await readFile(file, 'utf8');
    const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
    const isYaml = /\.ya?ml$/.test(file);
    return { text, starts, literals: isYaml ? undefined : jsonnetLiterals(text) };
  } catch {
    // What cannot be read is not quoted; the position stands without it.
    return undefined;
  }
}

async function quoteFinding(
  finding: Finding,
  read: (file: string) => Promise<Source | undefined>,
  known: KnownManifests,
): Promise<Finding> {
  if (finding.location === undefined) return finding;
  const { related, ...position } = finding.location;
  const source = await read(position.file);
  const place = source && placeOf(source, position);
  const quoted = source && place && quote(finding, source, place, known);
  const location: Location = {
    ...position,
    ...withUtf16Column(position, source),
    ...(related && {
      related: await Promise.all(
        related.map(async (one) => withUtf16Column(one, await read(one.file))),
      ),
    }),
  };
  return { ...finding, location, ...(quoted && { source: quoted }) };
}

function withUtf16Column(position: Position, source: Source | undefined): Position {
  const place = source && placeOf(source, position);
  const utf16Column = place && place.at - place.start + 1;
  return utf16Column === undefined || utf16Column === position.column
    ? position
    : { ...position, utf16Column };
}

/** @returns undefined when the file has no such line. */
function placeOf({ text, starts }: Source, { line, column }: Position): LinePlace | undefined {
  const start = starts[line - 1];
  if (start === undefined) return undefined;
  const end = (starts[line] ?? text.length + 1) - 1;
  const before = Buffer.from(text.slice(start, end)).subarray(0, column - 1);
  return { start, end, at: start + before.toString('utf8').length };
}

function quote(
  finding: Finding,
  source: Source,
  place: LinePlace,
  known: KnownManifests,
): SourceLine | undefined {
  if (isAboutSecret(finding, known)) return undefined;
  const line = source.literals === undefined ? yamlLine : jsonnetLine;
  const shown = line(finding, source, place, known);
  return shown && shown.text.trim() !== '' ? { ...shown, text: harmless(shown.text) } : undefined;
}

function isAboutSecret({ resource, path = [] }: Finding, known: KnownManifests): boolean {
  if (resource === undefined) return false;
  if (/^secrets?$/i.test(resource.kind.trim())) return true;
  return known.of(resource).some((manifest) => path.length > 0 && isSecretPath(manifest, path));
}

function jsonnetLine(
  finding: Finding,
  { text, literals = [] }: Source,
  place: LinePlace,
  known: KnownManifests,
): SourceLine | undefined {
  const isKnown = finding.resource !== undefined && known.of(finding.resource).length > 0;
  const said = saidBy(finding);
  const isSaid = (one: string): boolean => saysWord(said, one);
  const isSecret = (one: string): boolean => !isKnown || known.secrets.has(one);
  return maskLine({ text, literals, isSaid, isSecret }, place);
}

/** A line of YAML is the one value that it is about, or a whole document: it is shown whole or not at all. */
function yamlLine(
  finding: Finding,
  { text }: Source,
  { start, end, at }: LinePlace,
  known: KnownManifests,
): SourceLine | undefined {
  const line = text.slice(start, end);
  const isKnown = finding.resource !== undefined && known.of(finding.resource).length > 0;
  const words = [line, ...(line.match(/[^\s"',:[\]{}]+/g) ?? [])];
  if (!isKnown || looksSecret(line) || words.some((word) => known.secrets.has(word)))
    return undefined;
  return { text: line, column: at - start + 1 };
}

/** All that a report says of a finding beside its source line. */
function saidBy({ message, hint, expected, value, path, resource, environment }: Finding): string {
  const texts = [message, hint, expected, environment, resource?.name, resource?.namespace];
  return [...texts, resource?.kind, resource?.apiVersion, JSON.stringify(value), path?.join(' ')]
    .filter((text) => text !== undefined)
    .join('\n');
}

function saysWord(said: string, word: string): boolean {
  if (word === '') return true;
  for (let at = said.indexOf(word); at !== -1; at = said.indexOf(word, at + 1))
    if (!/\w/.test(said[at - 1] ?? '') && !/\w/.test(said[at + word.length] ?? '')) return true;
  return false;
}
