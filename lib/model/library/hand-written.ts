/** A function that is written by hand, as its text says it. */
export interface HandWrittenFunction {
  readonly name: string;
  readonly parameters: readonly HandWrittenParameter[];
  /** The comment above it, as one text. */
  readonly help: string;
  /** The whole field with its comment, without the comma at its end. */
  readonly text: string;
}

/** A parameter as the text has it. */
export interface HandWrittenParameter {
  readonly name: string;
  /** Jsonnet; undefined when the argument may not be left out. */
  readonly default: string | undefined;
}

/** Functions by the id of the object or part that they belong to, such as `core.v1.container`. */
export type HandWritten = ReadonlyMap<string, readonly HandWrittenFunction[]>;

/** Objects of a library that are written by hand alone, by id; with what the API calls them. */
export const HAND_WRITTEN_OBJECTS: ReadonlyMap<string, string> = new Map([
  ['core.v1.list', 'List'],
]);

/**
 * Reads hand-written functions.
 *
 * @param sources Jsonnet objects by the id of the object that their fields belong to; formatted by `tk fmt`, so that each
 *   field starts after two spaces.
 */
export function readHandWritten(sources: ReadonlyMap<string, string>): HandWritten {
  return new Map([...sources].map(([id, text]) => [id, readFunctions(text)]));
}

const FIELD_START = /^ {2}(?:'([^']+)'|([A-Za-z_]\w*))(?=[(:+])/;

/** Splits the text of an object into its fields; a comment belongs to the field below it. */
function readFunctions(text: string): HandWrittenFunction[] {
  const lines = text.split('\n');
  const fields: { name: string; comment: string[]; lines: string[] }[] = [];
  let comment: string[] = [];
  for (const line of lines.slice(lines.indexOf('{') + 1, lines.lastIndexOf('}'))) {
    const match = FIELD_START.exec(line);
    if (match !== null) {
      fields.push({ name: match[1] ?? match[2] ?? '', comment, lines: [line] });
      comment = [];
    } else if (line === '' || /^ {2}\/\//.test(line)) {
      if (line !== '') comment.push(line);
    } else fields.at(-1)?.lines.push(line);
  }
  return fields.map(({ name, comment: own, lines: code }) => ({
    name,
    parameters: parametersOf(code.join('\n')),
    help: own.map((line) => line.replace(/^ *\/\/ ?/, '')).join(' '),
    text: [...own, ...code].join('\n').trim().replace(/,$/, ''),
  }));
}

function parametersOf(code: string): HandWrittenParameter[] {
  const start = code.indexOf('(');
  if (start === -1 || start > code.indexOf(':')) return [];
  return splitList(code.slice(start + 1)).map((part) => {
    const sign = part.indexOf('=');
    const name = (sign === -1 ? part : part.slice(0, sign)).trim();
    const value = part.slice(sign + 1).trim();
    // An error as default is the message for an argument that is missing.
    const isRequired = sign === -1 || value.startsWith('error ');
    return { name, default: isRequired ? undefined : value };
  });
}

/** The parts between commas up to the bracket that closes the list. */
function splitList(code: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const [token] of code.matchAll(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[^'"]/gs)) {
    if ('([{'.includes(token)) depth += 1;
    if (')]}'.includes(token)) depth -= 1;
    if (depth < 0) break;
    if (token === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += token;
  }
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}
