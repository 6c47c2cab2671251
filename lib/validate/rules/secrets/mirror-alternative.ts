import { patternMatches, splitPatterns } from '../../rendered/reflection.ts';
import { type Reflected, reflectedOf } from '../../rendered/reflection-sources.ts';
import type { Rule, RuleFinding } from '../rule.ts';
import { PATTERN_LISTS } from './mirror-pattern.ts';

/** Reflector takes the first match of a pattern, which must be the whole name: of foo|foobar, foobar is never taken. */
export const mirrorAlternative: Rule = {
  code: 'secrets/mirror-alternative',
  *check(objects) {
    for (const reflected of reflectedOf(objects))
      for (const list of PATTERN_LISTS) yield* inList(reflected, list);
  },
};

function* inList(
  { on, annotations, pathOf }: Reflected,
  list: (typeof PATTERN_LISTS)[number],
): Iterable<RuleFinding> {
  const value = annotations[list];
  if (typeof value !== 'string' || !value.includes('|')) return;
  for (const pattern of splitPatterns(value)) {
    const dead = deadAlternative(pattern);
    if (dead === undefined) continue;
    yield {
      on,
      path: pathOf(list),
      fault: 'value',
      value,
      message: `the pattern ${pattern} never takes ${dead}: an alternative before it matches the beginning of the name`,
      expected: 'alternatives of which none is the beginning of a later one',
      hint: 'Write the alternatives as entries of the list, with commas.',
    };
    return;
  }
}

/** The alternative by which no name can be taken, tried with a name that it matches. */
function deadAlternative(pattern: string): string | undefined {
  if (/[()[\]\\]/.test(pattern)) return undefined;
  return pattern.split('|').find((alternative) => {
    const name = alternative.replaceAll(/\.[*+]/g, 'x').replaceAll('.', 'x');
    const isName = /^[a-z0-9-]+$/.test(name) && patternMatches(alternative, name) === true;
    return isName && patternMatches(pattern, name) === false;
  });
}
