import { DFA, JS, NFA, type CharSet, type Concatenation, type Element } from 'refa';

/** A deterministic automaton that accepts what a pattern matches; `check.libsonnet` runs it. */
export interface Automaton {
  /** The class of each ASCII character, one letter each, 128 in all. */
  readonly classes: string;
  /** The class of every character beyond ASCII. */
  readonly other: string;
  /** For each state the state that a class leads to; state 0 is the start. */
  readonly next: readonly { readonly [letter: string]: number }[];
  readonly accepting: readonly number[];
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/**
 * Compiles a pattern to the smallest deterministic automaton.
 *
 * @param pattern a regular expression anchored with ^ and $ at both ends of each alternative, without
 *   look-around and back-references, that treats all characters beyond ASCII alike.
 * @throws Error that quotes the pattern when it is not of that form.
 */
export function compilePattern(pattern: string): Automaton {
  const dfa = toDfa(pattern);
  const states = numberStates(dfa);
  const classes = classify(dfa, pattern);
  const next = [...states.keys()].map((node) => {
    const row: Record<string, number> = {};
    for (const [target, set] of outgoing(node))
      for (const [letter, sample] of classes.samples)
        if (set.has(sample)) row[letter] = states.get(target) as number;
    return row;
  });
  const accepting = [...states]
    .filter(([node]) => dfa.finals.has(node))
    .map(([, number]) => number);
  return { classes: classes.ascii, other: classes.other, next, accepting };
}

function toDfa(pattern: string): DFA {
  const { expression, maxCharacter } = parsePattern(pattern);
  const alternatives = expression.alternatives.map((one) => unanchored(one, pattern));
  const dfa = DFA.fromFA(NFA.fromRegex({ ...expression, alternatives }, { maxCharacter }));
  dfa.minimize();
  return dfa;
}

function parsePattern(pattern: string): JS.ParseResult {
  try {
    return JS.Parser.fromLiteral({ source: pattern, flags: 'u' }).parse();
  } catch (cause) {
    throw new Error(`${pattern} is not a regular expression: ${(cause as Error).message}`, {
      cause,
    });
  }
}

/** An automaton matches the whole text anyway; what is left of the anchors must not be inside. */
function unanchored(alternative: Concatenation, pattern: string): Concatenation {
  const { elements } = alternative;
  if (!isAnchor(elements[0], 'behind') || !isAnchor(elements.at(-1), 'ahead'))
    throw new Error(`${pattern} is not anchored: each alternative needs ^ at its start, $ at its end`);
  const inner = { ...alternative, elements: elements.slice(1, -1) };
  if (hasAssertion(inner))
    throw new Error(`${pattern} has an anchor, \\b or look-around between its ends`);
  return inner;
}

/** refa writes `^` as "no character behind" and `$` as "no character ahead". */
function isAnchor(element: Element | undefined, kind: 'ahead' | 'behind'): boolean {
  if (element?.type !== 'Assertion' || !element.negate || element.kind !== kind) return false;
  const inner = element.alternatives.flatMap((one) => one.elements);
  return inner.length === 1 && inner[0]?.type === 'CharacterClass' && inner[0].characters.isAll;
}

function hasAssertion(concatenation: Concatenation): boolean {
  return concatenation.elements.some(
    (element) =>
      element.type === 'Assertion' ||
      ('alternatives' in element && element.alternatives.some(hasAssertion)),
  );
}

type State = DFA.Node;

function outgoing(node: State): [State, CharSet][] {
  const result: [State, CharSet][] = [];
  for (const [target, set] of node.out.invert(UNICODE_MAXIMUM)) result.push([target, set]);
  return result;
}

const UNICODE_MAXIMUM = 0x10_ff_ff;

function numberStates(dfa: DFA): Map<State, number> {
  const states = new Map<State, number>([[dfa.initial, 0]]);
  // A Map visits entries that are added while it is walked: breadth first, in the order of the characters.
  for (const node of states.keys())
    for (const target of node.out.values())
      if (!states.has(target)) states.set(target, states.size);
  return states;
}

/** Characters that every state treats alike share a class. */
function classify(dfa: DFA, pattern: string) {
  const sets = [...numberStates(dfa).keys()].flatMap((node) =>
    outgoing(node).map(([, set]) => set),
  );
  const bySignature = new Map<string, string>();
  const samples = new Map<string, number>();
  const letterOf = (code: number): string => {
    const signature = sets.map((set) => (set.has(code) ? '1' : '0')).join('');
    const letter = bySignature.get(signature) ?? LETTERS.charAt(bySignature.size);
    if (letter === '')
      throw new Error(`${pattern}: more than ${LETTERS.length} classes of characters`);
    bySignature.set(signature, letter);
    if (!samples.has(letter)) samples.set(letter, code);
    return letter;
  };
  const ascii = Array.from({ length: 128 }, (_, code) => letterOf(code)).join('');
  const other = letterOf(0x80);
  if (sets.some((set) => isPartlyBeyondAscii(set)))
    throw new Error(`${pattern}: treats characters beyond ASCII differently`);
  return { ascii, other, samples };
}

function isPartlyBeyondAscii(set: CharSet): boolean {
  return set.ranges.some(
    ({ min, max }) => max >= 0x80 && !(min <= 0x80 && max === UNICODE_MAXIMUM),
  );
}
