import { byCodePoint, jsonPointer } from './json-schema.ts';
import type { UnexpressedKeyword } from './node.ts';
import { isUncheckedFormat } from './string-formats.ts';

/**
 * Which rules a schema follows where plain JSON Schema leaves a choice.
 *
 * - `declaration`: our own, a subset of JSON Schema draft-07
 * - `kubernetes`: the OpenAPI v3 files of Kubernetes
 * - `crd`: the structural schema of a CustomResourceDefinition
 */
export type SchemaDialect = 'declaration' | 'kubernetes' | 'crd';

/** Where in the schema a node stands, and what was met that the Model cannot hold. */
export interface Reader {
  readonly dialect: SchemaDialect;
  /** From the root of the schema inwards. */
  readonly at: readonly (string | number)[];
  readonly tally: Map<string, { count: number; at: string }>;
}

/** The reader for a node below the present one. */
export function below(reader: Reader, ...names: (string | number)[]): Reader {
  return { ...reader, at: [...reader.at, ...names] };
}

/** Counts a keyword that the Model cannot hold. */
export function countUnexpressed(reader: Reader, keyword: string): void {
  const at = jsonPointer(reader.at);
  const entry = reader.tally.get(keyword);
  if (entry === undefined) {
    reader.tally.set(keyword, { count: 1, at });
    return;
  }
  entry.count += 1;
  // The smallest pointer, not the first one met: the order of keys in the source must not matter.
  if (byCodePoint(at, entry.at) < 0) entry.at = at;
}

/** Counts the format of a string, with its name, when the API server would check it and we do not. */
export function countUncheckedFormat(reader: Reader, format: unknown): void {
  if (reader.dialect === 'crd' && typeof format === 'string' && isUncheckedFormat(format))
    countUnexpressed(reader, `format: ${format}`);
}

/** What was counted, sorted by keyword. */
export function unexpressedKeywords(reader: Reader): UnexpressedKeyword[] {
  return [...reader.tally]
    .map(([keyword, entry]) => ({ keyword, ...entry }))
    .sort((left, right) => byCodePoint(left.keyword, right.keyword));
}
