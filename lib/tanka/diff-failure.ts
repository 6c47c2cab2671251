import { Failure } from '../finding/failure.ts';
import type { Finding } from '../finding/finding.ts';
import type { ErrorContext } from './error-context.ts';
import { errorText, parseTkError } from './parse-error.ts';
import { kubectlFailure } from './kubectl-failure.ts';
import type { TkOutput } from './run-tk.ts';
import { specFindings } from './spec-error.ts';
import { usageProblem } from './usage-problem.ts';

/**
 * Why `tk diff` failed. The formats are those of Tanka v0.38 and kubectl v1.32 to v1.36.
 *
 * @param output of a run with an exit code that is not 0.
 * @param purpose what was being done.
 * @param name the inline environment that was asked for, if any.
 */
export async function diffFailure(
  output: TkOutput,
  purpose: string,
  context: ErrorContext,
  name: string | undefined,
): Promise<Failure> {
  const text = errorText(output.stderr) ?? output.logs.join('\n');
  const usage = usageProblem(text, name) ?? specProblem(text);
  if (usage !== undefined)
    return new Failure('usage', `${purpose}: ${usage.message}`, { hint: usage.hint });
  const finding = (parseTkError(output.stderr, context) ??
    (await specFindings(text, context)))?.[0];
  if (finding !== undefined) return doesNotRender(purpose, finding);
  return kubectlFailure(output, text, purpose);
}

function specProblem(text: string): { message: string; hint: string } | undefined {
  if (!text.startsWith("your Environment's spec.json seems incomplete")) return undefined;
  if (text.includes('mutually exclusive'))
    return {
      message: 'its spec has both apiServer and contextNames',
      hint: 'Leave one of them in spec.json: tk takes the cluster from it.',
    };
  if (text.includes('Default namespace missing'))
    return {
      message: 'its spec.namespace is empty',
      hint: 'Set spec.namespace in spec.json: tk compares with a cluster only when it is set.',
    };
  return {
    message: 'it names no cluster',
    hint: 'Set spec.apiServer, or spec.contextNames, in spec.json to the cluster that it is applied to.',
  };
}

function doesNotRender(purpose: string, { message, hint }: Finding): Failure {
  return new Failure(
    'usage',
    `${purpose}: it does not render: ${message}`,
    hint === undefined ? {} : { hint },
  );
}
