import type { CorpusMistake } from './corpus.ts';
import { KINDS } from './variant.ts';

/** What found a mistake, at its line. */
export interface Outcome extends CorpusMistake {
  readonly evaluation: boolean;
  readonly lint: boolean;
  readonly validation: boolean;
  /** The same of k8s-libsonnet; undefined where it cannot run the program, or is not there. */
  readonly baseline?: { readonly evaluation: boolean; readonly lint: boolean } | undefined;
}

const HEADINGS = ['', 'all', 'evaluation', 'lint', 'validation', '|', 'all', 'evaluation', 'lint'];
const WIDTHS = [34, 5, 12, 6, 12, 3, 5, 12, 6];

/** The table that a run of the corpus prints: by kind, what found how many at the right line. */
export function report(outcomes: readonly Outcome[]): string {
  const kinds = KINDS.filter((kind) => outcomes.some((outcome) => outcome.kind === kind));
  const open = outcomes.filter(({ mistake }) => mistake.open !== undefined);
  return [
    'mistakes on imported libraries, found at the right line; right of the bar by k8s-libsonnet 1.30',
    row(HEADINGS),
    ...kinds.map((kind) =>
      row([kind, ...counts(outcomes.filter((outcome) => outcome.kind === kind))]),
    ),
    row(['all', ...counts(outcomes)]),
    `found by nothing: ${open.length}`,
    ...open.map(({ title, mistake }) => `  ${title} (${mistake.open})`),
  ].join('\n');
}

function counts(outcomes: readonly Outcome[]): string[] {
  const compared = outcomes.flatMap(({ baseline }) => (baseline === undefined ? [] : [baseline]));
  const ours = (['evaluation', 'lint', 'validation'] as const).map(
    (what) => outcomes.filter((outcome) => outcome[what]).length,
  );
  const theirs = (['evaluation', 'lint'] as const).map(
    (what) => compared.filter((outcome) => outcome[what]).length,
  );
  return [
    ...[outcomes.length, ...ours].map(String),
    '|',
    ...[compared.length, ...theirs].map(String),
  ];
}

function row(cells: readonly string[]): string {
  return cells
    .map((cell, index) =>
      index === 0 ? cell.padEnd(WIDTHS[0] ?? 0) : cell.padStart(WIDTHS[index] ?? 0),
    )
    .join('');
}
