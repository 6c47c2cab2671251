import type { Difference } from './compare-surfaces.ts';

/** Differences that are meant, with their reason. */
export interface ListedDifference {
  /** Functions; `*` stands for any text. */
  readonly functions: readonly string[];
  /** A part of the difference's text. */
  readonly difference: string;
  readonly reason: string;
}

/** What a list and what was found do not share. */
export interface Unmatched {
  /** Differences that no entry lists. */
  readonly unlisted: readonly string[];
  /** Functions of entries that have no such difference. */
  readonly obsolete: readonly string[];
}

/** Holds the differences that were found to the list of those that are meant. */
export function matchDifferences(
  found: readonly Difference[],
  listed: readonly ListedDifference[],
): Unmatched {
  const rules = listed.flatMap(({ functions, difference }) =>
    functions.map((pattern) => ({ pattern, name: nameTest(pattern), difference })),
  );
  const isListed = (one: Difference, rule: (typeof rules)[number]): boolean =>
    rule.name.test(one.function) && one.difference.includes(rule.difference);
  return {
    unlisted: found
      .filter((one) => !rules.some((rule) => isListed(one, rule)))
      .map((one) => `${one.function} ${one.difference}`),
    obsolete: rules
      .filter((rule) => !found.some((one) => isListed(one, rule)))
      .map(({ pattern, difference }) => `${pattern}: ${difference}`),
  };
}

function nameTest(pattern: string): RegExp {
  const escaped = pattern.replaceAll('.', String.raw`\.`).replaceAll('*', '.*');
  return new RegExp(`^${escaped}$`, 'u');
}
