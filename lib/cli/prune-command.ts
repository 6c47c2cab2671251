import { Command, Option } from '@commander-js/extra-typings';
import { EXIT_INTERRUPTED } from '../finding/failure.ts';
import { harmless } from '../finding/harmless.ts';
import { count, showResource } from '../finding/report/text.ts';
import { comparisonText } from '../preview/text/comparison-text.ts';
import type { PruneOutcome, PrunePlan, PruneResult } from '../workflow/deploy/prune.ts';
import { type Context, printJson } from './context.ts';
import {
  confirmed,
  deployJson,
  deployOptions,
  environmentJson,
  noteFailure,
  noteInterrupt,
  noteStopped,
  targetText,
  withDeployOptions,
} from './deploy-context.ts';
import { columns } from './columns.ts';

/** `tankard prune ENV...` */
export function pruneCommand(context: Context) {
  return withDeployOptions(new Command('prune'))
    .description(
      'validate environments, show what their clusters have of them that is no longer rendered, ask, and delete exactly that with tk prune',
    )
    .argument('<environments...>', 'paths of environments; pruned in this order')
    .addOption(
      new Option('--auto-approve <when>', 'delete without a question')
        .choices(['always', 'never'] as const)
        .default('never' as const),
    )
    .option('--keep-going', 'go on with the next environment after one that failed or was declined')
    .action(async (environments, options) => {
      const { prune } = await import('../workflow/deploy/prune.ts');
      const isText = options.format === 'text';
      const { terminal } = context;
      noteInterrupt(context);
      const result = await prune({
        ...deployOptions(context, environments, options),
        autoApprove: options.autoApprove,
        keepGoing: options.keepGoing ?? false,
        onPlan: (plan) => {
          const text = planText(context, plan, isText ? 'stdout' : 'stderr');
          if (isText) terminal.print(`${text}\n`);
          else terminal.note(text);
        },
        confirm: (plan) => confirmed(context, `Delete this from ${targetText(plan.target)}?`),
        onOutcome: (outcome) => noteOutcome(context, outcome),
      });
      if (!isText) printJson(context, toJson(result));
      if (result.stopped) noteStopped(context, 'nothing deleted');
      else terminal.note(summary(result));
      if (context.signal.aborted) context.exit(EXIT_INTERRUPTED);
    });
}

function planText(
  { terminal }: Context,
  { id, target, changes, namespaces }: PrunePlan,
  stream: 'stdout' | 'stderr',
): string {
  const look = { root: '', style: terminal.look(stream) };
  const text = comparisonText(harmless(id), { label: targetText(target), changes }, look);
  const list = namespaces.map(harmless).join(', ');
  return namespaces.length === 0 ? text : `${text}\n  with all that is in the namespaces: ${list}`;
}

function noteOutcome(context: Context, { id, state, failure, deleted, left }: PruneOutcome): void {
  const { terminal, exit } = context;
  if (state === 'declined') {
    terminal.note(`${harmless(id)}: not approved, nothing was deleted`);
    exit(EXIT_INTERRUPTED);
  }
  if (failure === undefined) return;
  noteFailure(context, id, failure);
  if (left.length === 0) return;
  terminal.note(
    `${harmless(id)}: ${count(deleted.length, 'object')} deleted, ${left.length} not: ${left
      .map((one) => harmless(showResource(one)))
      .join(', ')}`,
  );
}

function summary({ outcomes }: PruneResult): string {
  const rows = outcomes.map(({ id, target, state, deleted, durationMs }) => [
    harmless(id),
    harmless(target.context),
    state,
    deleted.length === 0 ? '-' : `${deleted.length} deleted`,
    `${(durationMs / 1000).toFixed(1)} s`,
  ]);
  return columns([['ENVIRONMENT', 'CONTEXT', 'RESULT', 'OBJECTS', 'TIME'], ...rows]).trimEnd();
}

function toJson(result: PruneResult): object {
  return deployJson(
    result,
    result.outcomes.map((outcome) => ({
      ...environmentJson(outcome),
      state: outcome.state,
      deleted: outcome.deleted,
      left: outcome.left,
    })),
  );
}
