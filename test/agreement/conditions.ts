import fc from 'fast-check';
import { isJsonSchema } from '../../lib/model/json-schema.ts';
import type { Junctors } from '../../lib/model/node.ts';

/** Properties that a choice of branches wants, and those that it forbids. */
interface Choice {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

/** Chooses a branch of each `oneOf` or `anyOf` that is made of `required`. Other conditions are not looked at. */
export function conditionChoices(junctors: Junctors | undefined): fc.Arbitrary<Choice> {
  const lists = branchLists(junctors);
  if (lists.length === 0) return fc.constant({ include: [], exclude: [] });
  return fc.tuple(...lists.map((list) => fc.constantFrom(...list))).map((chosen) => {
    const include = chosen.flat();
    const all = new Set(lists.flat(2));
    return { include, exclude: [...all].filter((name) => !include.includes(name)) };
  });
}

/**
 * The lists of alternatives beside a node.
 *
 * @returns for each `oneOf` and `anyOf` what each branch requires; empty: the branch that wants none of them.
 */
export function branchLists(junctors: unknown): string[][][] {
  if (!isJsonSchema(junctors)) return [];
  const inner = Array.isArray(junctors['allOf']) ? junctors['allOf'].flatMap(branchLists) : [];
  const own = [junctors['oneOf'], junctors['anyOf']]
    .filter(Array.isArray)
    .map((list: unknown[]) => list.map(requiredOf));
  return [...own, ...inner];
}

function requiredOf(branch: unknown): string[] {
  const required = isJsonSchema(branch) ? branch['required'] : undefined;
  return Array.isArray(required) ? required.map(String) : [];
}
