import { isJsonSchema, type JsonSchema } from './json-schema.ts';

/**
 * @param schema one node.
 * @returns whether it is Kubernetes' int-or-string, in any of its spellings.
 */
export function isIntOrString(schema: JsonSchema): boolean {
  if (schema['x-kubernetes-int-or-string'] === true) return true;
  if (schema['format'] === 'int-or-string') return true;
  if (isIntAndString(schema['type'])) return true;
  if (schema['type'] !== undefined) return false;
  return ['oneOf', 'anyOf'].some((keyword) => {
    const branches = schema[keyword];
    if (!Array.isArray(branches) || !branches.every(isBareType)) return false;
    return isIntAndString(branches.map((branch: JsonSchema) => branch['type']));
  });
}

function isBareType(branch: unknown): boolean {
  return isJsonSchema(branch) && 'type' in branch && Object.keys(branch).length === 1;
}

function isIntAndString(types: unknown): boolean {
  if (!Array.isArray(types)) return false;
  const others = types.filter((type) => type !== 'null');
  return others.length === 2 && others.includes('integer') && others.includes('string');
}

/**
 * @param schema one node.
 * @returns its JSON Schema type, null left out; inferred from its keywords when it has none; undefined when
 *   it has several types or can be anything.
 */
export function inferType(schema: JsonSchema): string | undefined {
  const type = schema['type'];
  if (typeof type === 'string') return type;
  if (Array.isArray(type)) {
    const [first, ...more] = type.filter((name) => name !== 'null');
    return typeof first === 'string' && more.length === 0 ? first : undefined;
  }
  if (isJsonSchema(schema['properties']) || isJsonSchema(schema['additionalProperties']))
    return 'object';
  return isJsonSchema(schema['items']) ? 'array' : undefined;
}
