import { Option, type Command } from '@commander-js/extra-typings';
import type { ResourceChange } from '../compare/resource-change.ts';
import { EXIT_FINDINGS, type Failure } from '../finding/failure.ts';
import type { ResourceId } from '../finding/finding.ts';
import { harmless } from '../finding/harmless.ts';
import { JSON_VERSION, jsonFailure, jsonReport } from '../finding/report/json.ts';
import { count, showResource, textReport } from '../finding/report/text.ts';
import { comparisonText } from '../preview/text/comparison-text.ts';
import type { Target } from '../workflow/deploy/deployment.ts';
import type { DeployOptions } from '../workflow/deploy/open-deployments.ts';
import type { ValidateResult } from '../workflow/validate.ts';
import { columns } from './columns.ts';
import {
  baselineOption,
  formatOption,
  kubernetesOption,
  projectOptions,
  tankaArguments,
  type TankaOptions,
  withTankaOptions,
  type Context,
} from './context.ts';

/** Adds what every command that talks to the clusters of environments takes. */
export function withDeployOptions<Args extends unknown[], Opts extends Record<string, unknown>>(
  command: Command<Args, Opts>,
) {
  return withTankaOptions(command)
    .option('--context <name>', 'context of the kubeconfig, where several match spec.json')
    .addOption(
      new Option('--apply-strategy <strategy>', 'instead of spec.applyStrategy').choices([
        'client',
        'server',
      ] as const),
    )
    .option(
      '--dangerous-skip-validation',
      'go on in spite of errors in what was rendered; says how many',
    )
    .addOption(kubernetesOption())
    .addOption(baselineOption())
    .addOption(formatOption());
}

interface ParsedOptions extends TankaOptions {
  readonly context?: string | undefined;
  readonly applyStrategy?: 'client' | 'server' | undefined;
  readonly dangerousSkipValidation?: true | undefined;
  readonly kubernetes?: string | undefined;
  readonly baseline?: string | undefined;
  readonly format: 'text' | 'json';
}

/** The parsed options of `withDeployOptions`. The report of what was found goes to stderr, errors first of all. */
export function deployOptions(
  context: Context,
  environments: readonly string[],
  options: ParsedOptions,
): DeployOptions & {
  readonly onValidated: (result: ValidateResult, skippedErrors: number) => void;
} {
  const { kubernetes, baseline, applyStrategy, context: cluster } = options;
  return {
    ...projectOptions(context),
    environments,
    args: tankaArguments(options),
    skipValidation: options.dangerousSkipValidation ?? false,
    ...(cluster === undefined ? {} : { context: cluster }),
    ...(applyStrategy === undefined ? {} : { applyStrategy }),
    ...(kubernetes === undefined ? {} : { kubernetes }),
    ...(baseline === undefined ? {} : { baseline }),
    onEnvironment: (done, total) =>
      context.terminal.progress(`validated ${done} of ${total} environments`),
    onValidated: (result, skippedErrors) => {
      const { terminal } = context;
      terminal.progress('');
      terminal.note(textReport(result.environments, result.root, terminal.look('stderr')));
      if (skippedErrors > 0)
        terminal.note(
          `going on in spite of ${count(skippedErrors, 'error')}: --dangerous-skip-validation`,
        );
    },
  };
}

/** Says that errors stopped the command, and sets the exit code. */
export function noteStopped({ terminal, exit }: Context, done: string): void {
  terminal.note(`${done}: mend the errors first`);
  exit(EXIT_FINDINGS);
}

/** Prints why something went wrong with the environment `id`, and sets the exit code. */
export function noteFailure({ terminal, exit }: Context, id: string, failure: Failure): void {
  // What is said of a cluster alone does not tell which of several environments it is.
  const which = failure.message.includes(id) ? '' : `${harmless(id)}: `;
  terminal.note(`tankard: ${which}${failure.message}`);
  if (failure.hint !== undefined) terminal.note(failure.hint);
  exit(failure.exitCode);
}

/** Where an environment goes: `context prod (https://10.0.0.1:6443), namespace web`. */
export function targetText({ context, server, namespace }: Target): string {
  return harmless(`context ${context} (${server}), namespace ${namespace}`);
}

/**
 * Shows what is about to be done to an environment: on stdout, or beside JSON on stderr.
 *
 * @param plan.more lines below the changes.
 */
export function showPlan(
  { terminal }: Context,
  format: 'text' | 'json',
  plan: {
    readonly id: string;
    readonly target: Target;
    readonly changes: readonly ResourceChange[];
    readonly more: readonly string[];
  },
): void {
  const { id, target, changes, more } = plan;
  const style = terminal.look(format === 'text' ? 'stdout' : 'stderr');
  const label = targetText(target);
  const block = comparisonText(harmless(id), { label, changes }, { root: '', style });
  const text = [block, ...more.map(harmless)].join('\n');
  if (format === 'text') terminal.print(`${text}\n`);
  else terminal.note(text);
}

/** One environment in the table at the end. */
export interface OutcomeRow {
  readonly id: string;
  readonly target: Target;
  readonly result: string;
  /** What was done with how many objects; empty for none. */
  readonly objects: string;
  readonly durationMs: number;
}

/** The table at the end, without a line break after it. */
export function outcomeTable(outcomes: readonly OutcomeRow[]): string {
  const rows = outcomes.map(({ id, target, result, objects, durationMs }) => [
    harmless(id),
    harmless(target.context),
    result,
    objects || '-',
    `${(durationMs / 1000).toFixed(1)} s`,
  ]);
  return columns([['ENVIRONMENT', 'CONTEXT', 'RESULT', 'OBJECTS', 'TIME'], ...rows]).trimEnd();
}

/** What was not done of an environment: `3 objects applied, 1 not: ConfigMap default/a`. */
export function partText(
  id: string,
  word: 'applied' | 'deleted',
  { done, left }: { readonly done: number; readonly left: readonly ResourceId[] },
): string {
  const list = left.map(showResource).join(', ');
  return harmless(`${id}: ${count(done, 'object')} ${word}, ${left.length} not: ${list}`);
}

/** Asks for `yes`. Without somebody to answer it is a no. */
export async function confirmed({ terminal, signal }: Context, question: string): Promise<boolean> {
  const answer = await terminal.ask(`${question} Only yes is taken for a yes: `, signal);
  if (answer === undefined) terminal.note('');
  return answer?.trim() === 'yes';
}

/** Leaves tk at work, and says so, when the first Ctrl-C comes; the second one ends it. */
export function noteInterrupt({ terminal, signal }: Context): void {
  signal.addEventListener(
    'abort',
    () =>
      terminal.note(
        'interrupted: what is being written to the cluster is finished, nothing else is started; interrupt again to stop it at once',
      ),
    { once: true },
  );
}

/**
 * What `--format json` prints of a command that talks to clusters.
 *
 * @param environments what was done with each, in the order asked for.
 */
export function deployJson(
  result: ValidateResult & { readonly stopped: boolean },
  environments: readonly object[],
): object {
  return {
    version: JSON_VERSION,
    stopped: result.stopped,
    environments,
    report: jsonReport(result),
  };
}

/** What every environment has in JSON. */
export function environmentJson({
  id,
  target,
  failure,
}: {
  readonly id: string;
  readonly target: Target;
  readonly failure?: Failure;
}): object {
  return { id, target, ...(failure === undefined ? {} : { error: jsonFailure(failure) }) };
}
