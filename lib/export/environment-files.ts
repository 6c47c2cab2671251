import { Failure } from '../finding/failure.ts';
import type { Manifest } from '../manifest/parse-manifests.ts';
import { documentsOf } from '../manifest/redact.ts';
import { fileNames, type ObjectIdentity } from './file-name.ts';
import type { ExportFile } from './export-file.ts';

interface Document {
  readonly manifest: Manifest;
  readonly content: Buffer;
}

/**
 * The files of one environment: one for each object, with the bytes that tk printed.
 *
 * @param yaml what tk printed.
 * @param manifests what it was parsed to.
 * @returns paths relative to the folder of the environment, sorted.
 * @throws Failure `usage` when two objects are the same one; `tool` when the two do not go together.
 */
export function environmentFiles(yaml: Buffer, manifests: readonly Manifest[]): ExportFile[] {
  const contents = documentsOf(yaml)
    .map(withoutSeparator)
    .filter((content) => content.length > 0);
  if (contents.length !== manifests.length)
    throw new Failure(
      'tool',
      `the output of tk has ${contents.length} documents for ${manifests.length} objects`,
    );
  const documents = manifests.map((manifest, index) => ({
    manifest,
    content: contents[index] as Buffer,
  }));
  const identities = identitiesOf(documents);
  checkIdentities(identities);
  return fileNames(identities)
    .map((path, index) => ({ path, content: contents[index] as Buffer }))
    .sort((one, other) => (one.path < other.path ? -1 : 1));
}

const LINE_BREAK = 0x0a;

/** A document without the `---` before it. */
function withoutSeparator(document: Buffer): Buffer {
  if (document.subarray(0, 3).toString('latin1') !== '---') return document;
  const end = document.indexOf(LINE_BREAK);
  return end === -1 ? Buffer.alloc(0) : document.subarray(end + 1);
}

function identitiesOf(documents: readonly Document[]): ObjectIdentity[] {
  const numbers = numbersOf(documents.filter(({ manifest }) => isGenerated(manifest)));
  return documents.map((document) => {
    const { apiVersion, kind, namespace, name } = document.manifest.resource;
    const slash = apiVersion.indexOf('/');
    const generated = numbers.get(document);
    return {
      ...(namespace === undefined ? {} : { namespace }),
      group: slash === -1 ? '' : apiVersion.slice(0, slash),
      kind,
      name,
      ...(generated === undefined ? {} : { generated }),
    };
  });
}

/** Numbers objects with `generateName` by their text: tk prints those of one name in any order. */
function numbersOf(documents: readonly Document[]): ReadonlyMap<Document, number> {
  const counts = new Map<string, number>();
  const sorted = [...documents].sort((one, other) => Buffer.compare(one.content, other.content));
  return new Map(
    sorted.map((document) => {
      const { apiVersion: _, ...rest } = document.manifest.resource;
      const key = JSON.stringify(rest);
      const number = (counts.get(key) ?? 0) + 1;
      counts.set(key, number);
      return [document, number];
    }),
  );
}

/** Whether the API server is to make up the name of an object, from `metadata.generateName`. */
export function isGenerated({ value }: Manifest): boolean {
  const { metadata } = value as { readonly metadata?: { readonly name?: unknown } };
  return typeof metadata?.name !== 'string' || metadata.name === '';
}

function checkIdentities(identities: readonly ObjectIdentity[]): void {
  const known = new Set<string>();
  for (const { namespace, group, kind, name, generated } of identities) {
    const key = JSON.stringify([namespace, group, kind, name, generated]);
    if (known.has(key))
      throw new Failure(
        'usage',
        `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name} is rendered twice`,
        { hint: 'Both would be the same file. Rename or remove one of them.' },
      );
    known.add(key);
  }
}
