import type { Reflected } from '../../rendered/reflection-sources.ts';
import { reflectedOf } from '../../rendered/reflection-sources.ts';
import { splitPatterns } from '../../rendered/reflection.ts';
import type { Rule, RuleFinding } from '../rule.ts';

/** The annotations that are lists of patterns. */
export const PATTERN_LISTS = [
  'reflection-allowed-namespaces',
  'reflection-auto-namespaces',
] as const;

/** Syntax that .NET has and JavaScript has not, or the other way round. */
const OTHER_SYNTAX = /\(\?(?![:=!]|<[=!])|\\[^\w\s]?[AGZzpPkux]|-\[/;

/** A pattern of Reflector that is no regular expression; one such stops it from handling the object at all. */
export const mirrorPattern: Rule = {
  code: 'secrets/mirror-pattern',
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
  const patterns = typeof value === 'string' ? splitPatterns(value) : [];
  // What starts with a quantifier or is a glob is found by annotation/wrong-value.
  const wrong = patterns.find((pattern) => problemOf(pattern) !== undefined && !isGlob(pattern));
  if (wrong === undefined) return;
  yield {
    on,
    path: pathOf(list),
    fault: 'value',
    value,
    message: `${wrong} in ${list} ${problemOf(wrong)}`,
    expected: 'regular expressions, separated by commas and without commas in them',
    hint: 'Write one entry for each case: team-[a-z],team-[a-z][a-z] instead of team-[a-z]{1,2}.',
  };
}

function isGlob(pattern: string): boolean {
  return /^[*+?]/.test(pattern) || /(?<![.)\]}\\])\*/.test(pattern);
}

function problemOf(pattern: string): string | undefined {
  if (!isBalanced(pattern))
    return 'has a bracket without its other half, and a comma ends a pattern wherever it stands';
  return OTHER_SYNTAX.test(pattern) || compiles(pattern) ? undefined : 'is no regular expression';
}

function isBalanced(pattern: string): boolean {
  const bare = pattern.replaceAll(/\\./g, '').replaceAll(/\[\^?\]?[^\]]*\]/g, '');
  return ['()', '{}', '[]'].every(
    ([open = '', close = '']) => bare.split(open).length === bare.split(close).length,
  );
}

function compiles(pattern: string): boolean {
  try {
    return new RegExp(pattern) instanceof RegExp;
  } catch {
    return false;
  }
}
