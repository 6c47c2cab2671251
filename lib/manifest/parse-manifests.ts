import { isRecord } from './is-record.ts';
import { load, loadAll, YAMLException } from 'js-yaml';
import { joinLineSeparators } from './join-line-separators.ts';
import { RENDERED_YAML } from './kubernetes-yaml.ts';
import { Failure } from '../finding/failure.ts';
import type { ResourceId } from '../finding/finding.ts';

/** One Kubernetes object of an environment, as tk printed it. */
export interface Manifest {
  /** Its place in the output, from 0. */
  readonly index: number;
  readonly resource: ResourceId;
  readonly value: { readonly [key: string]: unknown };
}

/**
 * Parses what `tk show` or `tk export` printed. Tanka has unrolled List kinds by then, and has checked that
 * each object has `apiVersion` and `kind`.
 *
 * What kubectl would take for something else than a string (`yes`, `0777`) is quoted by tk.
 *
 * @param yaml any number of documents; empty ones are passed over.
 * @param earlier what was printed before, and what it was parsed to: objects whose text did not change have the same
 *   `value`, so that neither parsing nor comparing costs anything for them.
 * @throws Failure `tool` when it is not YAML or has something else than Kubernetes objects.
 */
export function parseManifests(yaml: string, earlier?: ParsedYaml): Manifest[] {
  const documents = (earlier && loadChanged(yaml, earlier)) ?? loadDocuments(yaml);
  return documents
    .filter((document) => document !== null && document !== undefined)
    .map(toManifest);
}

/** A text with what `parseManifests` made of it. */
export interface ParsedYaml {
  readonly yaml: string;
  readonly manifests: readonly Manifest[];
}

/** What tk prints between two documents. No line of a value starts so. */
const SEPARATOR = '\n---\n';
const OPTIONS = { schema: RENDERED_YAML };

/** @returns undefined when only the whole tells: what is wrong, and which object is in which document. */
function loadChanged(yaml: string, { yaml: before, manifests }: ParsedYaml): unknown[] | undefined {
  const texts = before.split(SEPARATOR);
  if (texts.length !== manifests.length) return undefined;
  const known = new Map(
    texts.map((text, index): [string, unknown] => [text, manifests[index]?.value]),
  );
  try {
    return yaml.split(SEPARATOR).map((text) => {
      const value = known.get(text) ?? load(joinLineSeparators(text), OPTIONS);
      // What is printed twice is two objects.
      known.delete(text);
      return value;
    });
  } catch (error) {
    if (error instanceof YAMLException) return undefined;
    throw error;
  }
}

function loadDocuments(yaml: string): unknown[] {
  try {
    return loadAll(joinLineSeparators(yaml), null, OPTIONS);
  } catch (cause) {
    if (!(cause instanceof YAMLException)) throw cause;
    // The reason and the line only: the message as a whole quotes the text, which may be a Secret's.
    const place = cause.mark === undefined ? '' : ` at line ${cause.mark.line + 1}`;
    throw unexpected(`is not YAML: ${cause.reason}${place}`);
  }
}

function toManifest(document: unknown, index: number): Manifest {
  if (!isRecord(document)) throw unexpected(`has no object as document ${index + 1}`);
  const { apiVersion, kind } = document;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string')
    throw unexpected(`has no apiVersion and kind in document ${index + 1}`);
  return { index, resource: resourceOf(document), value: document };
}

/** @param object with `apiVersion` and `kind`; what else identifies it may be missing. */
export function resourceOf(object: Readonly<Record<string, unknown>>): ResourceId {
  const { apiVersion, kind, metadata } = object;
  return { apiVersion: String(apiVersion), kind: String(kind), ...nameOf(metadata) };
}

function nameOf(metadata: unknown): Pick<ResourceId, 'namespace' | 'name'> {
  const { name, generateName, namespace } = isRecord(metadata) ? metadata : {};
  const found = [name, generateName].find((each) => typeof each === 'string' && each !== '');
  return {
    ...(typeof namespace === 'string' && namespace !== '' ? { namespace } : {}),
    name: (found as string | undefined) ?? '',
  };
}

function unexpected(what: string): Failure {
  return new Failure('tool', `the output of tk ${what}`, {
    hint: 'Run `tankard doctor` to see which tk is used; `tk show` of the environment shows what it prints.',
  });
}
