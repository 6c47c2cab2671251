import { patternsOverlap } from '../../rendered/patterns-overlap.ts';
import { patternMatches } from '../../rendered/reflection.ts';
import { reflectedOf } from '../../rendered/reflection-sources.ts';
import type { Rule } from '../rule.ts';

const LITERAL = /^[a-z0-9-]+$/;

/** Reflector is to make mirrors in namespaces that its other list does not allow: it makes none there. */
export const mirrorOutsideAllowed: Rule = {
  code: 'secrets/mirror-outside-allowed',
  *check(objects) {
    for (const { on, reflection, pathOf } of reflectedOf(objects)) {
      const { allowed, auto, allowedNamespaces, autoNamespaces } = reflection;
      const { patterns, selector } = allowedNamespaces;
      if (!allowed || !auto || selector !== undefined || patterns.length === 0) continue;
      const outside = autoNamespaces.patterns.filter(
        (pattern) => !patterns.some((other) => canBoth(pattern, other)),
      );
      if (outside.length === 0) continue;
      yield {
        on,
        path: pathOf('reflection-auto-namespaces'),
        fault: 'value',
        value: autoNamespaces.patterns.join(','),
        message: `mirrors are to be made in ${outside.join(', ')}, but reflection-allowed-namespaces allows only ${patterns.join(', ')}`,
        expected: 'namespaces that reflection-allowed-namespaces allows',
        hint: 'Write the same patterns into both lists.',
      };
    }
  },
};

/** Whether a namespace can match both; true when that is not decided. */
function canBoth(auto: string, allowed: string): boolean {
  if (auto === allowed) return true;
  if (LITERAL.test(auto)) return patternMatches(allowed, auto) !== false;
  if (LITERAL.test(allowed)) return patternMatches(auto, allowed) !== false;
  return patternsOverlap(auto, allowed);
}
