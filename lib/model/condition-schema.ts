import { byCodePoint, isJsonSchema, type JsonSchema } from './json-schema.ts';
import type { Junctors } from './node.ts';
import { toJavaScriptPattern } from './re2-pattern.ts';

/**
 * Writes the conditions of a node as JSON Schema: their patterns in JavaScript's dialect, the rest as it is.
 * A pattern that JavaScript cannot express is left out; lowering has counted it.
 */
export function toCondition(junctors: Junctors): JsonSchema {
  return translate(junctors) as JsonSchema;
}

function translate(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(translate);
  if (!isJsonSchema(value)) return value;
  return Object.fromEntries(
    sortedEntries(value).flatMap(([keyword, inner]) => {
      if (keyword !== 'pattern' || typeof inner !== 'string') return [[keyword, translate(inner)]];
      const pattern = toJavaScriptPattern(inner);
      return pattern === undefined ? [] : [[keyword, pattern]];
    }),
  );
}

function sortedEntries(schema: JsonSchema): [string, unknown][] {
  return Object.entries(schema).sort(([left], [right]) => byCodePoint(left, right));
}
