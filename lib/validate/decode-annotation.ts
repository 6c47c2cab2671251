import type { Binding } from '../model/binding.ts';

/** Go's strconv.ParseBool, by which the pod identity webhook reads booleans. */
const GO_BOOLEANS: Readonly<Record<string, boolean>> = {
  '1': true,
  t: true,
  T: true,
  true: true,
  TRUE: true,
  True: true,
  '0': false,
  f: false,
  F: false,
  false: false,
  FALSE: false,
  False: false,
};

/**
 * The value that a controller reads from an annotation or label.
 *
 * @returns `unset` when the controller takes the text for no value at all; undefined when the text is no form of such
 *   a value, which controllers ignore or refuse.
 */
export function decodeAnnotation(
  text: string,
  { encoding, type }: Pick<Binding, 'encoding' | 'type'>,
): { readonly value: unknown } | 'unset' | undefined {
  switch (encoding) {
    case 'value':
      return { value: text };
    case 'csv':
      return text === '' ? 'unset' : { value: text.split(',') };
    case 'comma-list':
      return decodeList(text, ',');
    case 'semicolon-list':
      return decodeList(text, ';');
    case 'json':
      return decodeJson(text);
    case 'base64':
      return { value: Buffer.from(text, 'base64').toString('utf8') };
    case 'go-bool':
      return Object.hasOwn(GO_BOOLEANS, text) ? { value: GO_BOOLEANS[text] } : undefined;
    case 'string':
      return type === 'boolean' ? decodeBoolean(text) : decodeInteger(text);
    default:
      return encoding satisfies never;
  }
}

/** Entries are trimmed and empty ones dropped; without any, the list sets nothing. */
function decodeList(text: string, separator: string): { value: string[] } | 'unset' {
  const entries = text
    .split(separator)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  return entries.length === 0 ? 'unset' : { value: entries };
}

function decodeJson(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** Trimmed, and in any case, as .NET and most others read it. */
function decodeBoolean(text: string): { value: boolean } | undefined {
  const word = text.trim().toLowerCase();
  return word === 'true' || word === 'false' ? { value: word === 'true' } : undefined;
}

/** The webhooks of EKS and Azure take their default for an empty text. */
function decodeInteger(text: string): { value: number } | 'unset' | undefined {
  if (text === '') return 'unset';
  return /^[-+]?\d+$/.test(text) ? { value: Number(text) } : undefined;
}
