import type { Finding, Path } from '../finding/finding.ts';
import { nearInMain } from './near-in-main.ts';
import type { ErrorContext } from './error-context.ts';

const NOT_AN_OBJECT = /found invalid Kubernetes object \(at ([^\n]*?)\): ([^\n]*)/;
const INVALID_FIELDS =
  /^(?:got an error while extracting env `[^\n]*`: )?(\.[^\n]*|Resource) has missing or invalid fields:\n/;
const INVALID_FIELD = /^ {2}- (metadata(?:\.\w+)?|kind|apiVersion): (.*)$/;

const MANIFEST_HINT =
  'Tanka takes what main.jsonnet renders apart into objects that have apiVersion and kind. Put everything else in ' +
  'a local or in a hidden (::) field.';

/** Go's names of types, in the words of JSON. Source: Go, encoding/json. */
const JSON_TYPES: Readonly<Record<string, string>> = {
  float64: 'number',
  bool: 'boolean',
  string: 'string',
  'map[string]interface {}': 'object',
  '[]interface {}': 'array',
  '<nil>': 'null',
};

/**
 * The findings for a rendered value that is not a manifest. tk's dump of the value is left out: it may hold a
 * secret.
 *
 * @param text what follows `Error: `.
 * @returns undefined when the text has no known form.
 */
export function manifestFindings(text: string, context: ErrorContext): Finding[] | undefined {
  const base = {
    code: 'environment/not-a-manifest',
    severity: 'error',
    environment: context.environment,
  } as const;
  const located = (
    finding: Pick<Finding, 'message' | 'path' | 'hint' | 'fault'>,
    isThere = true,
  ): Finding => ({
    ...base,
    ...finding,
    location: nearInMain(context.main, finding.path ?? [], isThere),
  });
  const other = otherFinding(text, context);
  if (other !== undefined) return [located(other)];
  const notAnObject = NOT_AN_OBJECT.exec(text);
  if (notAnObject !== null) {
    const [, at = '.', reason = ''] = notAnObject;
    return [
      located({
        ...pathOf([...parsePath(at), ...attributeIn(reason)]),
        fault: reason.startsWith('missing ') ? 'missing' : 'value',
        message: notAnObjectMessage(at, reason),
        hint: MANIFEST_HINT,
      }),
    ];
  }
  return invalidFields(text)?.map(({ isThere, ...finding }) =>
    located({ ...finding, fault: isThere ? 'value' : 'missing' }, isThere),
  );
}

function otherFinding(
  text: string,
  context: ErrorContext,
): Pick<Finding, 'message' | 'hint'> | undefined {
  if (text.startsWith('unwrapped list item is not an object'))
    return {
      message: 'an item of a List is not an object',
      hint: 'Tanka takes each object with an array `items` apart.',
    };
  if (text.startsWith('found a tanka Environment resource'))
    return {
      message: 'an object of kind Environment is among the manifests',
      hint: `Remove ${context.environment}/spec.json to make the environment inline, or render only the object's data.`,
    };
  if (text.startsWith('found no matching environments'))
    return {
      message: 'there is no spec.json, and main.jsonnet renders no object of kind Environment',
      hint: `Add ${context.environment}/spec.json: \`{"spec": {"namespace": "default"}}\` is the least.`,
    };
  return undefined;
}

/** The attribute that is missing or wrong. */
function attributeIn(reason: string): string[] {
  const name = /attribute "(\w+)"/.exec(reason)?.[1];
  return name === undefined ? [] : [name];
}

function notAnObjectMessage(at: string, reason: string): string {
  // Go's way of printing the absent reason for a value in a list at the top, or at the top itself.
  if (reason.startsWith('%!'))
    return 'main.jsonnet renders a value that is neither an object nor an array';
  return `${place(at)} is not a Kubernetes object: ${reasonInWords(reason)}`;
}

function reasonInWords(reason: string): string {
  const missing = /^missing attribute "(\w+)"/.exec(reason)?.[1];
  if (missing !== undefined) return `${missing} is missing`;
  const empty = /^attribute "(\w+)" is empty/.exec(reason)?.[1];
  if (empty !== undefined) return `${empty} is empty`;
  const [, field, type] = /^attribute "(\w+)" is not a string, it is a (.*)$/.exec(reason) ?? [];
  return field === undefined ? reason : `${field} is not a string but ${jsonType(type ?? '')}`;
}

interface InvalidField extends Pick<Finding, 'message' | 'path'> {
  /** Whether the field is there, with a wrong value. */
  readonly isThere: boolean;
}

function invalidFields(text: string): InvalidField[] | undefined {
  const at = INVALID_FIELDS.exec(text)?.[1];
  if (at === undefined) return undefined;
  const fields = text
    .split('\n')
    .slice(1)
    .flatMap((line) => {
      const [, field, reason] = INVALID_FIELD.exec(line) ?? [];
      return field === undefined || reason === undefined ? [] : [{ field, reason }];
    })
    // tk lists them in an order of its own each time.
    .sort((left, right) => (left.field < right.field ? -1 : 1));
  const hasMetadata = !fields.some(({ field }) => field === 'metadata');
  return fields
    .filter(({ field }) => hasMetadata || field !== 'metadata.name')
    .map(({ field, reason }) => ({
      message: `${place(at)} is not a valid Kubernetes object: ${field} ${fieldReason(reason)}`,
      path: [...parsePath(at), ...field.split('.'), ...keyIn(reason)],
      isThere: !reason.startsWith('missing or '),
    }));
}

const NON_STRING_FIELD = /^contains non-string field '(.*)' of type '(.*)'$/;

/** The key of the annotation or label whose value is no string. */
function keyIn(reason: string): string[] {
  const key = NON_STRING_FIELD.exec(reason)?.[1];
  return key === undefined ? [] : [key];
}

function fieldReason(reason: string): string {
  if (reason === 'missing or not of string type') return 'is missing or not a string';
  if (reason === 'missing or not an object') return 'is missing or not an object';
  const [, key, type] = NON_STRING_FIELD.exec(reason) ?? [];
  if (key !== undefined)
    return `has a value for ${key} that is not a string but ${jsonType(type ?? '')}`;
  const other = /^must be object, but got '(.*)' instead$/.exec(reason)?.[1];
  return other === undefined ? reason : `is not an object but ${jsonType(other)}`;
}

function jsonType(goType: string): string {
  return JSON_TYPES[goType] ?? goType;
}

function place(at: string): string {
  return at === '.' ? 'what main.jsonnet renders' : `the value at ${at.replaceAll('.[', '[')}`;
}

/** tk joins names with dots without quoting them, so a name with a dot in it comes apart. */
function parsePath(at: string): (string | number)[] {
  return at
    .replaceAll('[', '.[')
    .split('.')
    .filter((step) => step !== '')
    .map((step) => (/^\[\d+\]$/.test(step) ? Number(step.slice(1, -1)) : step));
}

function pathOf(path: Path): { path?: Path } {
  return path.length === 0 ? {} : { path };
}
