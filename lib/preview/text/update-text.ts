import type { Finding, Severity } from '../../finding/finding.ts';
import { harmless, harmlessLines } from '../../finding/harmless.ts';
import { count, findingsText, showResource } from '../../finding/report/text.ts';
import { groupSame } from '../../finding/report/same-findings.ts';
import type { PreviewUpdate, Problem } from '../preview-session.ts';
import { changeLines, countChanges } from './change-lines.ts';
import { columnsOf, paintOf, type PreviewLook } from './preview-look.ts';

/** Findings that a save removed are named up to this number. */
const MOST_GONE = 5;
/** Findings of one block; those that have one cause count once. */
const MOST_FOUND = 10;

/**
 * What a save did to one environment, as a block of lines: the environment with the time and the counts, the resources
 * that changed with their values, new findings with their places, and those that are gone. Signs and words say what the
 * colours do.
 *
 * @param hasGoodState whether the environment rendered at some time, so that something stays when it is broken.
 * @returns without a line break at the end.
 */
export function updateText(
  update: PreviewUpdate,
  look: PreviewLook,
  hasGoodState = !update.isFirst,
): string {
  const { problem, changes, found } = update;
  return [
    headline(update, look),
    ...(problem === undefined ? [] : problemLines(problem, hasGoodState, look)),
    ...changeLines(changes, look),
    ...foundLines(found, look),
    ...goneLines(update.gone, look),
  ].join('\n');
}

function headline(update: PreviewUpdate, look: PreviewLook): string {
  const { environment, durationMs } = update;
  return headlineText(environment, durationMs, updateWords(update, look), look);
}

/**
 * The first line of a block.
 *
 * @param name of the environment, or of several.
 * @param words from `updateWords`.
 */
export function headlineText(
  name: string,
  durationMs: number,
  words: string,
  look: PreviewLook,
): string {
  const paint = paintOf(look);
  return `${paint('heading', harmless(name))}  ${paint('faint', durationText(durationMs))}  ${words}`;
}

/** What a save did, in numbers, such as `2 changed, 1 error new`. */
export function updateWords(update: PreviewUpdate, look: PreviewLook): string {
  const { problem, isMended, isFirst } = update;
  const paint = paintOf(look);
  const counts = [
    ...countChanges(update.changes),
    ...countFindings(update.found, isFirst ? '' : ' new'),
    ...countFindings(update.gone, ' gone'),
  ];
  const nothing = isFirst ? 'no findings' : 'no change';
  const words = [
    ...(problem === undefined ? [] : [paint('error', 'broken')]),
    ...(isMended ? [paint('added', 'mended')] : []),
    ...(counts.length === 0 && problem === undefined ? [nothing] : counts),
  ];
  return words.join(', ');
}

/** `182 ms`, `1.4 s`, `75 s`. */
function durationText(durationMs: number): string {
  const ms = Math.round(durationMs);
  if (ms < 1000) return `${ms} ms`;
  return `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`;
}

function countFindings(findings: readonly Finding[], suffix: string): string[] {
  return (['error', 'warning'] satisfies Severity[]).flatMap((severity) => {
    const number = findings.filter((finding) => finding.severity === severity).length;
    return number === 0 ? [] : [`${count(number, severity)}${suffix}`];
  });
}

/** Findings as a block shows them: the first ones, errors before warnings, where a key shows all. */
export function foundLines(found: readonly Finding[], look: PreviewLook): string[] {
  if (found.length === 0) return [];
  const causes = groupSame(found);
  if (look.allKey === undefined || causes.length <= MOST_FOUND) return [shownFindings(found, look)];
  const shown = (['error', 'warning'] satisfies Severity[])
    .flatMap((severity) => causes.filter(({ first }) => first.severity === severity))
    .slice(0, MOST_FOUND)
    .flatMap(({ first, more }) => [first, ...more]);
  const rest = `... ${count(found.length - shown.length, 'more finding')} (${look.allKey} shows all)`;
  return [shownFindings(shown, look), `  ${paintOf(look)('faint', rest)}`];
}

function shownFindings(findings: readonly Finding[], look: PreviewLook): string {
  return findingsText(findings, look.root, { ...look.style, columns: columnsOf(look) });
}

/** Why an environment does not render; the findings of the Jsonnet, or why tk could not run to its end. */
export function problemLines(problem: Problem, hasGoodState: boolean, look: PreviewLook): string[] {
  const kept = hasGoodState ? ['  The last good render stays until this is mended.'] : [];
  if ('findings' in problem) return [shownFindings(problem.findings, look), ...kept];
  const { message, hint } = problem.failure;
  const lines = [message, ...(hint === undefined ? [] : [hint])].flatMap((text) =>
    harmlessLines(text).split('\n'),
  );
  const [first = '', ...more] = lines;
  return [
    `    ${paintOf(look)('error', 'error')}  ${first}`,
    ...more.map((line) => `      ${line}`),
    ...kept,
  ];
}

function goneLines(gone: readonly Finding[], look: PreviewLook): string[] {
  const most = look.allKey === undefined ? gone.length : MOST_GONE;
  const rest = gone.length - most;
  return [
    ...gone.slice(0, most).map(({ code, resource }) => {
      const title = resource === undefined ? '' : ` ${harmless(showResource(resource))}`;
      return `  gone: ${code}${title}`;
    }),
    ...(rest > 0 ? [`  and ${rest} more gone`] : []),
  ];
}
