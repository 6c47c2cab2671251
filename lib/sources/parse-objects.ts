import { loadAll, YAMLException } from 'js-yaml';
import { Failure } from '../finding/failure.ts';

/** An object of a YAML or JSON file. */
export type FileObject = { readonly [key: string]: unknown };

// Far beyond what CRDs have: all of the Prometheus operator are 50,000 values, 30 deep.
const MOST_VALUES = 2_000_000;
const DEEPEST = 200;

/**
 * Parses a YAML or JSON file of Kubernetes objects: any number of documents, lists of objects unrolled; empty
 * documents are passed over.
 *
 * @param file how messages name it.
 * @throws Failure `usage` with the file and line when it is neither YAML nor JSON, or holds something else than
 *   objects.
 */
export function parseObjects(file: string, text: string): FileObject[] {
  const documents = parseDocuments(file, text.replace(/^\uFEFF/, ''));
  const objects = documents.filter((document) => document !== null && document !== undefined);
  const budget = { values: 0 };
  objects.forEach((object, index) => {
    if (!isObject(object))
      throw new Failure(
        'usage',
        `${file} has no Kubernetes objects: document ${index + 1} is no object`,
      );
    measure(file, object, 0, budget);
  });
  return (objects as FileObject[]).flatMap(unrolled);
}

function parseDocuments(file: string, text: string): unknown[] {
  if (/^\s*<(?:!doctype|html)/i.test(text)) throw webPage(file);
  // JSON is YAML too, but read ten times faster so.
  if (/^\s*[{[]/.test(text)) {
    try {
      return [JSON.parse(text) as unknown];
    } catch {
      // Several JSON documents, YAML in flow style, or an error that has its line when read as YAML.
    }
  }
  try {
    return loadAll(text);
  } catch (cause) {
    throw notYaml(file, text, cause);
  }
}

function notYaml(file: string, text: string, cause: unknown): Failure {
  const known = cause instanceof YAMLException;
  const line = known && cause.mark !== undefined ? `:${cause.mark.line + 1}` : '';
  const reason = known ? cause.reason : (cause as Error).message;
  return new Failure('usage', `${file}${line} is not YAML: ${reason}`, {
    ...(text.includes('{{') && { hint: TEMPLATE_HINT }),
    cause,
  });
}

const TEMPLATE_HINT =
  'It has {{ }} in it, as the templates of Helm have. Import what `helm template` prints, or the CRDs that the project publishes beside its chart.';

function webPage(file: string): Failure {
  return new Failure('usage', `${file} is a web page, not YAML`, {
    hint: 'Give the address of the file itself; on GitHub that is behind "Raw".',
  });
}

/** Aliases of YAML make a small text an endless or a huge value. */
function measure(file: string, value: unknown, depth: number, budget: { values: number }): void {
  budget.values += 1;
  if (depth > DEEPEST || budget.values > MOST_VALUES)
    throw new Failure(
      'usage',
      depth > DEEPEST
        ? `${file} has values nested deeper than ${DEEPEST} levels`
        : `${file} has more than ${MOST_VALUES} values`,
    );
  if (typeof value === 'object' && value !== null)
    for (const inner of Object.values(value)) measure(file, inner, depth + 1, budget);
}

function unrolled(object: FileObject): FileObject[] {
  const { kind, items } = object;
  if (typeof kind !== 'string' || !kind.endsWith('List') || !Array.isArray(items)) return [object];
  return items.filter(isObject).flatMap(unrolled);
}

function isObject(value: unknown): value is FileObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
