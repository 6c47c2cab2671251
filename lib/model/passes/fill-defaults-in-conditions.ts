import { isJsonSchema, type JsonSchema } from '../json-schema.ts';
import { mapNode, mapValues } from '../map-nodes.ts';
import type { Json, Junctors, Node, SchemaModel } from '../node.ts';

/**
 * Makes conditions count an absent property with its default, which the API server fills in before it looks at them:
 * what has a default is not required, and a branch that the default does not fulfil requires the property. The
 * addresses of a Gateway of the Gateway API have such conditions.
 */
export function fillDefaultsInConditions(model: SchemaModel): SchemaModel {
  const fill = (node: Node): Node => mapNode(node, fillDefaults);
  return { root: fill(model.root), definitions: mapValues(model.definitions, fill) };
}

function fillDefaults(node: Node): Node {
  if (node.junctors === undefined || node.type !== 'object') return node;
  return { ...node, junctors: translate(node.junctors, node) as Junctors };
}

/** Keywords whose conditions are about the same value as they themselves. */
const ABOUT_SAME = new Set(['allOf', 'anyOf', 'oneOf', 'not']);

/** @param node what the condition is about, as far as it is known. */
function translate(value: unknown, node: Node | undefined): unknown {
  if (Array.isArray(value)) return value.map((item) => translate(item, node));
  if (!isJsonSchema(value) || node === undefined) return value;
  const { required: _required, ...others } = value;
  return {
    ...mapValues(others, (inner, keyword) => translateKeyword(keyword, inner, node)),
    ...translateRequired(value, node),
  };
}

function translateKeyword(keyword: string, value: unknown, node: Node): unknown {
  if (keyword === 'properties' && isJsonSchema(value))
    return mapValues(value, (inner, name) => translate(inner, propertyOf(node, name)));
  return ABOUT_SAME.has(keyword) ? translate(value, node) : value;
}

function translateRequired(condition: JsonSchema, node: Node): { required?: string[] } {
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

function propertyOf(node: Node, name: string): Node | undefined {
  if (node.type !== 'object' || !Object.hasOwn(node.properties, name)) return undefined;
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
