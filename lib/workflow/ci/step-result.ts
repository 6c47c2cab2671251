import { markdownCode } from '../../finding/report/safe-markdown.ts';
import { count } from '../../finding/report/text.ts';
import type { CiResult, CiStep } from './ci-result.ts';

/** How a step ended, in a few words: `2 errors, 1 warning`. */
export function stepResult({ outcome, errors, warnings }: CiStep): string {
  const numbers = [
    ...(errors === 0 ? [] : [count(errors, 'error')]),
    ...(warnings === 0 ? [] : [count(warnings, 'warning')]),
  ].join(', ');
  switch (outcome) {
    case 'passed':
      return 'passed';
    case 'findings':
      return numbers;
    case 'stale':
      return 'stale';
    case 'failed':
      return numbers === '' ? 'failed' : `failed; ${numbers}`;
    case 'nothing':
      return 'nothing to check';
  }
}

/** The steps as a table of Markdown, without times; the last line is empty. */
export function stepTable({ steps }: Pick<CiResult, 'steps'>): string[] {
  const rows = steps.map(
    (step) => `| ${step.name} | ${stepResult(step)} | ${markdownCode(step.detail)} |`,
  );
  return ['| Step | Result | |', '| --- | --- | --- |', ...rows, ''];
}
