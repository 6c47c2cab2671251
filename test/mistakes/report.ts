import type { CorpusMistake } from './corpus.ts';
import { KINDS, type Mistake } from './variant.ts';

/** Enough of a title to find the mistake in its family. */
const WIDTH = 140;

/** A mistake, and whether validating gave what the corpus says. */
export interface Outcome extends CorpusMistake {
  readonly asExpected: boolean;
}

/** The count that a run of the corpus prints: found at the right line, by kind, and what is open. */
export function report(outcomes: readonly Outcome[]): string {
  const found = outcomes.filter(isFound);
  return [
    `mistakes corpus: ${found.length} of ${outcomes.length} mistakes found at the right line`,
    ...KINDS.map((kind) => kindLine(kind, outcomes)),
    ...reasonLines('found, but at another line', outcomes, ({ near }) => near),
    ...reasonLines('still open', outcomes, ({ open }) => open),
  ].join('\n');
}

function isFound({ mistake, asExpected }: Outcome): boolean {
  return asExpected && mistake.open === undefined && mistake.near === undefined;
}

function kindLine(kind: string, outcomes: readonly Outcome[]): string {
  const all = outcomes.filter((outcome) => outcome.kind === kind);
  const counts = [all.filter(isFound), all].map((some) => String(some.length).padStart(3));
  return `  ${kind.padEnd(34)}${counts.join(' of ')}`;
}

function reasonLines(
  heading: string,
  outcomes: readonly Outcome[],
  reasonOf: (mistake: Mistake) => string | undefined,
): string[] {
  const concerned = outcomes.filter(({ mistake }) => reasonOf(mistake) !== undefined);
  const reasons = new Set(concerned.map(({ mistake }) => reasonOf(mistake)));
  return [
    `${heading}: ${concerned.length}`,
    ...[...reasons].flatMap((reason) => [
      `  ${reason}`,
      ...concerned
        .filter(({ mistake }) => reasonOf(mistake) === reason)
        .map(({ title }) => `    ${clipped(title)}`),
    ]),
  ];
}

function clipped(text: string): string {
  return text.length <= WIDTH ? text : `${text.slice(0, WIDTH)}...`;
}
