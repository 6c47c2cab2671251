import type * as Yaml from 'yaml';
import type { Document, Node, Scalar } from 'yaml';
import { Failure } from '../finding/failure.ts';
import type { Path } from '../finding/finding.ts';
import { secretFields } from './secret-fields.ts';

/** What stands in the output for a value of a Secret, quotes included. */
export const PLACEHOLDER = '"<redacted>"';

// The kind of a Secret is always written in full: YAML can only hide it in escapes, which tk does not use.
const MAY_HOLD_SECRET = /secret/i;

/**
 * Replaces the values of Secrets (see `secretFields`) by `"<redacted>"`. Keys stay, and so does every other
 * byte. A null stays too: it has no value.
 *
 * @param yaml what tk printed: any number of documents. A Buffer gives a Buffer, a string a string.
 * @throws Failure `tool` when a document that may hold a Secret cannot be read, and so not be shown.
 */
export async function redactSecrets<Text extends Buffer | string>(yaml: Text): Promise<Text>;
export async function redactSecrets(yaml: Buffer | string): Promise<Buffer | string> {
  if (typeof yaml === 'string') return redactText(yaml);
  // As Latin-1 each byte is one character: positions are byte offsets, and what is not touched comes out as
  // it came in. All that is looked for is ASCII.
  const text = yaml.toString('latin1');
  return MAY_HOLD_SECRET.test(text) ? Buffer.from(await redactText(text), 'latin1') : yaml;
}

async function redactText(text: string): Promise<string> {
  if (!MAY_HOLD_SECRET.test(text)) return text;
  // Loaded only here, since it takes longer to load than most environments to check.
  const library = await import('yaml');
  return splitText(text)
    .map((document) =>
      MAY_HOLD_SECRET.test(document) ? hideFields(document, secretFields, library) : document,
    )
    .join('');
}

/**
 * Replaces the values at some fields of one document as `redactSecrets` does; every other byte stays.
 *
 * @param document one of those that `documentsOf` gives.
 * @param fieldsOf the fields to hide, given the value of the document: paths that exist in it.
 * @throws Failure `tool` when the document cannot be read.
 */
export async function redactDocument(
  document: Buffer,
  fieldsOf: (value: unknown) => readonly Path[],
): Promise<Buffer> {
  const library = await import('yaml');
  return Buffer.from(hideFields(document.toString('latin1'), fieldsOf, library), 'latin1');
}

/**
 * The documents of what tk printed, each with the `---` before it.
 *
 * @returns parts of the same memory; joined they are the whole. The first is empty where the text starts with `---`.
 */
export function documentsOf(yaml: Buffer): Buffer[] {
  let start = 0;
  return splitText(yaml.toString('latin1')).map(({ length }) =>
    yaml.subarray(start, (start += length)),
  );
}

/** The text in pieces that start where a document starts. Joined they are the text again. */
function splitText(text: string): string[] {
  // Not the `m` flag: with it `^` also matches after U+2028, which is no line break in YAML. Looking back only from
  // the hyphens takes 2 ms for 10 MB, looking back from each character 30 ms.
  const starts = [...text.matchAll(/---(?<=(?:^|\n)---)(?=[ \t\r\n]|$)/g)].map(
    (match) => match.index,
  );
  return [0, ...starts].map((start, index) => text.slice(start, starts[index]));
}

function hideFields(
  text: string,
  fieldsOf: (value: unknown) => readonly Path[],
  library: typeof Yaml,
): string {
  // With all scalars as strings, so that each key has one reading, and `1e400` and `1e500` are two.
  // The parser compares each key with all before it: 1 s for 20,000 of them.
  const options = { logLevel: 'error', schema: 'failsafe', uniqueKeys: false } as const;
  const document = library.parseDocument(text, options);
  if (document.errors.length > 0 || hasDuplicateKey(document, library)) throw unreadable();
  readPlainValues(document, library);
  const scalars = new Set<Scalar>();
  for (const field of fieldsOf(toValue(document)))
    for (const scalar of scalarsAt(document, field, library)) scalars.add(scalar);
  return replaceScalars(text, [...scalars]);
}

/** One of two values would be looked at, and the other one shown. */
function hasDuplicateKey(document: Document, library: typeof Yaml): boolean {
  let isFound = false;
  library.visit(document, {
    Map: (_key, { items }) => {
      const keys = items.map(({ key }) => (library.isScalar(key) ? key.value : key));
      isFound ||= new Set(keys).size < keys.length;
    },
  });
  return isFound;
}

/** Gives the scalars that are no keys the type that they have in JSON, which tk printed. */
function readPlainValues(document: Document, library: typeof Yaml): void {
  library.visit(document, {
    Scalar: (key, scalar) => {
      if (key === 'key' || scalar.type !== 'PLAIN') return;
      const text = String(scalar.value);
      if (/^(?:true|false|-?\d[\d.eE+-]*)$/.test(text))
        scalar.value = text === 'true' || text === 'false' ? text === 'true' : Number(text);
    },
  });
}

function toValue(document: Document): unknown {
  try {
    return document.toJS();
  } catch {
    // Too many aliases. The reason may quote the text.
    throw unreadable();
  }
}

function scalarsAt(document: Document, field: Path, library: typeof Yaml): Scalar[] {
  const scalars: Scalar[] = [];
  const collect = (node: unknown): void => {
    library.visit(node as Node, {
      Scalar: (key, scalar) => {
        if (key !== 'key' && !isNull(scalar)) scalars.push(scalar);
      },
      // The value stands at the anchor, and is no less secret there.
      Alias: (_key, alias) => collect(alias.resolve(document)),
    });
  };
  collect(nodeAt(document, field, library));
  return scalars;
}

/** The forms of null in YAML 1.2, section 10.3.2; quoted they are strings. */
function isNull({ type, value }: Scalar): boolean {
  return type === 'PLAIN' && /^(?:~|null|Null|NULL)?$/.test(String(value));
}

function nodeAt(document: Document, field: Path, library: typeof Yaml): Node {
  let node: unknown = document.contents;
  for (const step of field) {
    if (library.isAlias(node)) node = node.resolve(document);
    node = library.isCollection(node) ? node.get(step, true) : undefined;
  }
  if (!library.isNode(node)) throw unreadable();
  return node;
}

function replaceScalars(text: string, scalars: readonly Scalar[]): string {
  let result = '';
  let done = 0;
  for (const { range } of [...scalars].sort((a, b) => startOf(a) - startOf(b))) {
    if (range === null || range === undefined) throw unreadable();
    const [start, end] = range;
    // A block scalar (| or >) ends with its last line break, which must stay.
    const lineBreak = text[end - 1] === '\n' ? '\n' : '';
    result += text.slice(done, start) + PLACEHOLDER + lineBreak;
    done = end;
  }
  return result + text.slice(done);
}

function startOf(scalar: Scalar): number {
  return scalar.range?.[0] ?? 0;
}

function unreadable(): Failure {
  return new Failure(
    'tool',
    'the output of tk has a document that names a Secret and cannot be read as YAML',
    {
      hint: 'So its values cannot be hidden. With --show-secrets it is shown as it is.',
    },
  );
}
