import { readFileSync } from 'node:fs';
import path from 'node:path';

/** Cases in which one of both refuses what the other takes. */
export interface Disagreement {
  readonly refuses: 'server' | 'tankard';
  readonly reason: string;
  /** Names of cases, by class. */
  readonly cases: { readonly [className: string]: readonly string[] };
}

/** A case with what both said of it; undefined: it is taken. */
export interface Judged {
  readonly className: string;
  readonly name: string;
  readonly server: string | undefined;
  readonly tankard: string | undefined;
}

/** The committed list. */
export function readDisagreements(): Disagreement[] {
  const file = path.join(import.meta.dirname, 'disagreements.json');
  return JSON.parse(readFileSync(file, 'utf8')) as Disagreement[];
}

/** Who alone refuses; undefined when both agree. */
export function refusing({ server, tankard }: Judged): Disagreement['refuses'] | undefined {
  if ((server === undefined) === (tankard === undefined)) return undefined;
  return server === undefined ? 'tankard' : 'server';
}

/**
 * Compares what was found with the list.
 *
 * @returns `unlisted`: in words, with what was said; `over`: what is listed and did not occur.
 */
export function compareWithList(
  judged: readonly Judged[],
  list: readonly Disagreement[],
): { unlisted: string[]; over: string[] } {
  const listed = new Set(
    list.flatMap(({ refuses, cases }) =>
      Object.entries(cases).flatMap(([name, all]) => all.map((one) => key(refuses, name, one))),
    ),
  );
  const found = judged.flatMap((one) => {
    const refuses = refusing(one);
    return refuses === undefined ? [] : [{ one, key: key(refuses, one.className, one.name) }];
  });
  const keys = new Set(found.map((each) => each.key));
  return {
    unlisted: found
      .filter((each) => !listed.has(each.key))
      .map(({ one, key: name }) => `${name}\n    ${one.server ?? one.tankard}`),
    over: [...listed].filter((name) => !keys.has(name)),
  };
}

function key(refuses: string, className: string, name: string): string {
  return `${className} | ${name} | refused by the ${refuses} alone`;
}
