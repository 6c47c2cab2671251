import { Command, Option } from '@commander-js/extra-typings';
import { EXIT_INTERRUPTED } from '../finding/failure.ts';
import { harmless } from '../finding/harmless.ts';
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
  outcomeTable,
  partText,
  showPlan,
  targetText,
  withDeployOptions,
} from './deploy-context.ts';

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
        onPlan: (plan) =>
          showPlan(context, options.format, { ...plan, more: namespaceLines(plan) }),
        confirm: (plan) => confirmed(context, `Delete this from ${targetText(plan.target)}?`),
        onOutcome: (outcome) => noteOutcome(context, outcome),
      });
      if (!isText) printJson(context, toJson(result));
      if (result.stopped) noteStopped(context, 'nothing deleted');
      else terminal.note(summary(result));
      if (context.signal.aborted) context.exit(EXIT_INTERRUPTED);
    });
}

function namespaceLines({ namespaces }: PrunePlan): string[] {
  if (namespaces.length === 0) return [];
  return [`  with all that is in the namespaces: ${namespaces.join(', ')}`];
}

function noteOutcome(context: Context, { id, state, failure, deleted, left }: PruneOutcome): void {
  const { terminal, exit } = context;
  if (state === 'declined') {
    terminal.note(`${harmless(id)}: not approved, nothing was deleted`);
    exit(EXIT_INTERRUPTED);
  }
  if (failure === undefined) return;
  noteFailure(context, id, failure);
  if (left.length > 0) terminal.note(partText(id, 'deleted', { done: deleted.length, left }));
}

function summary({ outcomes }: PruneResult): string {
  return outcomeTable(
    outcomes.map((outcome) => {
      const { state: result, deleted } = outcome;
      const objects = deleted.length === 0 ? '' : `${deleted.length} deleted`;
      return { ...outcome, result, objects };
    }),
  );
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
