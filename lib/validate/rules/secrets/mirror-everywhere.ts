import { type Reflected, reflectedOf } from '../../rendered/reflection-sources.ts';
import { splitPatterns } from '../../rendered/reflection.ts';
import type { Rule } from '../rule.ts';
import { PATTERN_LISTS } from './mirror-pattern.ts';

/** An empty list of namespaces means all of them: the Secret is copied into every namespace. */
export const mirrorEverywhere: Rule = {
  code: 'secrets/mirror-everywhere',
  *check(objects) {
    for (const reflected of reflectedOf(objects)) {
      const list = reflected.kind === 'Secret' ? emptyList(reflected) : undefined;
      if (list === undefined || !reflected.reflection.allowed) continue;
      yield {
        on: reflected.on,
        path: reflected.pathOf(list),
        fault: 'value',
        value: reflected.annotations[list],
        message: `${list} is empty, which Reflector reads as every namespace: any may have the Secret`,
        expected: 'patterns of namespaces',
        hint: 'Name the namespaces; for all of them, take the annotation away.',
      };
    }
  },
};

/** The list that is empty where the other one does not narrow it either. */
function emptyList({ annotations, reflection }: Reflected): string | undefined {
  const { patterns, selector } = reflection.allowedNamespaces;
  if (patterns.length > 0 || selector !== undefined) return undefined;
  return PATTERN_LISTS.find((list) => {
    const value = annotations[list];
    const hasSelector = annotations[`${list}-selector`] !== undefined;
    return typeof value === 'string' && splitPatterns(value).length === 0 && !hasSelector;
  });
}
