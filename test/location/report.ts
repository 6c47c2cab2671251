import type { Accepted } from './accepted-places.ts';
import type { Case } from './corpus.ts';
import type { Told } from './run-corpus.ts';

/** A case, where it was located, and the lines that are right. */
export interface Outcome extends Case {
  readonly told: Told;
  readonly accepted: Accepted;
}

/** Whether the first place that is told is a right line. */
export function isRight({ told, accepted }: Outcome): boolean {
  return accepted.places.includes(told.places[0] ?? '');
}

/** The percentages that a run of the corpus prints, by kind, and the mistakes that are located elsewhere. */
export function report(outcomes: readonly Outcome[]): string {
  const faults = ['key', 'value', 'missing', 'evaluation'];
  const groups = faults.map((fault) => {
    const some = outcomes.filter(({ told }) => told.fault === fault);
    return line(fault === 'evaluation' ? 'evaluation failed' : `${fault} in a manifest`, some);
  });
  const several = outcomes.filter((one) => isRight(one) && one.accepted.why !== undefined);
  return [
    line('location corpus: right line', outcomes),
    ...groups.map((text) => `  ${text}`),
    `  ${line(
      'written by hand',
      outcomes.filter(({ random }) => random === undefined),
    )}`,
    `  ${line(
      'made at random',
      outcomes.filter(({ random }) => random !== undefined),
    )}`,
    `  in the first three: ${share(outcomes.filter(isAmongFirst), outcomes)}; near: ${share(outcomes.filter(isNear), outcomes)}; with more than one right line: ${several.length}`,
    ...outcomes.filter((one) => !isRight(one)).map(elsewhere),
  ].join('\n');
}

function line(name: string, some: readonly Outcome[]): string {
  return `${name.padEnd(22)} ${share(some.filter(isRight), some)}`;
}

function share(some: readonly Outcome[], all: readonly Outcome[]): string {
  return `${some.length} of ${all.length} (${((100 * some.length) / Math.max(all.length, 1)).toFixed(1)} %)`;
}

function isAmongFirst({ told, accepted }: Outcome): boolean {
  return told.places.slice(0, 3).some((place) => accepted.places.includes(place));
}

function isNear({ told }: Outcome): boolean {
  return told.certainty === 'near';
}

function elsewhere({ title, told, accepted }: Outcome): string {
  return `  elsewhere: ${title}\n    ${told.certainty} ${told.places.join(' ')}, not ${accepted.places[0]}`;
}
