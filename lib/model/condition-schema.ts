import { byCodePoint, isJsonSchema, type JsonSchema } from './json-schema.ts';
import type { Json, Node } from './node.ts';
import { toJavaScriptPattern } from './re2-pattern.ts';

/**
 * Writes the conditions of a node as JSON Schema: their patterns in JavaScript's dialect, the rest as it is.
 * A pattern that JavaScript cannot express is left out; lowering has counted it.
 *
 * A property that is absent counts with its default, which the API server fills in before it looks at conditions: what
 * the default fulfils is not required, and a branch that the default does not fulfil requires the property.
 */
export function toCondition(node: Node): JsonSchema {
  return node.junctors === undefined ? {} : (translate(node.junctors, node) as JsonSchema);
}

/** @param node what the condition is about, as far as it is known. */
function translate(value: unknown, node: Node | undefined): unknown {
  if (Array.isArray(value)) return value.map((item) => translate(item, node));
  if (!isJsonSchema(value)) return value;
  const condition = Object.fromEntries(
    sortedEntries(value).flatMap(([keyword, inner]) => translateKeyword(keyword, inner, node)),
  );
  return { ...condition, ...translateRequired(value, node) };
}

function translateKeyword(
  keyword: string,
  value: unknown,
  node: Node | undefined,
): [string, unknown][] {
  if (keyword === 'properties' && isJsonSchema(value)) {
    const properties = sortedEntries(value).map(([name, inner]) => [
      name,
      translate(inner, propertyOf(node, name)),
    ]);
    return [[keyword, Object.fromEntries(properties)]];
  }
  if (keyword === 'pattern' && typeof value === 'string') {
    const pattern = toJavaScriptPattern(value);
    return pattern === undefined ? [] : [[keyword, pattern]];
  }
  if (keyword === 'required') return [];
  const isAboutSame = ['allOf', 'anyOf', 'oneOf', 'not'].includes(keyword);
  return [[keyword, translate(value, isAboutSame ? node : undefined)]];
}

function translateRequired(condition: JsonSchema, node: Node | undefined): { required?: string[] } {
  const hasDefault = (name: string): boolean => propertyOf(node, name)?.default !== undefined;
  const named = Array.isArray(condition['required']) ? (condition['required'] as string[]) : [];
  const properties = isJsonSchema(condition['properties']) ? condition['properties'] : {};
  const refused = Object.keys(properties).filter((name) => {
    const value = propertyOf(node, name)?.default;
    return value !== undefined && !mayFulfil(value, properties[name]);
  });
  const required = [...new Set([...named.filter((name) => !hasDefault(name)), ...refused])];
  return required.length > 0 ? { required } : {};
}

function propertyOf(node: Node | undefined, name: string): Node | undefined {
  if (node?.type !== 'object' || !Object.hasOwn(node.properties, name)) return undefined;
  return node.properties[name];
}

/** @returns false when a value certainly does not fulfil a condition: told by enum, const and their opposites. */
function mayFulfil(value: Json, condition: unknown): boolean {
  if (!isJsonSchema(condition)) return condition !== false;
  const { enum: values, not } = condition;
  if (Array.isArray(values) && !values.some((allowed) => isSame(allowed, value))) return false;
  if ('const' in condition && !isSame(condition['const'], value)) return false;
  return !(isJsonSchema(not) && certainlyFulfils(value, not));
}

function certainlyFulfils(value: Json, condition: JsonSchema): boolean {
  const isJudged = Object.keys(condition).every((keyword) => ['enum', 'const'].includes(keyword));
  return isJudged && mayFulfil(value, condition);
}

function isSame(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

function sortedEntries(schema: JsonSchema): [string, unknown][] {
  return Object.entries(schema).sort(([left], [right]) => byCodePoint(left, right));
}
