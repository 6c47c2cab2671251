/** A character of a pattern; undefined stands for any. */
interface Token {
  readonly letter: string | undefined;
  readonly isRepeated: boolean;
  readonly isOptional: boolean;
}

const TOKEN = /(?:\\([^A-Za-z0-9])|(\\[dw]|\.|\[[^\]]+\])|([^\\.[\](){}|*+?^$]))([*+?]?)/y;

/**
 * Whether a name can match both of two regular expressions.
 *
 * @returns true also where it is not decided: for groups, alternatives and counts.
 */
export function patternsOverlap(left: string, right: string): boolean {
  const [first, second] = [tokensOf(left), tokensOf(right)];
  return first === undefined || second === undefined || meet(first, second);
}

function tokensOf(pattern: string): Token[] | undefined {
  const text = pattern.replace(/^\^/, '').replace(/\$$/, '');
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const [, escaped, any, letter, count] = TOKEN.exec(text) ?? [];
    if (count === undefined) return undefined;
    const token = { letter: any === undefined ? (escaped ?? letter) : undefined };
    if (count === '+') tokens.push({ ...token, isRepeated: false, isOptional: false });
    tokens.push({ ...token, isRepeated: /[*+]/.test(count), isOptional: count !== '' });
  }
  return tokens;
}

/** Walks both at once, in every way that reads the same letters. */
function meet(left: readonly Token[], right: readonly Token[]): boolean {
  const seen = new Set<string>();
  const waiting: [number, number][] = [[0, 0]];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (seen.has(String(at))) continue;
    seen.add(String(at));
    const [one, other] = [left[at[0]], right[at[1]]];
    if (one === undefined && other === undefined) return true;
    waiting.push(...stepsFrom(at, one, other));
  }
  return false;
}

function stepsFrom(
  [i, j]: readonly [number, number],
  one: Token | undefined,
  other: Token | undefined,
): [number, number][] {
  const steps: [number, number][] = [];
  if (one?.isOptional) steps.push([i + 1, j]);
  if (other?.isOptional) steps.push([i, j + 1]);
  if (one === undefined || other === undefined) return steps;
  const isSame =
    one.letter === undefined || other.letter === undefined || one.letter === other.letter;
  if (isSame) steps.push([one.isRepeated ? i : i + 1, other.isRepeated ? j : j + 1]);
  return steps;
}
