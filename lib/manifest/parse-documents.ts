import { load, YAMLException, type LoadOptions } from 'js-yaml';
import { FINDING_CODES, type FindingCode } from '../finding/codes.ts';
import type { Finding, Location, Path } from '../finding/finding.ts';
import type { YamlDocument } from './document.ts';
import { isRecord } from './is-record.ts';
import { KUBERNETES_YAML } from './kubernetes-yaml.ts';
import { resourceOf, type Manifest } from './parse-manifests.ts';
import { YamlIndex } from './yaml-index.ts';

/** A manifest with the place that it was read from. */
export interface FileManifest extends Manifest {
  readonly document: YamlDocument;
  /** Where it stands in the document: empty, or an item of a List. */
  readonly at: Path;
}

/** What documents hold. */
export interface ParsedDocuments {
  readonly manifests: FileManifest[];
  /** What is wrong with the YAML itself, each with its location. */
  readonly findings: Finding[];
}

/** The API server takes requests of 3 MiB as JSON; YAML with comments and indentation is at most some times as long. */
const LARGEST_BYTES = 12 * 1024 * 1024;
/** Schemas of CRDs nest the deepest, with some 60 levels; Go's decoder of JSON stops at 10,000. */
const DEEPEST = 500;
/** How many nodes a document may have after its aliases were expanded. Go's YAML decoder bounds the same. */
const MOST_NODES = 1_000_000;

const TOO_DEEP = `nested more than ${DEEPEST} levels deep`;

const OPTIONS: LoadOptions = { schema: KUBERNETES_YAML };

/**
 * Parses documents as kubectl does. Each is read by itself, so that one that is broken hides no other. A List is taken apart.
 *
 * @param documents as `splitDocuments` gives them.
 */
export function parseDocuments(documents: readonly YamlDocument[]): ParsedDocuments {
  const parsed: ParsedDocuments = { manifests: [], findings: [] };
  for (const document of documents) parseDocument(document, parsed);
  return parsed;
}

function parseDocument(document: YamlDocument, into: ParsedDocuments): void {
  if (document.text.length > LARGEST_BYTES) {
    const size = Math.round(document.text.length / 1024 / 1024);
    into.findings.push(
      fault('yaml/limit', document, 0, `a document of ${size} MB: the API server takes 3 MiB`),
    );
    return;
  }
  try {
    const value = read(document, into);
    if (value === undefined || value === null) return;
    const tooMuch = expansionProblem(document.text, value) ?? depthProblem(value);
    if (tooMuch === undefined) addObjects(value, [], document, into);
    else into.findings.push(fault('yaml/limit', document, 0, tooMuch));
  } catch (error) {
    // The parsers descend by recursion, so what is nested too deeply ends the stack.
    if (!(error instanceof RangeError)) throw error;
    into.findings.push(fault('yaml/limit', document, 0, TOO_DEEP));
  }
}

function depthProblem(value: unknown): string | undefined {
  return isDeeper(value, DEEPEST) ? TOO_DEEP : undefined;
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  for (const key in value)
    if (isDeeper((value as Record<string, unknown>)[key], levels - 1)) return true;
  return false;
}

function read(document: YamlDocument, into: ParsedDocuments): unknown {
  try {
    return load(document.text, OPTIONS);
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    if (!/duplicated mapping key/.test(error.reason)) {
      into.findings.push(syntaxProblem(document, error));
      return undefined;
    }
    into.findings.push(...duplicateKeys(document));
    return load(document.text, { ...OPTIONS, json: true });
  }
}

/** The reason and the place only: the message as a whole quotes the text, which may be a Secret's. */
function syntaxProblem(document: YamlDocument, { reason, mark }: YAMLException): Finding {
  return fault('yaml/syntax', document, mark?.position ?? 0, reason);
}

function duplicateKeys(document: YamlDocument): Finding[] {
  const { duplicates } = new YamlIndex(document.text);
  return duplicates.map(({ path, offset }) => ({
    ...fault('yaml/duplicate-key', document, offset, `the key ${String(path.at(-1))} stands twice`),
    path,
    fault: 'key',
    hint: 'kubectl refuses it; a client that does not takes the last one. Remove one of the two.',
  }));
}

function addObjects(value: unknown, at: Path, document: YamlDocument, into: ParsedDocuments): void {
  if (
    !isRecord(value) ||
    typeof value['apiVersion'] !== 'string' ||
    typeof value['kind'] !== 'string'
  ) {
    into.findings.push(notAManifest(value, at, document));
    return;
  }
  if (value['kind'].endsWith('List') && Array.isArray(value['items'])) {
    for (const [index, item] of value['items'].entries())
      addObjects(item, [...at, 'items', index], document, into);
    return;
  }
  into.manifests.push({
    index: into.manifests.length,
    resource: resourceOf(value),
    value,
    document,
    at,
  });
}

function notAManifest(value: unknown, at: Path, document: YamlDocument): Finding {
  const lacks = isRecord(value)
    ? ['apiVersion', 'kind'].filter((key) => typeof value[key] !== 'string').join(' and ')
    : undefined;
  const offset = at.length === 0 ? contentStart(document.text) : placeOffset(document, at);
  return {
    ...fault(
      'yaml/not-a-manifest',
      document,
      offset,
      lacks === undefined ? 'not an object' : `an object without ${lacks}`,
    ),
    expected: 'a Kubernetes object with apiVersion and kind',
  };
}

function contentStart(text: string): number {
  return /^(?:---[ \t]*(?:#.*)?\r?\n|[ \t]*(?:#.*)?\r?\n)*/.exec(text)?.[0].length ?? 0;
}

function placeOffset(document: YamlDocument, at: Path): number {
  return new YamlIndex(document.text).find(at, 'value')?.offset ?? 0;
}

/** Aliases make a small text a large or an endless object. */
function expansionProblem(text: string, value: unknown): string | undefined {
  if (!/[\s[,{:-]\*[^\s*]/.test(text)) return undefined;
  const size = new Measure().of(value);
  if (size === Infinity) return 'an alias is inside of what it stands for';
  return size > MOST_NODES ? `aliases make it ${size} values long` : undefined;
}

/** How many values objects would have with every alias written out. */
class Measure {
  readonly #known = new Map<object, number>();
  readonly #open = new Set<object>();

  /** @returns Infinity for an object that is inside of itself. */
  of(node: unknown): number {
    if (typeof node !== 'object' || node === null) return 1;
    if (this.#open.has(node)) return Infinity;
    const known = this.#known.get(node);
    if (known !== undefined) return known;
    this.#open.add(node);
    const size = Object.values(node).reduce<number>((sum, inner) => sum + this.of(inner), 1);
    this.#open.delete(node);
    this.#known.set(node, size);
    return size;
  }
}

function fault(
  code: FindingCode,
  document: YamlDocument,
  offset: number,
  message: string,
): Finding & { location: Location } {
  const { severity } = FINDING_CODES[code];
  return { code, severity, message, location: locationAt(document, offset, 'exact') };
}

/** @returns the line in the file, and the column in UTF-8 bytes. */
function locationAt(
  { file, text, line }: YamlDocument,
  offset: number,
  certainty: Location['certainty'],
): Location {
  const before = text.slice(0, offset).split('\n');
  const column = Buffer.byteLength(before.at(-1) ?? '') + 1;
  return { file, line: line + before.length - 1, column, certainty };
}

/**
 * Gives findings on manifests their places in the YAML.
 *
 * @param findings those without a resource of `manifests`, or with a location, are unchanged.
 */
export function locateInDocuments(
  findings: readonly Finding[],
  manifests: readonly FileManifest[],
): Finding[] {
  if (findings.length === 0) return [];
  const byResource = new Map(manifests.map((manifest) => [manifest.resource, manifest]));
  const indexes = new Map<YamlDocument, YamlIndex>();
  return findings.map((finding) => {
    const manifest = finding.resource && byResource.get(finding.resource);
    if (manifest === undefined || finding.location !== undefined) return finding;
    const { document, at } = manifest;
    const index = indexes.get(document) ?? new YamlIndex(document.text);
    indexes.set(document, index);
    const path = [...at, ...(finding.path ?? [])];
    const found = index.find(path, finding.fault ?? 'value');
    const certainty = found?.isExact === true ? 'exact' : 'near';
    return { ...finding, location: locationAt(document, found?.offset ?? 0, certainty) };
  });
}
