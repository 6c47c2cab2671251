import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { patternsOf } from '../../../lib/emit/jsonnet/asserts.ts';
import { compilePattern, type Automaton } from '../../../lib/emit/jsonnet/automaton.ts';
import { ownFamilies } from '../families.ts';
import { useEvaluators, valueOf } from './evaluators.ts';

const { tanka, plain } = useEvaluators();

/** What check.libsonnet does with an automaton. */
function accepts(automaton: Automaton, text: string): boolean {
  let state: number | undefined = 0;
  for (const character of text) {
    const code = character.codePointAt(0) as number;
    const letter = code < 128 ? (automaton.classes[code] as string) : automaton.other;
    state = automaton.next[state]?.[letter];
    if (state === undefined) return false;
  }
  return automaton.accepting.includes(state);
}

const families = await ownFamilies();
const patterns = new Set(
  families.flatMap((family) =>
    family.definitions.flatMap((definition) =>
      definition.parameters.flatMap((parameter) => patternsOf(parameter.node)),
    ),
  ),
);

/** Texts that match, texts one edit away from matching, and any others. */
function candidates(pattern: string): fc.Arbitrary<string> {
  const matching = fc.stringMatching(new RegExp(pattern));
  const character = fc.oneof(
    fc.constantFrom('\n', ' ', '*', '.', '-', '/', ':', ',', '\\', 'A', 'a', '0', '_', '\0', 'é'),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  );
  const edited = fc
    .tuple(matching, character, fc.nat(), fc.constantFrom('insert', 'replace', 'remove', 'append'))
    .map(([text, one, place, edit]) => {
      const characters = Array.from(text);
      const at = edit === 'append' ? characters.length : place % (characters.length + 1);
      const removed = edit === 'insert' || edit === 'append' ? 0 : 1;
      characters.splice(at, removed, ...(edit === 'remove' ? [] : [one]));
      return characters.join('');
    });
  // JSON has no half surrogate pairs.
  return fc.oneof(matching, edited, fc.string()).filter((text) => !/\p{Surrogate}/u.test(text));
}

describe.each([...patterns])('%s', (pattern) => {
  const automaton = compilePattern(pattern);

  it('means the same to JavaScript, the automaton in Jsonnet and RE2', async () => {
    const texts = fc.array(candidates(pattern), { minLength: 60, maxLength: 80, size: 'max' });
    const matches = fc.asyncProperty(texts, async (sample) => {
      const expected = sample.map((text) => new RegExp(pattern, 'u').test(text));
      expect(sample.map((text) => accepts(automaton, text))).toEqual(expected);
      const jsonnet = `local check = import 'tankard/check.libsonnet';
        local pattern = ${JSON.stringify(pattern)};
        local matches = check.matcher({ [pattern]: ${JSON.stringify(automaton)} });
        [matches(pattern, text) for text in ${JSON.stringify(sample)}]`;
      expect(valueOf(await plain(jsonnet))).toEqual(expected);
      expect(valueOf(await tanka(jsonnet))).toEqual(expected);
    });
    await fc.assert(matches, { numRuns: 3 });
  });
});

describe('compilePattern', () => {
  it('knows at least the patterns of role ARNs, hosts and namespaces', () => {
    expect(patterns.size).toBeGreaterThan(10);
  });

  it.each([
    ['^a$|^b$', ['a', 'b'], ['ab', '']],
    ['^(a|b)*$', ['', 'abba'], ['c']],
    ['^[^,]$', ['é', '😀', '\n'], [',', 'éé']],
    [String.raw`^\$$`, ['$'], ['']],
  ])('compiles %s', (pattern, yes, no) => {
    const automaton = compilePattern(pattern);
    expect(yes.filter((text) => !accepts(automaton, text))).toEqual([]);
    expect(no.filter((text) => accepts(automaton, text))).toEqual([]);
  });

  it.each([
    ['^a|b$', 'not anchored'],
    [String.raw`^a\$`, 'not anchored'],
    ['^a$b$', 'anchor'],
    ['^(?:^a|b)$', 'anchor'],
    [String.raw`^\bc$`, 'anchor'],
    ['^[à-ü]$', 'beyond ASCII'],
    ['^.$', 'beyond ASCII'],
    ['^[a$', 'not a regular expression'],
  ])('refuses %s', (pattern, reason) => {
    expect(() => compilePattern(pattern)).toThrow(reason);
  });
});
