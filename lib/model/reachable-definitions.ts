import { isJsonSchema, type JsonSchema } from './json-schema.ts';
import { definitionName } from './schema-ref.ts';

/**
 * The definitions that references lead to, so that the rest of a large file is not even read.
 *
 * @param roots where to start: schemas, or names of definitions.
 * @param definitions all that there are.
 * @returns those reached, in the order of `definitions`.
 */
export function reachableDefinitions(
  roots: readonly (JsonSchema | string)[],
  definitions: { readonly [name: string]: JsonSchema },
): { [name: string]: JsonSchema } {
  const reached = new Set<string>();
  const pending: unknown[] = [];
  const reach = (name: string): void => {
    if (reached.has(name) || !Object.hasOwn(definitions, name)) return;
    reached.add(name);
    pending.push(definitions[name]);
  };
  for (const root of roots) {
    if (typeof root === 'string') reach(root);
    else pending.push(root);
  }
  while (pending.length > 0) for (const name of refsIn(pending.pop())) reach(name);
  return Object.fromEntries(Object.entries(definitions).filter(([name]) => reached.has(name)));
}

/** The names of the definitions that a schema, or a part of one, refers to; repeated as they occur. */
export function* refsIn(schema: unknown): Generator<string> {
  if (Array.isArray(schema)) for (const item of schema) yield* refsIn(item);
  if (!isJsonSchema(schema)) return;
  for (const [keyword, value] of Object.entries(schema)) {
    const name =
      keyword === '$ref' && typeof value === 'string' ? definitionName(value) : undefined;
    if (name !== undefined) yield name;
    else if (typeof value === 'object') yield* refsIn(value);
  }
}
