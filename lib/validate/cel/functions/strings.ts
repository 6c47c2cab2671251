import { Arguments, type CallContext, type FunctionTable } from '../call.ts';
import { CelError, shown, type Value } from '../value.ts';
import { formatText } from './format-text.ts';

/** White space as Go's strings.TrimSpace has it. */
const WHITE_SPACE = String.raw`[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]`;
const AROUND = new RegExp(`^${WHITE_SPACE}+|${WHITE_SPACE}+$`, 'gu');

/**
 * The string functions of CEL and of cel-go's ext.Strings, version 2, which CRDs have from Kubernetes 1.29 on. Positions
 * count code points.
 */
export const STRING_METHODS: FunctionTable = {
  contains: binary('contains', (text, part) => text.includes(part)),
  startsWith: binary('startsWith', (text, part) => text.startsWith(part)),
  endsWith: binary('endsWith', (text, part) => text.endsWith(part)),
  charAt(values, context) {
    const args = new Arguments('charAt', values, [2]);
    const points = codePoints(args.text(0), context);
    const index = inRange(args.int(1), points.length);
    return points[index] ?? '';
  },
  lowerAscii: unary('lowerAscii', (text) => text.replaceAll(/[A-Z]/g, (at) => at.toLowerCase())),
  upperAscii: unary('upperAscii', (text) => text.replaceAll(/[a-z]/g, (at) => at.toUpperCase())),
  trim: unary('trim', (text) => text.replaceAll(AROUND, '')),
  substring(values, context) {
    const args = new Arguments('substring', values, [2, 3]);
    const points = codePoints(args.text(0), context);
    const end = args.count === 3 ? args.int(2) : BigInt(points.length);
    if (args.count === 3 && args.int(1) > end)
      throw new CelError(`invalid substring range. start: ${args.int(1)}, end: ${end}`);
    return points.slice(inRange(args.int(1), points.length), inRange(end, points.length)).join('');
  },
  replace(values, context) {
    const args = new Arguments('replace', values, [3, 4]);
    const limit = args.count === 4 ? args.index(3) : -1;
    return replaceTimes(args, limit, context);
  },
  split(values, context) {
    const args = new Arguments('split', values, [2, 3]);
    const parts = splitTimes(args.text(0), args.text(1), args.count === 3 ? args.index(2) : -1);
    context.budget.spendText(args.text(0).length + parts.length);
    return parts;
  },
  join(values, context) {
    const args = new Arguments('join', values, [1, 2]);
    return joinTexts(args.list(0).map(joinable), args.count === 2 ? args.text(1) : '', context);
  },
  format(values, context) {
    const args = new Arguments('format', values, [2]);
    return formatText(args.text(0), args.list(1), context.budget);
  },
};

/** Functions of strings in a namespace. */
export const STRING_FUNCTIONS: FunctionTable = {
  'strings.quote': unary('strings.quote', quoteText),
};

/** `text.indexOf(part)` and `text.indexOf(part, offset)`. */
export function indexOfText(values: readonly Value[], context: CallContext): Value {
  const args = new Arguments('indexOf', values, [2, 3]);
  const part = args.text(1);
  const offset = args.count === 3 ? args.int(2) : 0n;
  if (part === '') return offset;
  if (offset < 0n) throw new CelError(`index out of range: ${offset}`);
  const points = codePoints(args.text(0), context);
  if (offset >= points.length) return -1n;
  const at = args.text(0).indexOf(part, points.slice(0, Number(offset)).join('').length);
  return at === -1 ? -1n : BigInt(Array.from(args.text(0).slice(0, at)).length);
}

/** `text.lastIndexOf(part)` and `text.lastIndexOf(part, offset)`. */
export function lastIndexOfText(values: readonly Value[], context: CallContext): Value {
  const args = new Arguments('lastIndexOf', values, [2, 3]);
  const [text, part] = [args.text(0), args.text(1)];
  const points = codePoints(text, context);
  if (part === '') return args.count === 3 ? args.int(2) : BigInt(points.length);
  const offset = args.count === 3 ? args.int(2) : BigInt(points.length - 1);
  if (args.count === 3 && offset < 0n) throw new CelError(`index out of range: ${offset}`);
  if (offset < 0n || offset >= points.length) return -1n;
  const at = text.lastIndexOf(part, points.slice(0, Number(offset)).join('').length);
  return at === -1 ? -1n : BigInt(Array.from(text.slice(0, at)).length);
}

function unary(name: string, apply: (text: string) => string): FunctionTable[string] {
  return (values, context) => {
    const text = new Arguments(name, values, [1]).text(0);
    context.budget.spendText(text.length);
    return apply(text);
  };
}

function binary(
  name: string,
  apply: (text: string, other: string) => boolean,
): FunctionTable[string] {
  return (values, context) => {
    const args = new Arguments(name, values, [2]);
    context.budget.spendText(args.text(0).length);
    return apply(args.text(0), args.text(1));
  };
}

function codePoints(text: string, { budget }: CallContext): string[] {
  budget.spendText(text.length);
  return Array.from(text);
}

function inRange(index: bigint, length: number): number {
  if (index < 0n || index > length) throw new CelError(`index out of range: ${index}`);
  return Number(index);
}

function replaceTimes(args: Arguments, most: number, context: CallContext): string {
  const [text, old, fresh] = [args.text(0), args.text(1), args.text(2)];
  if (most === 0) return text;
  context.budget.spendText(text.length);
  if (old !== '') return joinTexts(splitTimes(text, old, most < 0 ? -1 : most + 1), fresh, context);
  // Before each code point and behind the last one, so often as asked for.
  const points = Array.from(text);
  const places = most < 0 ? points.length + 1 : Math.min(most, points.length + 1);
  return joinTexts(
    ['', ...points.slice(0, places - 1), points.slice(places - 1).join('')],
    fresh,
    context,
  );
}

/** Its length is counted before the text is made: it may be a million times what it is made from. */
function joinTexts(texts: readonly string[], separator: string, { budget }: CallContext): string {
  const own = texts.reduce((sum, text) => sum + text.length, 0);
  budget.spendText(own + texts.length * (1 + separator.length));
  return texts.join(separator);
}

/** Go's strings.SplitN: an empty separator splits into code points. */
function splitTimes(text: string, separator: string, most: number): string[] {
  if (most === 0) return [];
  const parts = separator === '' ? Array.from(text) : text.split(separator);
  if (most < 0 || parts.length <= most) return parts;
  return [...parts.slice(0, most - 1), parts.slice(most - 1).join(separator)];
}

function joinable(item: Value): string {
  if (typeof item !== 'string') throw new CelError(`join: invalid input: ${shown(item)}`);
  return item;
}

const ESCAPES: { readonly [character: string]: string } = {
  '\u0007': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
  '"': '\\"',
};

function quoteText(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what is escaped
  return `"${text.replaceAll(/[\u0007\b\f\n\r\t\v\\"]/g, (at) => ESCAPES[at] ?? at)}"`;
}
