import type { Encoding, Family, Parameter } from './family.ts';
import type { Node } from './node.ts';

/** An annotation or label key that a controller reads, as the validator of rendered manifests needs it. */
export interface Binding {
  readonly key: string;
  readonly field: 'annotations' | 'labels';
  /** Kinds in whose metadata the controller reads it. */
  readonly kinds: readonly string[];
  readonly encoding: Encoding;
  readonly type: Node['type'];
  /** What is allowed, in words that complete "must be ...". */
  readonly expected: string;
  /** Name of the validator of the decoded value. */
  readonly validator: string;
}

/**
 * The bindings of all families: one for each key and field, with the kinds of all definitions that declare it.
 *
 * @returns them in the order of the families.
 */
export function bindingsOf(families: readonly Family[]): Binding[] {
  const bindings = new Map<string, Binding>();
  for (const family of families)
    for (const definition of family.definitions)
      for (const parameter of definition.parameters)
        for (const place of metadataTargets(parameter)) {
          const id = `${place.field}\0${place.key}`;
          const old = bindings.get(id);
          const kinds = [...new Set([...(old?.kinds ?? []), ...definition.kinds])];
          const validator = parameterValidatorName(family.name, definition.name, parameter.name);
          const { encoding, expected } = parameter;
          const own = { ...place, encoding, type: parameter.node.type, expected, validator };
          bindings.set(id, { ...(old ?? own), kinds });
        }
  return [...bindings.values()].filter((binding) => binding.kinds.length > 0);
}

function metadataTargets(parameter: Parameter): Pick<Binding, 'field' | 'key'>[] {
  return parameter.targets.flatMap(([metadata, field, key, ...rest]) => {
    if (metadata !== 'metadata' || typeof key !== 'string' || rest.length > 0) return [];
    if (!key.includes('/') || (field !== 'annotations' && field !== 'labels')) return [];
    return [{ field, key }];
  });
}

/** The name of the validator of one parameter. */
export function parameterValidatorName(
  family: string,
  definition: string,
  parameter: string,
): string {
  return `${family}_${definition}_${parameter}`;
}

/** The name of the validator of all parameters of a definition. */
export function definitionValidatorName(family: string, definition: string): string {
  return `${family}_${definition}`;
}
