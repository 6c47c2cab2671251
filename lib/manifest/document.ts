import { isUtf8 } from 'node:buffer';

/** One document of a YAML file. */
export interface YamlDocument {
  /** Absolute path of the file. */
  readonly file: string;
  readonly text: string;
  /** The line of the file, from 1, at which `text` begins. */
  readonly line: number;
}

/**
 * Decodes a YAML file.
 *
 * @returns undefined when it is not UTF-8; a byte order mark is taken off.
 */
export function decodeYaml(bytes: Buffer): string | undefined {
  if (!isUtf8(bytes)) return undefined;
  const text = bytes.toString('utf8');
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

const SEPARATOR = /^---(?=\s|$)/gm;
/** Nothing but empty lines, comments, directives and ends of documents. */
const EMPTY =
  /^(?:[ \t]*(?:#.*)?|%.*|\.\.\.[ \t]*|---[ \t]*(?:#.*)?)(?:\r?\n(?:[ \t]*(?:#.*)?|%.*|\.\.\.[ \t]*))*$/;

/** Splits the text of a file at its document separators, as kubectl does; what is empty is left out. */
export function splitDocuments(file: string, text: string): YamlDocument[] {
  const starts = [0, ...Array.from(text.matchAll(SEPARATOR), ({ index }) => index)];
  let line = 1;
  const documents: YamlDocument[] = [];
  for (const [index, start] of starts.entries()) {
    const piece = text.slice(start, starts[index + 1]);
    if (!isEmpty(piece)) documents.push({ file, text: piece, line });
    line += countLines(piece);
  }
  return documents;
}

/** A piece with a line of a manifest is told at its first lines. */
function isEmpty(piece: string): boolean {
  return piece.trim() === '' || piece.trim() === '---' || EMPTY.test(piece.trimEnd());
}

function countLines(text: string): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}
