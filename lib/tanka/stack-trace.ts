/** A frame with a place in a file. Lines and columns are 1-based; columns count UTF-8 bytes. */
export interface SourceFrame {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Such as `function <port>`; may be empty. */
  readonly context: string;
}

/** What go-jsonnet says when an evaluation fails. */
export interface StackTrace {
  /** Without `RUNTIME ERROR: `; may span lines. */
  readonly message: string;
  /** The innermost first; those without a place in a file are left out. */
  readonly frames: readonly SourceFrame[];
  /** The path of the value that was being made, from the root; undefined when it is not wholly known. */
  readonly path: readonly (string | number)[] | undefined;
  readonly isTopLevelCall: boolean;
}

const RANGE = String.raw`(?:(\d+):(\d+)(?:-\d+)?|\((\d+):(\d+)\)-\(\d+:\d+\))`;
const SOURCE_FRAME = new RegExp(String.raw`^\t(.+?):${RANGE}\t(.*)$`);
const OTHER_FRAME =
  /^\t(Field "(?:[^"\\]|\\.)*"|Array element \d+|During (?:manifestation|evaluation)|Checking object assertions|Top-level function call|\.\.\.|)\t?$/;
const LEADING_POSITION = new RegExp(String.raw`^(.+?):${RANGE} (.*)$`);

/**
 * Reads the text of a failed evaluation.
 *
 * @param text all that follows `evaluating jsonnet: RUNTIME ERROR: `.
 */
export function parseStackTrace(text: string): StackTrace {
  const lines = text.trimEnd().split('\n');
  // From the end, because the message may have lines of its own.
  let start = lines.length;
  while (start > 1 && isFrame(lines[start - 1] ?? '')) start--;
  const trace = lines.slice(start);
  return {
    message: lines.slice(0, start).join('\n').trimEnd(),
    frames: trace.flatMap(sourceFrame),
    path: valuePath(trace),
    isTopLevelCall: trace.some((line) => line.startsWith('\tTop-level function call')),
  };
}

function isFrame(line: string): boolean {
  return SOURCE_FRAME.test(line) || OTHER_FRAME.test(line);
}

function sourceFrame(line: string): SourceFrame[] {
  const match = SOURCE_FRAME.exec(line);
  return match === null ? [] : [toFrame(match)];
}

function toFrame(match: RegExpExecArray): SourceFrame {
  return {
    file: match[1] ?? '',
    line: Number(match[2] ?? match[4]),
    column: Number(match[3] ?? match[5]),
    context: match[6] ?? '',
  };
}

function valuePath(trace: readonly string[]): (string | number)[] | undefined {
  // tk shows ten frames, `...` and ten more: parts of the path may be among those left out.
  if (trace.includes('\t...\t') || trace.includes('\t...')) return undefined;
  return trace.flatMap(pathStep).reverse();
}

function pathStep(line: string): (string | number)[] {
  const element = /^\tArray element (\d+)/.exec(line)?.[1];
  if (element !== undefined) return [Number(element)];
  const field = /^\tField (".*")\t?$/.exec(line)?.[1];
  return field === undefined ? [] : [unquote(field)];
}

/** Undoes Go's quoting of a string, which is JSON's but for rare control characters. */
function unquote(quoted: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    return quoted.slice(1, -1);
  }
}

/**
 * Reads a message that starts with a place, as syntax errors and other static errors do.
 *
 * @returns the place and the first line of what follows it, or undefined.
 */
export function parseLeadingPosition(
  text: string,
): { frame: SourceFrame; message: string } | undefined {
  const match = LEADING_POSITION.exec(text.split('\n', 1)[0] ?? '');
  if (match === null) return undefined;
  const frame = toFrame(match);
  return { frame: { ...frame, context: '' }, message: frame.context };
}
