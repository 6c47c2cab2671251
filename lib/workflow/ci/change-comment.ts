import type { ChangeKind } from '../../compare/resource-change.ts';
import { markdownBlock, markdownCode } from '../../finding/report/safe-markdown.ts';
import { count, findingsText, unpainted } from '../../finding/report/text.ts';
import { changeLines } from '../../preview/text/change-lines.ts';
import type { CiResult } from './ci-result.ts';
import type { CommitDiff } from './environment-diffs.ts';
import { stepTable } from './step-result.ts';

/** The first line of each comment, by which a job finds the one to update. */
export const COMMENT_MARKER = '<!-- tankard ci -->';

/** Characters that GitHub takes in a comment; GitLab takes a million. Source: the answer of GitHub's API to a longer one. */
const LONGEST_COMMENT = 65_536;
/** Rows of the table of environments; the others are counted. */
const MOST_ROWS = 50;
/** Columns to which lines are cut: wider ones cannot be read in a comment. */
const COLUMNS = 140;
/** Characters below which it is not worth to begin with an environment, and that stay free for what is said of the others. */
const LEAST_BLOCK = 600;

/**
 * What a range does to the manifests, and how the steps ended, as a comment of a code host: a marker, the sums, a table, and for
 * each environment what changes in it. Values of Secrets are not in it. It has no times and paths of the machine, so the same
 * change gives the same comment.
 *
 * @param result of `ci` with `diffs`.
 * @param options.longest characters at most; what does not fit is counted.
 * @returns Markdown that ends in a line break.
 */
export function changeComment(
  result: CiResult,
  options: { readonly longest?: number } = {},
): string {
  const { longest = LONGEST_COMMENT } = options;
  const diffs = (result.diffs ?? []).filter(isWorthTelling);
  const head = [
    COMMENT_MARKER,
    '### Tankard',
    '',
    headline(diffs, result),
    '',
    ...stepTable(result),
    ...environmentTable(diffs),
  ].join('\n');
  const blocks = fittingBlocks(diffs, result.root, longest - head.length - 1);
  return `${[head, ...blocks].join('\n')}\n`;
}

function isWorthTelling({ changes, found, gone, problem }: CommitDiff): boolean {
  return problem !== undefined || changes.length + found.length + gone.length > 0;
}

function headline(diffs: readonly CommitDiff[], { base = '', diffs: all = [] }: CiResult): string {
  const from = `compared with ${markdownCode(base.slice(0, 7))}`;
  if (diffs.length === 0)
    return `No manifest changes in ${count(all.length, 'environment')}, ${from}.`;
  const changed = diffs.filter(({ changes }) => changes.length > 0);
  const broken = diffs.filter(({ problem }) => problem !== undefined).length;
  const parts = [
    `${sum(diffs, 'added')} added, ${sum(diffs, 'changed')} changed, ${sum(diffs, 'removed')} removed`,
    `${total(diffs, 'found')} new and ${total(diffs, 'gone')} gone of the findings`,
    ...(broken === 0 ? [] : [`${count(broken, 'environment')} could not be compared`]),
  ];
  return `**${count(changed.length, 'environment')} of ${all.length} change**, ${from}: ${parts.join('; ')}.`;
}

function sum(diffs: readonly CommitDiff[], kind: ChangeKind): number {
  return diffs.reduce((number, diff) => number + ofKind(diff, kind), 0);
}

function ofKind({ changes }: CommitDiff, kind: ChangeKind): number {
  return changes.filter((change) => change.kind === kind).length;
}

function total(diffs: readonly CommitDiff[], list: 'found' | 'gone'): number {
  return diffs.reduce((number, diff) => number + diff[list].length, 0);
}

function environmentTable(diffs: readonly CommitDiff[]): string[] {
  if (diffs.length === 0) return [];
  const rows = diffs.slice(0, MOST_ROWS).map((diff) => {
    const cells =
      diff.problem === undefined
        ? [ofKind(diff, 'added'), ofKind(diff, 'changed'), ofKind(diff, 'removed')]
        : ['not compared', '', ''];
    const row = [markdownCode(diff.environment), ...cells, diff.found.length, diff.gone.length];
    return `| ${row.join(' | ')} |`;
  });
  const rest = diffs.length - rows.length;
  return [
    '| Environment | Added | Changed | Removed | Findings: new | gone |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows,
    '',
    ...(rest === 0 ? [] : [`${count(rest, 'more environment')} not in this table.`, '']),
  ];
}

/** Each environment gets its share of the room; the smallest come first, since what they leave is for the larger ones. */
function fittingBlocks(diffs: readonly CommitDiff[], root: string, room: number): string[] {
  const sized = diffs.map((diff, index) => {
    const size = environmentBlock(diff, root, Number.POSITIVE_INFINITY)?.length ?? 0;
    return { diff, index, size };
  });
  const blocks: (string | undefined)[] = diffs.map(() => undefined);
  let left = room - LEAST_BLOCK;
  for (const [at, { diff, index }] of sized.toSorted((a, b) => a.size - b.size).entries()) {
    const share = Math.max(Math.floor(left / (diffs.length - at)), 2 * LEAST_BLOCK);
    const block = environmentBlock(diff, root, Math.min(share, left));
    blocks[index] = block;
    left -= block === undefined ? 0 : block.length + 1;
  }
  const shown = blocks.filter((block) => block !== undefined);
  const omitted = diffs.length - shown.length;
  const cut = `The changes of ${count(omitted, 'more environment')} do not fit into this comment; they are counted above.`;
  return omitted === 0 ? shown : [...shown, cut];
}

function environmentBlock(diff: CommitDiff, root: string, room: number): string | undefined {
  const lines = linesOf(diff, root);
  const open = `<details><summary>${markdownCode(diff.environment)}</summary>\n\n`;
  const close = '\n\n</details>\n';
  const whole = `${open}${markdownBlock(lines, 'diff')}${close}`;
  if (whole.length <= room) return whole;
  if (room < LEAST_BLOCK) return undefined;
  // The fence takes as much as the longest run of backticks in what is cut too.
  const frame = whole.length - lines.join('\n').length;
  let kept = 0;
  let used = frame + '... 1000000 more lines\n'.length;
  while (used + (lines[kept]?.length ?? 0) + 1 <= room) used += (lines[kept++]?.length ?? 0) + 1;
  const shown = [...lines.slice(0, kept), `... ${count(lines.length - kept, 'more line')}`];
  return `${open}${markdownBlock(shown, 'diff')}${close}`;
}

function linesOf({ changes, found, gone, problem }: CommitDiff, root: string): string[] {
  if (problem !== undefined) return ['could not be compared:', ...problem.split('\n')];
  const style = { paint: unpainted, columns: COLUMNS };
  return [
    ...changeLines(changes, { root, style }),
    ...(found.length === 0
      ? []
      : [
          '',
          `${count(found.length, 'new finding')}:`,
          ...findingsText(found, root, style).split('\n'),
        ]),
    ...(gone.length === 0
      ? []
      : [
          '',
          `${count(gone.length, 'finding')} gone:`,
          ...findingsText(gone, root, style).split('\n'),
        ]),
  ];
}
