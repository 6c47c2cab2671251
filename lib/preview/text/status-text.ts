import type { Severity } from '../../finding/finding.ts';
import { harmless } from '../../finding/harmless.ts';
import { cutLine } from '../../finding/report/source-excerpt.ts';
import { count, findingsText } from '../../finding/report/text.ts';
import type { PreviewEnvironment } from '../preview-session.ts';
import { columnsOf, paintOf, type PreviewLook } from './preview-look.ts';
import { problemLines } from './update-text.ts';

/** So many environments are named; of more their number is said. */
const MOST_NAMED = 3;

/** How all environments of a preview are, in one line as wide as the window. */
export function statusText(environments: readonly PreviewEnvironment[], look: PreviewLook): string {
  const broken = environments.filter(({ status }) => status === 'broken');
  const waiting = environments.filter(({ status }) => status === 'waiting').length;
  const isFew = environments.length <= MOST_NAMED;
  const parts = [
    isFew ? environments.map(nameOf).join(', ') : count(environments.length, 'environment'),
    `${countOf(environments, 'error')}, ${countOf(environments, 'warning')}`,
    ...(waiting === 0 ? [] : [`${waiting} not rendered yet`]),
    ...(isFew || broken.length === 0
      ? []
      : [`${broken.length} broken: ${broken.map(({ id }) => id).join(', ')}`]),
  ];
  return cutLine(harmless(parts.join('; ')), columnsOf(look));
}

function nameOf({ id, status }: PreviewEnvironment): string {
  return status === 'broken' ? `${id} (broken)` : id;
}

function countOf(environments: readonly PreviewEnvironment[], severity: Severity): string {
  const findings = environments.flatMap(({ snapshot }) => snapshot?.findings ?? []);
  return count(findings.filter((finding) => finding.severity === severity).length, severity);
}

/**
 * All findings of a preview as they are now, by environment, and why those that are broken do not render; then the line
 * of `statusText`.
 */
export function allFindingsText(
  environments: readonly PreviewEnvironment[],
  look: PreviewLook,
): string {
  const blocks = environments.flatMap((environment) => {
    const { id, problem, snapshot } = environment;
    const findings = snapshot?.findings ?? [];
    const lines = [
      ...(problem === undefined ? [] : problemLines(problem, snapshot !== undefined, look)),
      ...(findings.length === 0 ? [] : [findingsText(findings, look.root, look.style)]),
    ];
    const name = paintOf(look)('heading', harmless(id));
    return lines.length === 0 ? [] : [`${[name, ...lines].join('\n')}\n`];
  });
  return [...blocks, statusText(environments, look)].join('\n');
}
