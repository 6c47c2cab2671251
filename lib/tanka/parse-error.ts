import type { Finding } from '../finding/finding.ts';
import type { ErrorContext } from './error-context.ts';
import { evaluationFinding } from './evaluation-finding.ts';
import { manifestFindings } from './manifest-error.ts';

const ERROR = 'Error: ';
const EVALUATION = /^evaluating jsonnet(?: in path '[^\n]*?')?: ([\s\S]*)$/;

/**
 * Turns what tk wrote to stderr when it failed into findings. The formats are those of Tanka v0.38 with
 * go-jsonnet v0.22.
 *
 * @param stderr without log lines.
 * @returns undefined when it is nothing that the user's Jsonnet or spec.json causes, or nothing known.
 */
export function parseTkError(stderr: string, context: ErrorContext): Finding[] | undefined {
  const text = errorText(stderr);
  if (text === undefined) return undefined;
  const evaluation = EVALUATION.exec(text)?.[1];
  if (evaluation !== undefined) {
    const finding = evaluationFinding(evaluation, context);
    return finding === undefined ? undefined : [finding];
  }
  return manifestFindings(text, context);
}

/** The text of the error without `Error: `; undefined when there is none. */
export function errorText(stderr: string): string | undefined {
  const start = errorStart(stderr);
  return start === undefined ? undefined : stderr.slice(start + ERROR.length).trimEnd();
}

/** Where the first line that starts with `Error: ` begins: warnings and traces may come before it. */
export function errorStart(stderr: string): number | undefined {
  if (stderr.startsWith(ERROR)) return 0;
  const lineBreak = stderr.indexOf(`\n${ERROR}`);
  return lineBreak === -1 ? undefined : lineBreak + 1;
}
